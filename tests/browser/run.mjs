// run.mjs [PART] -- runs every *.spec.mjs: each exported function is a test, its name says what
// holds.  PART runs only the tests whose file or name contains it.
//
// Files run side by side, on LANES instances of their own; the tests of one file one after another.
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { startBrowser } from './browser.mjs';
import { root, startInstance } from './instance.mjs';

const only = process.argv[2] ?? '';
const lanes = Number(process.env.LANES ?? Math.min(4, availableParallelism()));
const dir = join(root, 'tests/browser');
let passed = 0;
let failed = 0;

// everyAnswerIsGuarded -> every answer is guarded
const sentence = (name) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

// [{ name, run }] of each file that has any to run, those with most tests first.
async function readSpecs() {
  const files = (await readdir(dir)).filter((name) => name.endsWith('.spec.mjs')).sort();
  const specs = await Promise.all(files.map(async (file) =>
    Object.entries(await import(join(dir, file)))
      .map(([name, run]) => ({ name: `${file.replace('.spec.mjs', '')}: ${sentence(name)}`, run }))
      .filter(({ name }) => name.includes(only))));
  return specs.filter((tests) => tests.length > 0).sort((a, b) => b.length - a.length);
}

async function outcome(name, run) {
  const start = Date.now();
  try {
    await run();
    passed += 1;
    console.log(`ok      ${name} (${Date.now() - start} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack ?? error}`);
  }
}

async function everyPageIsValid(browser) {
  const findings = await browser.validate();
  if (findings.length > 0)
    throw new Error(`the Nu checker finds:\n${findings.join('\n')}`);
  console.log(`        ${browser.collected.size} pages`);
}

// Takes file after file until none is left.
async function runLane(specs) {
  const instance = await startInstance();
  const browser = await startBrowser(instance);
  const failedBefore = failed;
  while (specs.length > 0)
    for (const { name, run } of specs.shift()) {
      await outcome(name, () => run({ ...browser, instance }));
      await browser.closeAll();
    }
  if (browser.collected.size > 0)
    await outcome('every page seen is valid HTML', () => everyPageIsValid(browser));
  await browser.stop();
  if (failed > failedBefore)
    console.log('the program\'s log ends with:\n' +
      (await instance.log()).split('\n').slice(-12).join('\n'));
  await instance.stop();
}

try {
  const specs = await readSpecs();
  const running = Array.from({ length: Math.min(lanes, specs.length) }, () => runLane(specs));
  await Promise.all(running);
} catch (error) {
  failed += 1;
  console.log(`FAILED  ${error.stack ?? error}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
