// suggestions.spec.mjs -- a suggestion from the draft into the working copy; answers; both ways.
import assert from 'node:assert/strict';
import { bothWays, text } from './steps.mjs';

// Its heading takes feedback, too, but is no block to rewrite here.
const aboutTheFirstParagraph = (page) => page.locator('.hs-absatz:not(.hs-absatz--titel)')
  .getByRole('link', { name: /Rückmeldung geben/ }).first();

const press = (page, name) => page.getByRole('button', { name }).first().click();

export const aSuggestionGoesFromTheDraftIntoTheWorkingCopy = bothWays(
  async ({ login, checkPage }, options) => {
    const check = (page) => options.javaScriptEnabled ? checkPage(page) : undefined;
    const author = await login('mitglied', options);
    const office = await login('projektbuero', options);
    const words = options.javaScriptEnabled ? 'Das sagt mehr.' : 'Das sagt noch mehr.';
    // Not twice in one chapter: its words are others then.
    await author.goto(`/handbuch/${options.javaScriptEnabled ? 'steuerungskreis' : 'ziele'}`);
    await aboutTheFirstParagraph(author).click();
    assert.equal(await author.locator('#vorschlag').isVisible(), false);
    await author.getByLabel('Änderung vorschlagen').check();
    await author.fill('#text', words);
    if (options.javaScriptEnabled)
      await author.locator('#satz-1').check();
    await press(author, 'Vorschau');
    assert.match(await text(author), /So steht es schon da/);
    await check(author);
    await author.fill('#vorschlag',
      `Es gilt: ${await author.inputValue('#vorschlag')} Immer.`);
    await press(author, 'Vorschau');
    assert.match(await text(author), /Änderung 2 von 2/);
    await check(author);
    await press(author, 'Entwurf speichern');
    assert.match(await text(author), /Nur du siehst ihn/);
    await check(author);
    await office.goto('/feedback');
    assert.doesNotMatch(await text(office), new RegExp(words));
    await author.getByRole('link', { name: 'Weiterschreiben' }).click();
    assert.match(await text(author), /Das ist dein Entwurf vom/);
    if (options.javaScriptEnabled)
      assert.equal(await author.locator('#satz-1').isChecked(), true);
    await check(author);
    await press(author, 'Absenden');
    assert.match(await text(author), /Deine Rückmeldung steht jetzt am Absatz/);
    await office.goto('/feedback');
    await office.getByRole('link', { name: words }).click();
    await office.getByRole('link', { name: 'Prüfen und übernehmen' }).click();
    await check(office);
    await office.getByRole('link', { name: 'Wortlaut anpassen' }).click();
    await office.getByLabel('teilweise übernommen').check();
    await press(office, 'Vorschau');
    assert.match(await text(office), /Nenne den Grund/);
    await check(office);
    await office.fill('#grund', 'Ein Wort bleibt.');
    await press(office, 'Übernehmen');
    assert.match(await text(office), /Der Vorschlag steht jetzt in der Arbeitsfassung/);
    assert.match(await text(office), /Entscheidung: teilweise übernommen/);
    await check(office);
  });

// The words have changed since: after the flow above the first paragraph is another one.
export const anOlderSuggestionIsMerged = bothWays(async ({ login, checkPage }, options) => {
  const author = await login('mitglied', options);
  const office = await login('projektbuero', options);
  const words = options.javaScriptEnabled ? 'Noch einmal anders.' : 'Und wieder anders.';
  await author.goto('/handbuch/steuerungskreis');
  await aboutTheFirstParagraph(author).click();
  await author.getByLabel('Änderung vorschlagen').check();
  await author.fill('#text', words);
  await author.getByLabel('Absatz streichen').check();
  await press(author, 'Absenden');
  await office.goto('/feedback');
  await office.getByRole('link', { name: words }).click();
  await office.getByRole('link', { name: 'Prüfen und übernehmen' }).click();
  assert.match(await text(office), /Der Wortlaut hat sich geändert/);
  if (options.javaScriptEnabled)
    await checkPage(office);
  await office.fill('#text', 'Der Kreis legt fest, wohin es geht.');
  await press(office, 'Vorschau');
  await press(office, 'Übernehmen');
  assert.match(await text(office), /steht jetzt in der Arbeitsfassung/);
});

export const anAnswerAnswersAnotherAndIsRemoved = bothWays(
  async ({ login, checkPage }, options) => {
    const page = await login('leitung', options);
    await page.goto('/feedback/2');
    await page.getByRole('link', { name: 'Antworten auf #2' }).click();
    await page.fill('#antwort', 'Sechs reichen uns auch.');
    await press(page, 'Entwurf speichern');
    assert.match(await text(page), /Das ist dein Entwurf vom/);
    await press(page, 'Antworten');
    assert.match(await text(page), /Antwort auf #2/);
    await page.locator('summary', { hasText: 'Entfernen' }).last().click();
    if (options.javaScriptEnabled)
      await checkPage(page);
    await page.getByRole('button', { name: 'Antwort entfernen' }).last().click();
    assert.match(await text(page), /Diese Antwort wurde entfernt/);
    if (options.javaScriptEnabled)
      await checkPage(page);
  });
