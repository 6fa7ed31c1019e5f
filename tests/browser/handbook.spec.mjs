// handbook.spec.mjs -- the editors' way: write, look, save, put up for decision, come into force;
// and the readers' confirmation.
import assert from 'node:assert/strict';
import { bothWays, text } from './steps.mjs';

const press = (page, name) => page.getByRole('button', { name }).first().click();

async function openSection(page, name) {
  await page.goto('/handbuch/arbeitsfassung');
  await page.getByRole('row', { name: new RegExp(name) }).first()
    .getByRole('button', { name: /Text bearbeiten/ }).click();
}

export const anEditorWritesLooksAndSaves = bothWays(async ({ login, checkPage }, options) => {
  const page = await login('projektbuero', options);
  const sentence = options.javaScriptEnabled ? 'Fragen kosten nichts.' : 'Antworten auch nicht.';
  await openSection(page, 'Ziele');
  const before = await page.inputValue('#text');
  assert.match(before, /^## Ziele\n\nDas Vierland/);
  if (options.javaScriptEnabled)
    await checkPage(page);
  await page.fill('#text', `# Zu hoch\n\n${before}`);
  await press(page, 'Speichern');
  assert.match(await text(page), /Beginne mit der Überschrift/);
  if (options.javaScriptEnabled)
    await checkPage(page);
  await page.fill('#text', `${before}\n\n${sentence}\n`);
  await press(page, 'Vorschau');
  assert.match(await text(page), /0 geändert, 1 neu, 0 gestrichen/);
  if (options.javaScriptEnabled)
    await checkPage(page);
  await press(page, 'Entwurf behalten');
  assert.match(await text(page), /Das ist dein Entwurf/);
  assert.match(await page.inputValue('#text'), new RegExp(sentence));
  await press(page, 'Speichern');
  assert.match(await text(page), /Gespeichert/);
  await page.getByRole('link', { name: 'Was hat sich geändert?' }).click();
  assert.match(await text(page), new RegExp(sentence));
  if (options.javaScriptEnabled)
    await checkPage(page);
});

export const twoEditorsOfOneSectionSeeBothTexts = bothWays(
  async ({ login, checkPage }, options) => {
    const first = await login('projektbuero', options);
    const second = await login('projektbuero', options);
    await openSection(first, 'Projektbüro');
    await second.goto(first.url());
    const before = await first.inputValue('#text');
    const mark = options.javaScriptEnabled ? 'mit' : 'ohne';
    await first.fill('#text', `${before}\n\nZuerst gespeichert ${mark}.\n`);
    await press(first, 'Speichern');
    await second.fill('#text', `${before}\n\nDanach gespeichert ${mark}.\n`);
    await press(second, 'Speichern');
    assert.equal(second.document.status(), 409);
    assert.match(await second.locator('details').first().textContent(),
      new RegExp(`Zuerst gespeichert ${mark}`));
    assert.match(await second.inputValue('#text'), new RegExp(`Danach gespeichert ${mark}`));
    if (options.javaScriptEnabled)
      await checkPage(second);
    await press(second, 'Speichern');
    assert.match(await text(second), /Gespeichert/);
  });

export const blocksAreOrderedAndMadePublicByButtons = bothWays(
  async ({ login, checkPage }, options) => {
    const page = await login('projektbuero', options);
    await page.goto('/handbuch/arbeitsfassung');
    await page.getByRole('link', { name: /Öffentlichkeit\s*: 6/ }).click();
    const first = await page.locator('tbody tr').nth(1).locator('th').innerText();
    await page.locator('tbody tr').nth(1).getByRole('button', { name: /nach unten/ }).click();
    assert.equal(await page.locator('tbody tr').nth(2).locator('th').innerText(), first);
    await page.locator('tbody tr').nth(2).locator('select').selectOption('both');
    await press(page, 'Speichern');
    assert.equal(await page.locator('tbody tr').nth(2).locator('select').inputValue(), 'both');
    if (options.javaScriptEnabled)
      await checkPage(page);
  });

export const aVersionComesIntoForceByASecondPerson = bothWays(
  async ({ login, checkPage }, options) => {
    const editor = await login('projektbuero', options);
    const chair = await login('vorsitz', options);
    await openSection(editor, 'Wissen teilen');
    const mark = options.javaScriptEnabled ? 'Zum Ersten.' : 'Zum Zweiten.';
    await editor.fill('#text', `${await editor.inputValue('#text')}\n\n${mark}\n`);
    await press(editor, 'Speichern');
    await editor.goto('/handbuch/fassungen');
    await press(editor, 'Fassung vorlegen');
    assert.match(await text(editor), /Wähle eine der Möglichkeiten/);
    if (options.javaScriptEnabled)
      await checkPage(editor);
    await editor.getByLabel(/Redaktionelles/).check();
    await editor.fill('#anlass', 'Ein Satz mehr zum Lernen.');
    await press(editor, 'Fassung vorlegen');
    assert.match(await text(editor), /Darüber entscheidet jemand anderes/);
    const address = editor.url().replace(/\?.*/, '');
    await chair.goto(address);
    if (options.javaScriptEnabled)
      await checkPage(chair);
    await press(chair, 'Freigeben und in Kraft setzen');
    assert.match(await text(chair), /Diese Fassung gilt ab heute/);
    await chair.goto('/handbuch/wissen-teilen');
    assert.match(await text(chair), new RegExp(mark));
    if (options.javaScriptEnabled) {
      await chair.goto('/handbuch/vergleich?ansicht=nebeneinander');
      await checkPage(chair);
      await chair.goto('/handbuch/wissen-teilen?fassung=1-0');
      await checkPage(chair);
    }
  });

export const aReaderConfirmsWhatWasRead = bothWays(async ({ login, checkPage }, options) => {
  const page = await login('mitglied', options);
  await page.goto('/handbuch');
  await page.getByRole('link', { name: 'Das solltest du lesen' }).click();
  const open = await page.getByRole('button', { name: /^Gelesen/ }).count();
  await press(page, /^Gelesen/);
  assert.equal(await page.getByRole('button', { name: /^Gelesen/ }).count(), open - 1);
  if (options.javaScriptEnabled)
    await checkPage(page);
});
