// run.mjs [PART] -- runs every *.spec.mjs: each exported function is a test, its name says what
// holds.  PART runs only the tests whose file or name contains it.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startBrowser } from './browser.mjs';
import { root, startInstance } from './instance.mjs';

const only = process.argv[2] ?? '';
const dir = join(root, 'tests/browser');
const specs = (await readdir(dir)).filter((name) => name.endsWith('.spec.mjs')).sort();
let passed = 0;
let failed = 0;

const instance = await startInstance();
const browser = await startBrowser(instance);

async function test(name, run) {
  const start = Date.now();
  try {
    await run();
    passed += 1;
    console.log(`ok      ${name} (${Date.now() - start} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack ?? error}`);
  } finally {
    await browser.closeAll();
  }
}

// everyAnswerIsGuarded -> every answer is guarded
const sentence = (name) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

async function everyPageIsValid() {
  const findings = await browser.validate();
  if (findings.length > 0)
    throw new Error(`the Nu checker finds:\n${findings.join('\n')}`);
  console.log(`        ${browser.collected.size} pages`);
}

try {
  for (const file of specs)
    for (const [name, run] of Object.entries(await import(join(dir, file))))
      if (`${file} ${sentence(name)}`.includes(only))
        await test(`${file.replace('.spec.mjs', '')}: ${sentence(name)}`,
          () => run({ ...browser, instance }));
  if (browser.collected.size > 0)
    await test('every page seen is valid HTML', everyPageIsValid);
} catch (error) {
  failed += 1;
  console.log(`FAILED  ${error.stack ?? error}`);
}
if (failed > 0)
  console.log(`the program's log ends with:\n${(await instance.log()).split('\n').slice(-12).join('\n')}`);
await instance.stop();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
