// register.spec.mjs -- the decision register: a page to read and a file to take home.
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
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

// A command that breaks where a shell does not is copied wrongly by hand: its box scrolls instead.
export async function commandsKeepTheirLinesOnASmallScreen({ login, checkPage, noSidewaysScroll }) {
  const page = await login('vorsitz@seefeld');
  for (const path of ['/register', '/register/zeugen']) {
    await page.goto(path);
    await checkPage(page);
    await page.setViewportSize({ width: 390, height: 800 });
    const boxes = await page.locator('pre').evaluateAll((all) => all.map((box) => {
      const code = box.firstElementChild;
      const heights = [...code.getClientRects()].map(({ top }) => Math.round(top));
      return { lines: code.textContent.split('\n').length, seen: new Set(heights).size,
        scrolls: box.scrollWidth > box.clientWidth, focusable: box.tabIndex === 0,
        name: box.getAttribute('aria-label') };
    }));
    assert(boxes.some(({ scrolls }) => scrolls));
    for (const { lines, seen, focusable, name } of boxes) {
      assert.equal(seen, lines, name);
      assert(focusable && name);
    }
    await noSidewaysScroll(page);
  }
}

// As a municipality does it, with the key on its own machine.
export async function aMunicipalityCountersignsTheRegister({ login, checkPage, noSidewaysScroll, instance }) {
  const page = await login('vorsitz@seefeld');
  await page.goto('/register/zeugen');
  await checkPage(page);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  await page.fill('#schluessel', privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await page.fill('#passwort', instance.logins[0].password);
  await page.click('button:has-text("Schlüssel hinterlegen")');
  await page.waitForSelector('text=Das war der private Schlüssel');
  assert.equal(await page.inputValue('#schluessel'), '');
  await checkPage(page);
  await page.fill('#schluessel', publicKey.export({ type: 'spki', format: 'pem' }));
  await page.fill('#passwort', instance.logins[0].password);
  await page.click('button:has-text("Schlüssel hinterlegen")');
  await page.waitForSelector('text=Der Schlüssel ist hinterlegt');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.click('a[href="/register/register.txt"]'),
  ]);
  const [, n, head] = /^E (\d+) ([0-9a-f]{64})$/m.exec(await readFile(await download.path(), 'utf8'));
  await page.fill('#eintrag', n);
  await page.fill('#gegenzeichnung', sign(null, Buffer.from(head), privateKey).toString('base64'));
  await page.click('button:has-text("Gegenzeichnung einreichen")');
  await page.waitForSelector('text=Die Gegenzeichnung ist geprüft');
  await page.waitForSelector(`text=bis Eintrag ${n}`);
  await checkPage(page);
  await page.setViewportSize({ width: 320, height: 700 });
  await noSidewaysScroll(page);
  await page.goto('/register');
  await page.waitForSelector(`text=Seefeld: bis Eintrag ${n}`);
}
