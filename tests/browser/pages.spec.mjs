// pages.spec.mjs -- every page a person can reach without typing, in every check.
import assert from 'node:assert/strict';

const open = ['/anmelden', '/hilfe', '/impressum', '/datenschutz', '/barrierefreiheit',
  '/leichte-sprache'];

export async function openPagesPassEveryCheck({ guest, checkPage }) {
  const page = await guest();
  for (const path of open) {
    const answer = await page.goto(path);
    assert.equal(answer.status(), 200, path);
    await checkPage(page);
  }
}

// Follows every link of our own from page to page, as a person with a curious finger would.
async function walk(page, checkPage, most) {
  const seen = new Set();
  const next = ['/'];
  while (next.length > 0 && seen.size < most) {
    const path = next.shift();
    const kind = path.replace(/\?.*/, '').replace(/[^/]+$/, (last, at) => (at > 1 ? '…' : last));
    if (seen.has(kind))
      continue;
    seen.add(kind);
    const answer = await page.goto(path);
    assert.equal(answer.status(), 200, path);
    await checkPage(page);
    next.push(...await page.locator('a[href^="/"]').evaluateAll((links) =>
      links.map((link) => link.getAttribute('href').replace(/#.*/, ''))
        .filter((href) => !/^\/statisch\/|\.(csv|md|txt|ics|xlsx)(\?|$)/.test(href))));
  }
  return seen;
}

export async function everyPageTheProjectOfficeReachesPassesEveryCheck({ login, checkPage }) {
  const seen = await walk(await login('projektbuero'), checkPage, 60);
  assert(seen.has('/task-forces'), 'the table of task forces was visited');
  assert(seen.has('/handbuch'), 'the handbook was visited');
}

export async function everyPageAMemberReachesPassesEveryCheck({ login, checkPage }) {
  await walk(await login('mitglied'), checkPage, 60);
}

export async function aMissingPageIsExplained({ login, checkPage }) {
  const page = await login('mitglied');
  const answer = await page.goto('/gibt-es-nicht');
  assert.equal(answer.status(), 404);
  await checkPage(page);
}
