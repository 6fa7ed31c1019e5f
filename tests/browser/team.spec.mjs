// team.spec.mjs -- who works in a task force, and a municipality that leaves.
import assert from 'node:assert/strict';
import { bothWays, text } from './steps.mjs';

const submit = (page) => page.locator('main form[method=post] button[type=submit]').last().click();
const choose = (page, value) =>
  page.locator(`input[name=aufgabe][value=${value}] + label`).click();

export const somebodyIsTakenInMovedAndLetGo = bothWays(
  async ({ login, person, checkPage }, options) => {
    const check = options.javaScriptEnabled ? checkPage : () => {};
    const lead = await login('leitung', options);
    const { password } = person('leitung');
    await lead.goto('/task-forces/dateninventur');
    await lead.getByRole('link', { name: 'Team ändern' }).click();
    await lead.waitForURL('**/team');
    await check(lead);
    await submit(lead);
    assert.match(await text(lead), /Wähle, wer dazukommt/);
    await check(lead);
    await lead.selectOption('#person', { label: 'Sascha Seidel, Seefeld' });
    await choose(lead, 'deputy');
    await lead.fill('#passwort', password);
    await submit(lead);
    assert.match(await text(lead), /Sascha Seidel, Seefeld\s+Stellvertretung seit/);
    await lead.getByRole('link', { name: /^Ändern\s*: Sascha Seidel/ }).click();
    await lead.waitForURL('**/team/*');
    await check(lead);
    await submit(lead);
    assert.match(await text(lead), /Wähle die Aufgabe/);
    await check(lead);
    await choose(lead, 'keine');
    await lead.fill('#passwort', password);
    await submit(lead);
    await lead.waitForURL('**/team?meldung=team');
    assert.doesNotMatch(await lead.locator('main ul').first().innerText(), /Sascha Seidel/);
  });

export async function aLeadStaysUntilSomebodyFollows({ login, checkPage }) {
  const office = await login('projektbuero');
  await office.goto('/task-forces/dateninventur/team');
  await office.getByRole('link', { name: /^Ändern\s*: Levent Linde/ }).click();
  await office.waitForURL('**/team/*');
  assert.match(await text(office), /Ohne Leitung geht es nicht weiter/);
  assert.equal(await office.locator('main form').count(), 0);
  await checkPage(office);
  await office.goto('/task-forces/dateninventur/bearbeiten');
  await office.selectOption('#leitung', '');
  await submit(office);
  assert.match(await text(office), /Ohne Leitung geht es nicht weiter/);
  await checkPage(office);
}

export async function aMunicipalityLeavesWhenNothingIsLeftInItsHands({ login, checkPage }) {
  const chair = await login('vorsitz');
  await chair.goto('/kommunen/auental');
  await chair.getByRole('link', { name: 'Austritt aus der Kooperation eintragen …' }).click();
  await chair.waitForURL('**/austritt');
  assert.match(await text(chair), /Federführung: Dateninventur/);
  assert.match(await text(chair), /Levent Linde\s+Leitung: Dateninventur/);
  assert.equal(await chair.locator('#passwort').count(), 0);
  await checkPage(chair);
}

export async function anAddressIsChangedByALetter({ login, person, checkPage }) {
  const page = await login('mitglied');
  await page.goto('/profil');
  await page.getByRole('link', { name: 'Adresse ändern' }).click();
  await page.waitForURL('**/profil/adresse');
  await checkPage(page);
  await page.fill('#email', 'ohne-at');
  await submit(page);
  assert.match(await text(page), /Gib eine vollständige E-Mail-Adresse an/);
  assert.equal(await page.inputValue('#email'), 'ohne-at');
  await checkPage(page);
  await page.fill('#email', 'mina.moehring@bergstedt.example');
  await page.fill('#passwort', person('mitglied').password);
  await submit(page);
  assert.match(await text(page), /Wir haben dir an die neue Adresse geschrieben/);
  await page.goto(`/adresse/${'A'.repeat(43)}`);
  assert.match(await text(page), /Dieser Link gilt nicht mehr/);
  await checkPage(page);
}

export async function anAdministratorCorrectsANameAndAnAddress({ login, person, checkPage }) {
  const page = await login('personen');
  await page.goto('/kommunen/auental');
  await page.getByRole('link', { name: /^Ändern.*Olga Ost/ }).click();
  await page.getByRole('link', { name: 'Name oder E-Mail berichtigen …' }).click();
  await page.waitForURL('**/angaben');
  await checkPage(page);
  await page.fill('#name', '');
  await submit(page);
  assert.match(await text(page), /Gib den Namen der Person an/);
  await checkPage(page);
  await page.fill('#name', 'Olga Osterloh');
  await page.fill('#email', 'olga.osterloh@auental.example');
  await page.fill('#passwort', person('personen').password);
  await submit(page);
  assert.match(await text(page), /olga\.osterloh@auental\.example wird bestätigt/);
  await checkPage(page);
}
