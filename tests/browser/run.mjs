// run.mjs [PART] -- runs every *.spec.mjs: each exported function is a test, its name says what
// holds.  PART runs only the tests whose file or name contains it.
//
// LANES files run side by side, each on an instance of its own; its tests one after another.
import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { startBrowser, validate } from './browser.mjs';
import { root, startInstance } from './instance.mjs';

const only = process.argv[2] ?? '';
const lanes = Number(process.env.LANES ?? Math.min(4, availableParallelism()));
const dir = join(root, 'tests/browser');
let passed = 0;
let failed = 0;

// everyAnswerIsGuarded -> every answer is guarded
const sentence = (name) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

// These take longest, so they begin first and no lane ends long after the others.
const longest = ['pages', 'meetings', 'rounds', 'votes', 'flows'];
const rank = (file) => (longest.indexOf(file.split('.')[0]) + 1) || longest.length + 1;

// [{ name, run }] of each file that has any to run.
async function readSpecs() {
  const files = (await readdir(dir)).filter((name) => name.endsWith('.spec.mjs'))
    .sort((a, b) => rank(a) - rank(b));
  const specs = await Promise.all(files.map(async (file) =>
    Object.entries(await import(join(dir, file)))
      .map(([name, run]) => ({ name: `${file.replace('.spec.mjs', '')}: ${sentence(name)}`, run }))
      .filter(({ name }) => name.includes(only))));
  return specs.filter((tests) => tests.length > 0);
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

async function everyPageIsValid(collected) {
  const findings = await validate(collected);
  if (findings.length > 0)
    throw new Error(`the Nu checker finds:\n${findings.join('\n')}`);
  console.log(`        ${collected.size} pages`);
}

// The tests of one file, in a world of their own.
async function runFile(tests, collected) {
  const instance = await startInstance();
  const pages = new Map();
  const browser = await startBrowser(instance, pages);
  const failedBefore = failed;
  for (const { name, run } of tests) {
    await outcome(name, () => run({ ...browser, instance }));
    await browser.closeAll();
  }
  await browser.stop();
  for (const [path, html] of pages)
    collected.set(`${tests[0].name} ${path}`, html);
  if (failed > failedBefore)
    console.log('the program\'s log ends with:\n' +
      (await instance.log()).split('\n').slice(-12).join('\n'));
  await instance.stop();
}

// Takes file after file until none is left.
async function runLane(specs, collected) {
  while (specs.length > 0)
    await runFile(specs.shift(), collected);
}

try {
  const specs = await readSpecs();
  const collected = new Map();
  await Promise.all(Array.from({ length: lanes }, () => runLane(specs, collected)));
  if (collected.size > 0)
    await outcome('every page seen is valid HTML', () => everyPageIsValid(collected));
} catch (error) {
  failed += 1;
  console.log(`FAILED  ${error.stack ?? error}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
