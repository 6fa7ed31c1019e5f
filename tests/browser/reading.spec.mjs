// reading.spec.mjs -- pages in their states: three sizes, light and dark, axe, valid HTML, headings
// without gaps; keyboard, zoom, high contrast, print.
import assert from 'node:assert/strict';

// Headings never skip a level.
async function headings(page) {
  const levels = await page.$$eval('main :is(h1,h2,h3,h4,h5,h6)', (all) =>
    all.filter((e) => e.checkVisibility()).map((e) => Number(e.tagName[1])));
  levels.forEach((level, i) => assert(i === 0 || level <= levels[i - 1] + 1,
    `${page.url()}: h${levels[i - 1]} is followed by h${level}`));
}

async function visit(page, checkPage, paths, status = 200) {
  for (const path of paths) {
    const answer = await page.goto(path);
    assert.equal(answer.status(), status, path);
    await checkPage(page);
    await headings(page);
  }
}

export async function theFilteredTableIsFineFullAndEmpty({ login, checkPage }) {
  const page = await login('projektbuero');
  await visit(page, checkPage, ['/task-forces?ampel=kritisch&sortierung=name',
    '/task-forces?laufzeit=geplant&ampel=kritisch', '/task-forces/neu']);
}

export async function everyPageOfATaskForceIsFine({ login, checkPage }) {
  const page = await login('projektbuero');
  const question = await firstQuestion(page);
  await visit(page, checkPage, ['', '/bearbeiten', '/beenden', '/fragen', question, '/stand',
    '/buchungen'].map((part) => `/task-forces/dateninventur${part}`));
  await page.goto('/task-forces/dateninventur');
  await page.locator('a[href$="/storno"]').first().click();
  await checkPage(page);
}

async function firstQuestion(page) {
  await page.goto('/task-forces/dateninventur');
  const href = await page.locator('a[href*="/fragen/"]').first().getAttribute('href');
  return href.replace('/task-forces/dateninventur', '');
}

export async function everyPageOfTheHandbookIsFine({ login, checkPage }) {
  const page = await login('lesen');
  await visit(page, checkPage, ['/handbuch', '/handbuch?ansicht=druck']);
  await page.goto('/handbuch');
  const chapters = await page.$$eval('main a[href^="/handbuch/"]', (all) =>
    all.map((a) => a.getAttribute('href')));
  assert(chapters.length >= 5, `chapters: ${chapters}`);
  await visit(page, checkPage, [chapters[0], chapters[3]]);
}

export async function peopleWithoutProjectSeeAPageThatSaysSo({ login, checkPage }) {
  const page = await login('technik');
  await visit(page, checkPage, ['/']);
  await visit(page, checkPage, ['/task-forces', '/handbuch'], 403);
}

export async function highContrastKeepsSignsAndFocus({ login, noSidewaysScroll, axe }) {
  const page = await login('leitung', { forcedColors: 'active' });
  for (const path of ['/', '/task-forces', '/task-forces/dateninventur', '/handbuch']) {
    await page.goto(path);
    await noSidewaysScroll(page);
    await axe(page);
  }
}

export async function fourHundredPerCentZoomKeepsEverythingInOneColumn({ login, noSidewaysScroll }) {
  const page = await login('leitung', { viewport: { width: 320, height: 256 } });
  for (const path of ['/', '/task-forces', '/task-forces/dateninventur/stand', '/handbuch']) {
    await page.goto(path);
    await noSidewaysScroll(page);
  }
}

export async function theFirstTabJumpsToTheContent({ login }) {
  const page = await login('lesen');
  await page.goto('/task-forces');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent),
    'Zum Inhalt springen');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'hauptteil');
}

export async function theMenuOpensAndClosesWithoutScripts({ login }) {
  const page = await login('lesen', { viewport: { width: 390, height: 800 }, javaScriptEnabled: false });
  await page.goto('/');
  const entry = page.getByRole('link', { name: 'Task Forces', exact: true });
  assert.equal(await entry.isVisible(), false);
  await page.getByRole('button', { name: 'Menü' }).click();
  await entry.waitFor({ state: 'visible' });
  await page.keyboard.press('Escape');
  await entry.waitFor({ state: 'hidden' });
}

export async function printedPagesShowContentAndNoControls({ login }) {
  const page = await login('projektbuero');
  for (const path of ['/task-forces', '/task-forces/dateninventur', '/handbuch?ansicht=druck']) {
    await page.goto(path);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.hs-nav').isVisible(), false, path);
    assert.equal(await page.locator('.hs-fuss').isVisible(), false, path);
    assert.equal(await page.locator('h1').isVisible(), true, path);
    await page.emulateMedia({ media: null });
  }
  await page.goto('/task-forces');
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const box = /MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf.toString('latin1'));
  assert(Number(box[1]) > Number(box[2]), `landscape: ${box[0]}`);
}
