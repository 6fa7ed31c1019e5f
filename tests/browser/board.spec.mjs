// board.spec.mjs -- the table of feedback: filters, many rows at once, hiding, statistics.
import assert from 'node:assert/strict';
import { bothWays, text } from './steps.mjs';

const press = (page, name) => page.getByRole('button', { name }).first().click();

async function give(page, words) {
  await page.goto('/handbuch/projektbuero');
  await page.getByRole('link', { name: /Rückmeldung geben/ }).first().click();
  await page.getByLabel('Hinweis geben').check();
  await page.fill('#text', words);
  await press(page, 'Absenden');
  assert.match(await text(page), new RegExp(words));
}

const tick = (page, words) =>
  page.getByRole('row', { name: new RegExp(words) }).getByRole('checkbox').check();

export const manyRowsAreWorkedOnAtOnce = bothWays(async ({ login, checkPage }, options) => {
  const check = async (page) => options.javaScriptEnabled && checkPage(page);
  const author = await login('mitglied', options);
  const office = await login('projektbuero', options);
  const way = options.javaScriptEnabled ? 'mit' : 'ohne';
  await give(author, `Erster Punkt ${way} Skript.`);
  await give(author, `Zweiter Punkt ${way} Skript.`);

  await office.goto('/feedback');
  await office.selectOption('#abschnitt', { label: '5 Projektbüro' });
  await office.fill('#q', `${way} Skript`);
  await press(office, 'Filtern');
  assert.match(office.url(), /abschnitt=projektbuero/);
  assert.match(await text(office), /1 bis 2 von 2/);
  await check(office);
  await office.getByRole('link', { name: 'Art', exact: true }).click();
  assert.match(office.url(), /sortierung=art/);

  // Without a tick, then without a reason: both are asked for, and what was typed stays.
  await office.getByText('Gemeinsam entscheiden').click();
  await office.selectOption('#ergebnis', 'rejected');
  await press(office, 'Entscheidung speichern');
  assert.match(await text(office), /Kreuze oben mindestens eine Rückmeldung an/);
  await tick(office, 'Erster Punkt');
  await tick(office, 'Zweiter Punkt');
  await press(office, 'Entscheidung speichern');
  assert.match(await text(office), /Nenne den Grund/);
  await check(office);
  await office.fill('#grund', 'Beides steht schon da.');

  // Meanwhile one of them changes.
  const other = await login('projektbuero', options);
  await other.goto('/feedback?status=offen');
  await other.getByRole('link', { name: `Zweiter Punkt ${way} Skript.` }).click();
  await other.getByText('Erst klären').click();
  await press(other, 'In Klärung nehmen');
  await press(office, 'Entscheidung speichern');
  assert.match(await text(office), /Bearbeitet: 1\. Eine ging nicht/);
  assert.match(await text(office), /Sie hat sich inzwischen geändert/);
  await check(office);
  assert.equal(await office.locator('#grund').inputValue(), 'Beides steht schon da.');
  await press(office, 'Entscheidung speichern');
  assert.match(await text(office), /Alle ausgewählten Rückmeldungen sind bearbeitet/);
  await author.goto('/feedback/meine?status=meine');
  await author.getByRole('link', { name: `Zweiter Punkt ${way} Skript.` }).click();
  assert.match(await text(author), /Entscheidung: nicht übernommen\s+[^]*Beides steht schon da/);

  await office.goto('/feedback/statistik');
  assert.match(await text(office), /Davon ohne Rückfrage/);
  await check(office);
});

export async function whatIsAcceptedIsMarkedAndClosed({ login, checkPage }) {
  const office = await login('projektbuero');
  await office.goto('/feedback/3');
  await office.selectOption('#eingearbeitet', { label: 'Arbeitsfassung' });
  await press(office, 'Als eingearbeitet vermerken');
  assert.match(await text(office), /Eingearbeitet in: nächste Fassung/);
  await checkPage(office);
  await press(office, 'Abschließen');
  assert.match(await text(office), /abgeschlossen von/);
}

export const hiddenWordsAreGoneAndComeBack = bothWays(async ({ login, checkPage }, options) => {
  const admin = await login('personen@auental', options);
  const reader = await login('mitglied', options);
  await admin.goto('/feedback/4');
  await admin.getByText('Datenschutz: ausblenden').click();
  await press(admin, 'Ausblenden');
  assert.match(await text(admin), /Fülle dieses Feld aus/);
  if (options.javaScriptEnabled)
    await checkPage(admin);
  await admin.fill('#schutzgrund', 'Darin steht ein Name.');
  await press(admin, 'Ausblenden');
  assert.match(await text(admin), /ausgeblendet \(Datenschutz\)/);
  if (options.javaScriptEnabled)
    await checkPage(admin);
  for (const path of ['/feedback/4', '/feedback?status=alle', '/handbuch/steuerungskreis',
    '/suche?q=festen+Tag']) {
    await reader.goto(path);
    assert.doesNotMatch(await text(reader), /Legt einen festen Tag/, path);
  }
  await admin.fill('#schutzgrund', 'Es war kein Name.');
  await press(admin, 'Wieder einblenden');
  assert.match(await text(admin), /Legt einen festen Tag/);
});
