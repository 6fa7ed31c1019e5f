// search.spec.mjs -- the field in the header and the page behind it, in all their states.
import assert from 'node:assert/strict';

const bothWays = [{ javaScriptEnabled: true }, { javaScriptEnabled: false }];

// A word of the demo's handbook, from the page a reader sees.
async function someWord(page) {
  await page.goto('/handbuch');
  const titles = await page.locator('.hs-kapitel a span:last-child').allTextContents();
  return titles.join(' ').match(/\p{L}{6,}/u)[0];
}

export async function theHeaderFindsABlockAndLeadsToIt({ login }) {
  for (const options of bothWays) {
    const page = await login('lesen', options);
    const word = await someWord(page);
    const field = page.locator('#kopf-suche');
    await field.fill(word);
    await field.press('Enter');
    await page.waitForURL(/\/suche\?q=/);
    assert.match(await page.title(), new RegExp(word));
    assert.equal(await page.inputValue('#q'), word);
    await page.fill('#q', 'klueger werden');
    await page.click('main button[type=submit]');
    const hit = page.locator('main a[href*="#b-"]').first();
    const id = (await hit.getAttribute('href')).split('#')[1];
    await hit.click();
    await page.waitForURL(/\/handbuch/);
    assert.equal(await page.locator(`[id="${id}"]`).count(), 1, id);
  }
}

export async function theDrawerHoldsTheFieldWithoutScripts({ login, noSidewaysScroll }) {
  for (const width of [390, 320]) {
    const page = await login('lesen', { viewport: { width, height: 700 }, javaScriptEnabled: false });
    await page.goto('/');
    assert.equal(await page.locator('#kopf-suche').isVisible(), false);
    await page.getByRole('button', { name: 'Menü' }).click();
    await page.locator('#kopf-suche').fill('Dateninventur');
    await noSidewaysScroll(page);
    await page.locator('.hs-kopf__suche button').click();
    await page.waitForURL(/\/suche\?q=Dateninventur/);
    await noSidewaysScroll(page);
    assert(await page.locator('main mark').count() > 0);
  }
}

export async function everyStateOfThePageIsFine({ login, checkPage }) {
  const page = await login('lesen');
  for (const query of ['', '?q=ab', '?q=Verwaltungen', '?q=Daten', '?q=daten&in=handbuch',
    '?q=daten&in=handbuch&seite=99', `?q=${'Donaudampfschifffahrt'.repeat(8)}`,
    '?q=%3Cscript%3Ealert(1)%3C/script%3E']) {
    const answer = await page.goto(`/suche${query}`);
    assert.equal(answer.status(), 200, query);
    await checkPage(page);
  }
}

export async function peopleWithoutProjectHaveNoSearch({ login, checkPage }) {
  const page = await login('technik');
  await page.goto('/');
  assert.equal(await page.locator('[role=search]').count(), 0);
  assert.equal((await page.goto('/suche?q=Daten')).status(), 403);
  await checkPage(page);
}
