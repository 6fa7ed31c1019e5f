// import.spec.mjs -- a text comes in by file or by hand, names by placeholders.
import assert from 'node:assert/strict';
import { bothWays, text } from './steps.mjs';

const press = (page, name) => page.getByRole('button', { name }).first().click();
const file = (name, content) => ({ name, mimeType: 'application/octet-stream',
  buffer: Buffer.from(content) });

// What version 1.0 was made from.
const source = async (page) =>
  (await page.request.get('/handbuch/fassungen/1/handbuch.md')).text();

const mark = ({ javaScriptEnabled }) => javaScriptEnabled ? 'mit' : 'ohne';

export const aFileIsLookedAtAndImported = bothWays(async ({ login, checkPage }, options) => {
  const page = await login('projektbuero', options);
  const next = (await source(page)).replace('## Ziele\n', `## Ziele\n\nImportiert ${mark(options)}.\n`)
    .replaceAll('\n', '\r\n');
  await page.goto('/handbuch/arbeitsfassung');
  await page.getByRole('link', { name: 'Text importieren' }).click();
  if (options.javaScriptEnabled)
    await checkPage(page);
  await page.setInputFiles('#datei', file('handbuch.md', `\ufeff${next}`));
  await press(page, 'Weiter zur Vorschau');
  assert.match(page.url(), /\/handbuch\/import\/vorschau$/);
  assert.match(await text(page), /handbuch\.md: „Handbuch für die Zusammenarbeit im Vierland“/);
  if (options.javaScriptEnabled)
    await checkPage(page);
  await press(page, 'In die Arbeitsfassung übernehmen');
  assert.match(await text(page), /steht jetzt in der Arbeitsfassung/);
  await page.goto('/handbuch/ziele?fassung=arbeitsfassung');
  assert.match(await text(page), new RegExp(`Importiert ${mark(options)}\\.`));
  await page.goto('/handbuch/ziele');
  assert.doesNotMatch(await text(page), new RegExp(`Importiert ${mark(options)}\\.`));
});

export const aTextIsPastedAndDropped = bothWays(async ({ login, checkPage }, options) => {
  const page = await login('projektbuero', options);
  await page.goto('/handbuch/import');
  await page.fill('#text', 'Nur ein Satz, noch ohne Überschrift.');
  await press(page, 'Weiter zur Vorschau');
  assert.equal(page.document.status(), 422);
  assert.match(await text(page), /In diesem Text steht keine Überschrift/);
  if (options.javaScriptEnabled)
    await checkPage(page);
  const typed = await page.inputValue('#text');
  await page.fill('#text', `# Entwurf\n\n## Nur das\n\n${typed}\n\n<b>Ohne</b> {{nirgends}}.\n\n![Bild](https://bild.example/x.png)\n`);
  await press(page, 'Weiter zur Vorschau');
  assert.match(await text(page), /Was gestrichen wird/);
  assert.match(await text(page), /Mit dem neuen Text fällt weg, worauf sich offene Rückmeldungen beziehen/);
  assert.match(await text(page), /Platzhalter ohne Eintrag\s+nirgends/);
  if (options.javaScriptEnabled)
    await checkPage(page);
  await page.goto('/handbuch/import');
  assert.match(await text(page), /Ein Import wartet auf dich/);
  if (options.javaScriptEnabled)
    await checkPage(page);
  await press(page, 'Verwerfen');
  assert.doesNotMatch(await text(page), /Ein Import wartet auf dich/);
});

export const aWordFileIsRefusedWithTheWayOut = bothWays(async ({ login, checkPage }, options) => {
  const page = await login('projektbuero', options);
  await page.goto('/handbuch/import');
  await page.setInputFiles('#datei', file('Handbuch Entwurf.docx', 'PK\u0003\u0004\u0014\u0000word'));
  await press(page, 'Weiter zur Vorschau');
  assert.equal(page.document.status(), 422);
  assert.match(await text(page), /Datei aus einem Textprogramm, kein Markdown/);
  if (options.javaScriptEnabled)
    await checkPage(page);
  await page.getByRole('link', { name: 'So geht es' }).click();
  assert.match(await text(page), /pandoc handbuch\.docx/);
  if (options.javaScriptEnabled)
    await checkPage(page);
});

export const aChangeMeanwhileAsksOnceMore = bothWays(async ({ login, checkPage }, options) => {
  const page = await login('projektbuero', options);
  const other = await login('projektbuero', options);
  await page.goto('/handbuch/import');
  await page.fill('#text', (await source(page)).replace('## Ziele\n',
    `## Ziele\n\nVon Hand ${mark(options)}.\n`));
  await press(page, 'Weiter zur Vorschau');
  await other.goto('/handbuch/arbeitsfassung');
  await other.getByRole('row', { name: /Projektbüro/ }).first()
    .getByRole('button', { name: /Text bearbeiten/ }).click();
  await other.fill('#text', `${await other.inputValue('#text')}\n\nDazwischen ${mark(options)}.\n`);
  await press(other, 'Speichern');
  await press(page, 'In die Arbeitsfassung übernehmen');
  assert.equal(page.document.status(), 409);
  assert.match(await text(page), /Noch nichts importiert/);
  assert.match(await text(page), new RegExp(`Dazwischen ${mark(options)}\\.`));
  if (options.javaScriptEnabled)
    await checkPage(page);
  await press(page, 'In die Arbeitsfassung übernehmen');
  assert.match(await text(page), /steht jetzt in der Arbeitsfassung/);
});

export const aMegabyteComesThroughTheWebServer = async ({ login }) => {
  const page = await login('projektbuero');
  const words = 'Viele Worte über die Zusammenarbeit, die niemand liest. ';
  const long = `# Lang\n\n## Kapitel\n\n${`${words.repeat(15)}\n\n`.repeat(1200)}`;
  await page.goto('/handbuch/import');
  await page.setInputFiles('#datei', file('lang.md', long));
  await press(page, 'Weiter zur Vorschau');
  assert.match(await text(page), /Kapitel: 1, Absätze: 1202/);
  await press(page, 'Verwerfen');
  // What is larger still is refused by the web server.
  const answer = await page.request.post('/handbuch/import',
    { multipart: { datei: file('lang.md', long + long) } });
  assert.equal(answer.status(), 413);
};

export const placeholdersAreKeptInOneRow = bothWays(async ({ login, checkPage }, options) => {
  const page = await login('projektbuero', options);
  const key = `kontakt-${mark(options)}`;
  await page.goto('/handbuch/arbeitsfassung');
  await page.getByRole('link', { name: 'Platzhalter' }).click();
  assert.match(await text(page), /Person 1 \(Stadt A\)/);
  if (options.javaScriptEnabled)
    await checkPage(page);
  await page.fill('#schluessel', key);
  await page.fill('#projekt', 'Nora Neumann');
  await page.fill('#oeffentlich', 'Frau NEUMANN, früher Nora Neumann');
  await press(page, 'Anlegen');
  assert.equal(page.document.status(), 422);
  assert.match(await text(page), /was nur das Projekt lesen soll/);
  if (options.javaScriptEnabled)
    await checkPage(page);
  await page.fill('#oeffentlich', 'Person 9');
  await press(page, 'Anlegen');
  const row = page.getByRole('row', { name: new RegExp(key) });
  assert.match(await row.innerText(), /nirgends/);
  await row.getByRole('link', { name: /Ändern/ }).click();
  if (options.javaScriptEnabled)
    await checkPage(page);
  await page.fill('#projekt', 'Nora Neumann, Zimmer 12');
  await press(page, 'Speichern');
  assert.match(await row.innerText(), /Zimmer 12/);
  await row.getByRole('link', { name: /Ändern/ }).click();
  await press(page, 'Platzhalter entfernen');
  assert.match(await text(page), /Der Platzhalter ist entfernt/);
  await page.goto('/handbuch/platzhalter');
  await page.getByRole('row', { name: /kontakt-auental/ }).getByRole('link', { name: /Ändern/ }).click();
  assert.match(await text(page), /Wo er steht/);
  if (options.javaScriptEnabled)
    await checkPage(page);
});

export const readersSeeNames = async ({ login, checkPage }) => {
  const page = await login('lesen');
  await page.goto('/handbuch/projektbuero');
  assert.match(await text(page), /Ansprechbar ist Paula Pappel/);
  assert.doesNotMatch(await text(page), /\{\{|Person 1/);
  await page.goto('/suche?q=pappel');
  assert.match(await text(page), /Ansprechbar ist Paula Pappel/);
  await checkPage(page);
};
