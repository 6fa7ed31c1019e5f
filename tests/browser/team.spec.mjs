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

export async function aMunicipalityLeavesWhenNothingIsLeftInItsHands({ login, person, checkPage }) {
  const chair = await login('vorsitz');
  await chair.goto('/kommunen/auental');
  await chair.getByRole('link', { name: 'Austritt aus der Kooperation eintragen …' }).click();
  await chair.waitForURL('**/austritt');
  assert.match(await text(chair), /Federführung: Dateninventur/);
  assert.match(await text(chair), /Levent Linde\s+Leitung: Dateninventur/);
  await checkPage(chair);
  await chair.fill('#tag', '31.12.2030');
  await chair.fill('#grund', 'Der Rat hat es beschlossen.');
  await chair.fill('#passwort', person('vorsitz').password);
  await submit(chair);
  await chair.waitForURL('**/austritt?meldung=austritt-eingetragen');
  assert.match(await text(chair), /Bestätigen kann eine Person des Steuerungskreises aus Stadt Auental/);
  await checkPage(chair);
  const other = await login('leitung');
  await other.goto('/kommunen/auental/austritt');
  assert.match(await text(other), /Du kannst bestätigen, sobald die Liste/);
  assert.equal(await other.locator('#passwort').count(), 0);
  await checkPage(other);
  await chair.getByRole('button', { name: 'Austritt zurückziehen' }).click();
  assert.match(await text(chair), /Die Kommune bleibt dabei/);
}

export const twoPersonsOfTwoCitiesLetOneLeave = bothWays(
  async ({ login, person, checkPage }, options) => {
    const check = options.javaScriptEnabled ? checkPage : () => {};
    const city = options.javaScriptEnabled ? 'Moosbach' : 'Hagental';
    const address = `/kommunen/${city.toLowerCase()}/austritt`;
    const technical = await login('technik', options);
    await technical.goto('/kommunen/neu');
    await technical.fill('#kommune', `Stadt ${city}`);
    await technical.fill('#domains', `${city.toLowerCase()}.example`);
    await technical.fill('#name', 'Mara Moos');
    await technical.fill('#email', `mara@${city.toLowerCase()}.example`);
    await technical.fill('#passwort', person('technik').password);
    await submit(technical);
    const [chair, other] = [await login('vorsitz', options), await login('mitglied', options)];
    await chair.goto(address);
    await chair.fill('#tag', '1.1.2020');
    await submit(chair);
    assert.match(await text(chair), /Nimm heute oder einen späteren Tag/);
    assert.match(await text(chair), /Fülle dieses Feld aus/);
    assert.equal(await chair.inputValue('#tag'), '1.1.2020');
    await check(chair);
    await chair.fill('#tag', '31.12.2030');
    await chair.fill('#grund', 'Der Rat hat es beschlossen.');
    await chair.fill('#passwort', person('vorsitz').password);
    await submit(chair);
    await chair.waitForURL('**/austritt?meldung=austritt-eingetragen');
    assert.match(await text(chair), /Bestätigt von\s+noch niemandem/);
    await other.goto(`/kommunen/${city.toLowerCase()}`);
    assert.match(await text(other), /Soll die Kooperation verlassen, letzter Tag 31\./);
    await check(other);
    await other.getByRole('link', { name: 'Austritt ansehen' }).click();
    await other.waitForURL('**/austritt');
    await check(other);
    await other.getByRole('button', { name: 'Austritt bestätigen' }).click();
    assert.match(await text(other), /Gib .*Passwort/);
    await check(other);
    await other.fill('#passwort', person('mitglied').password);
    await other.getByRole('button', { name: 'Austritt bestätigen' }).click();
    await other.waitForURL('**/austritt?meldung=austritt-bestaetigt');
    assert.match(await text(other), /Mina Möhring, Bergstedt/);
    await check(other);
    await other.goto(`/kommunen/${city.toLowerCase()}`);
    assert.match(await text(other), /Verlässt die Kooperation\. Letzter Tag: 31\./);
    await check(other);
    await chair.goto(address);
    await chair.getByRole('button', { name: 'Austritt zurückziehen' }).click();
    assert.match(await text(chair), /Die Kommune bleibt dabei/);
  });

export async function oneAdministratorDoesNotDoBoth({ login, person, checkPage }) {
  const page = await login('personen');
  await page.goto('/kommunen/auental');
  await page.getByRole('link', { name: /^Ändern.*Levent Linde/ }).click();
  await page.getByRole('link', { name: 'Name oder E-Mail berichtigen …' }).click();
  await page.fill('#email', 'levent.linde@auental.example');
  await page.fill('#passwort', person('personen').password);
  await submit(page);
  const technical = await login('technik');
  await technical.goto('/kommunen/auental');
  assert.match(await text(technical), /Ali Arndt\s+E-Mail berichtigen …/);
  await checkPage(technical);
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
