// register.spec.mjs -- the decision register: a page to read and a file to take home.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

export async function theRegisterCanBeReadAndTakenHome({ login, checkPage, noSidewaysScroll }) {
  for (const javaScriptEnabled of [true, false]) {
    const page = await login('lesen', { javaScriptEnabled });
    assert.equal((await page.goto('/register')).status(), 200);
    if (javaScriptEnabled)
      await checkPage(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.click('a[href="/register/register.txt"]'),
    ]);
    assert.equal(download.suggestedFilename(), 'register.txt');
    assert.match(await readFile(await download.path(), 'utf8'), /^([RHS] .*\n)*E \d+ [0-9a-f]{64}\n$/);
    await page.setViewportSize({ width: 320, height: 700 });
    await noSidewaysScroll(page);
  }
}
