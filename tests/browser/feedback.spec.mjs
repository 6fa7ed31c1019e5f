// feedback.spec.mjs -- feedback from the block to the decision and back to its author.
import assert from 'node:assert/strict';
import { bothWays, text } from './steps.mjs';

const press = (page, name) => page.getByRole('button', { name }).first().click();

export const feedbackIsGivenDecidedAndAnswered = bothWays(
  async ({ login, checkPage }, options) => {
    const author = await login('mitglied', options);
    const office = await login('projektbuero', options);
    const words = options.javaScriptEnabled ? 'Geht das auch kürzer?' : 'Geht das auch länger?';
    await author.goto('/handbuch/ziele');
    await author.getByRole('link', { name: /Rückmeldung geben/ }).first().click();
    if (options.javaScriptEnabled)
      await checkPage(author);
    await author.fill('#zitat', 'steht hier nicht');
    await press(author, 'Absenden');
    assert.match(await text(author), /Diese Worte stehen nicht an dieser Stelle/);
    assert.match(await text(author), /Wähle, was du möchtest/);
    if (options.javaScriptEnabled)
      await checkPage(author);
    await author.getByLabel('Frage stellen').check();
    await author.fill('#text', words);
    await author.fill('#zitat', 'Das Vierland will Verwaltungen');
    await press(author, 'Absenden');
    assert.match(await text(author), /Deine Rückmeldung steht jetzt am Absatz/);
    assert.match(await text(author), new RegExp(words.replace('?', '\\?')));
    if (options.javaScriptEnabled)
      await checkPage(author);
    await office.goto('/feedback');
    if (options.javaScriptEnabled)
      await checkPage(office);
    await office.getByRole('link', { name: words }).click();
    await office.locator('#ergebnis').selectOption('answered');
    await press(office, 'Entscheidung speichern');
    assert.match(await text(office), /Nenne den Grund/);
    if (options.javaScriptEnabled)
      await checkPage(office);
    await office.fill('#grund', 'Ja, in der nächsten Fassung.');
    await press(office, 'Entscheidung speichern');
    assert.match(await text(office), /Entscheidung: beantwortet/);
    await author.goto('/feedback/meine');
    await author.getByRole('link', { name: words }).click();
    await author.getByLabel('Ich widerspreche').check();
    await press(author, 'Reaktion speichern');
    assert.match(await text(author), /Nenne den Grund/);
    await author.fill('#einwand', 'Das ist zu spät.');
    await press(author, 'Reaktion speichern');
    assert.match(await text(author), /Widerspruch:\s+Das ist zu spät/);
    if (options.javaScriptEnabled)
      await checkPage(author);
  });

export async function threadsAndSuggestionsPassEveryCheck({ login, checkPage }) {
  const page = await login('leitung');
  await page.goto('/handbuch/steuerungskreis');
  assert.match(await text(page), /2 Rückmeldungen, beide offen/);
  await checkPage(page);
  await page.goto('/feedback/2');
  assert.match(await text(page), /sieben/);
  await checkPage(page);
  await page.goto('/feedback?status=erledigt');
  await checkPage(page);
  await page.goto('/feedback?status=alle&art=open_question');
  assert.match(await text(page), /Keine Treffer/);
  await checkPage(page);
}

export async function anInHouseRemarkIsReleasedByItsMunicipality({ login }) {
  const stranger = await login('mitglied');
  const answer = await stranger.goto('/feedback/6');
  assert.equal(answer.status(), 404);
  const page = await login('personen@auental');
  await page.goto('/feedback/6');
  await press(page, 'Für alle freigeben');
  assert.match(await text(page), /Stellungnahme Auental/);
  assert.equal((await stranger.goto('/feedback/6')).status(), 200);
}

// What is no paragraph takes feedback as well: a heading, the text before the first chapter, a note.
export async function headingsPrefaceAndNotesTakeFeedback({ login, checkPage }) {
  const page = await login('leitung');
  for (const [path, name] of [
    ['/handbuch/willkommen', 'Rückmeldung zur Überschrift geben zu: Willkommen'],
    ['/handbuch/willkommen', /Rückmeldung geben zu: Wie es sich ändert/],
    ['/handbuch/willkommen', /Rückmeldung geben zu: Verweis für Nachnutzende/],
    ['/handbuch', /Rückmeldung geben zu: Stand/],
  ]) {
    await page.goto(path);
    await page.getByRole('link', { name }).click();
    await page.getByLabel('Hinweis geben').check();
    await press(page, 'Absenden');
    assert.match(await text(page), /Schreib|Gib|Was möchtest/);
    await checkPage(page);
    await page.fill('#text', 'Das gehört dazu.');
    await press(page, 'Absenden');
    assert.match(await text(page), /Deine Rückmeldung steht jetzt am Absatz/);
    assert.match(await text(page), /1 Rückmeldung, offen/);
    await checkPage(page);
  }
  await page.goto('/feedback?abschnitt=-');
  assert.match(await text(page), /Vorwort/);
  await checkPage(page);
}
