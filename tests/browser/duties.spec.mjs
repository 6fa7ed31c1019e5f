// duties.spec.mjs -- what data protection asks for: who did what, own data, terms, erasure, letters.
import assert from 'node:assert/strict';
import { text } from './steps.mjs';

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

export async function whoDidWhatIsReadInWords({ login, checkPage }) {
  const page = await login('projektbuero');
  await page.goto('/profil');
  await page.getByRole('link', { name: 'Protokoll: wer was getan hat' }).click();
  await page.waitForURL('**/protokoll');
  assert.match(await text(page), /Konto: Paula Pappel/);
  assert.doesNotMatch(await text(page), /\b(state|reason|municipality):/);
  await checkPage(page);
  await page.fill('#von', 'gestern');
  await press(page, 'Filtern');
  assert.match(await text(page), /Schreib den Tag so/);
  await checkPage(page);
  await page.goto('/protokoll?gegenstand=nichts%2F1');
  assert.match(await text(page), /Keine Treffer/);
  await checkPage(page);
  // What can be filtered stands on one line.
  await page.setViewportSize({ width: 1280, height: 900 });
  const tops = await page.locator('.hs-filter input, .hs-filter select').evaluateAll((fields) =>
    fields.map((field) => Math.round(field.getBoundingClientRect().top)));
  assert.equal(new Set(tops).size, 1, `fields begin at ${tops}`);
}

export async function ownDataAreShownAfterThePassword({ login, person, checkPage }) {
  const page = await login('mitglied');
  await page.goto('/profil/daten');
  await checkPage(page);
  await press(page, 'Ansehen');
  assert.match(await text(page), /Gib dein Passwort an/);
  await checkPage(page);
  await page.fill('#passwort', person('mitglied').password);
  await press(page, 'Ansehen');
  assert.match(await text(page), /Konto/);
  await checkPage(page);
}

export async function termsOfKeepingAreSet({ login, checkPage }) {
  const page = await login('technik');
  await page.goto('/aufbewahrung');
  await checkPage(page);
  await page.getByLabel(/in Tagen/).first().fill('0');
  await press(page, 'Speichern');
  assert.match(await text(page), /1 bis 36.500/);
  await checkPage(page);
  await page.goto('/post');
  await checkPage(page);
}

export async function erasingNamesWhatMustBeHandedOver({ login, checkPage }) {
  const page = await login('personen');
  await page.goto('/personen/2/loeschen');
  assert.match(await text(page), /Leitet die Task Force/);
  await page.getByRole('link', { name: 'Zur Übergabe' }).click();
  await page.waitForURL('**/ende');
  await page.goto('/personen/2/loeschen');
  await checkPage(page);
  await page.goto('/kommunen/auental');
  await page.getByRole('link', { name: /^Ändern.*Olga Ost/ }).click();
  await page.getByRole('link', { name: 'Daten der Person löschen …' }).click();
  await page.waitForURL('**/loeschen');
  await checkPage(page);
  await press(page, 'Endgültig löschen');
  assert.match(await text(page), /Gib dein Passwort an/);
  await checkPage(page);
  await page.goto('/post');
  await checkPage(page);
}

export async function whoProposedSeesWhatBecameOfIt({ login, checkPage }) {
  const page = await login('projektbuero');
  await page.goto('/rollen');
  await checkPage(page);
  await page.getByRole('link', { name: 'Deine Vorschläge' }).click();
  await page.waitForURL('**/eigene');
  await checkPage(page);
  await page.goto('/personen/2/rollen/vorschlag');
  await page.locator('input[name=rolle][value=pmo] + label').click();
  await page.fill('#grund', 'kennt alle Kommunen');
  await press(page, 'Vorschlagen');
  await page.getByRole('link', { name: 'Deine Vorschläge' }).click();
  await page.waitForURL('**/eigene');
  assert.match(await text(page), /liegt beim Steuerungskreis/);
  await checkPage(page);
  await page.getByRole('button', { name: /^Zurückziehen/ }).click();
  assert.match(await text(page), /zurückgezogen am/);
  await checkPage(page);
}
