// minutes.spec.mjs -- minutes of the meeting that the demo has held: notes, two signatures,
// corrections.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { text } from './steps.mjs';

const PASSWORD = 'apfel-brise-kompass';
const press = (page, name) => page.getByRole('button', { name }).first().click();

async function openMinutes(page) {
  await page.goto('/sitzungen');
  await page.getByRole('link', { name: /^Niederschrift/ }).last().click();
  return new URL(page.url()).pathname;
}

async function note(page, check) {
  await page.getByLabel('Auftrag').check();
  await press(page, 'Eintrag speichern');
  assert.match(await text(page), /Fülle dieses Feld aus/);
  await check(page);
  await page.fill('#text', 'Die Zahlen des Sommers nachreichen');
  await page.selectOption('#wer', { label: 'Mina Möhring, Bergstedt' });
  await page.fill('#frist', '15.01.2030');
  await press(page, 'Eintrag speichern');
  assert.match(await text(page), /Auftrag, zuständig Mina Möhring, bis 15\.01\.2030:/);
  await page.getByRole('link', { name: /^Ändern/ }).first().click();
  await check(page);
  await page.fill('#text', 'Alle Zahlen des Sommers nachreichen');
  await press(page, 'Speichern');
  assert.match(await text(page), /Alle Zahlen des Sommers nachreichen/);
  await check(page);
}

async function sign(page, check) {
  await page.fill('#passwort', 'nicht-mein-passwort');
  await press(page, 'Unterschreiben');
  assert.match(await text(page), /Das Passwort stimmt nicht/);
  await check(page);
  await page.fill('#passwort', PASSWORD);
  await press(page, 'Unterschreiben');
}

// Without JavaScript.
const correct = async ({ login, checkPage }) => {
  const options = { javaScriptEnabled: false };
  const writer = await login('mitglied@', options);
  const path = await openMinutes(writer);
  await writer.getByRole('link', { name: 'Schreibfehler berichtigen' }).click();
  await writer.fill('#stelle', 'Gemeindehaus Seefeld');
  await writer.fill('#richtig', 'Gemeindehaus Seefeldt');
  await press(writer, 'Berichtigung vorschlagen');
  assert.match(await text(writer), /Fülle dieses Feld aus/);
  assert.equal(await writer.inputValue('#stelle'), 'Gemeindehaus Seefeld');
  await writer.fill('#grund', 'So schreibt sich der Ort.');
  await press(writer, 'Berichtigung vorschlagen');
  assert.match(await text(writer), /noch nicht bestätigt/);
  const chair = await login('vorsitz@', options);
  await chair.goto(path);
  await press(chair, /^Bestätigen/);
  assert.match(await text(chair), /Die Berichtigung ist angefügt/);
  const reader = await login('lesen@');
  await reader.goto(path);
  assert.match(await text(reader), /bestätigt von Vera Voss/);
  await checkPage(reader);
  const checker = await login('mitglied@');
  await checker.goto(`${path}/berichtigungen`);
  await checkPage(checker);
  await checker.goto('/sitzungen');
  await press(checker, /^Erledigt/);
  assert.doesNotMatch(await text(checker), /Alle Zahlen des Sommers nachreichen/);
};

export const minutesAreNotedSignedSealedAndCorrectedByTwo = async ({ login, checkPage }) => {
  const writer = await login('mitglied@');
  const path = await openMinutes(writer);
  await checkPage(writer);
  await note(writer, checkPage);
  const reader = await login('lesen@');
  await reader.goto(path);
  assert.match(await text(reader), /Die Niederschrift ist in Arbeit/);
  await checkPage(reader);
  await sign(writer, checkPage);
  assert.match(await text(writer), /Es fehlt noch die zweite Unterschrift/);
  await checkPage(writer);
  const chair = await login('vorsitz@');
  await chair.goto(path);
  await checkPage(chair);
  await sign(chair, checkPage);
  assert.match(await text(chair), /Beide haben unterschrieben/);
  await checkPage(chair);
  await reader.goto(path);
  const file = await reader.request.get(`${path}/niederschrift.txt`);
  const digest = createHash('sha256').update(await file.body()).digest('hex');
  assert.match(await text(reader), new RegExp(digest));
  await reader.goto('/sitzungen');
  assert.match(await text(reader), /Alle Zahlen des Sommers nachreichen/);
  await checkPage(reader);
  await correct({ login, checkPage });
};
