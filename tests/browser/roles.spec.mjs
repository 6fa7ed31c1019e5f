// roles.spec.mjs -- who may do what, and how somebody comes to a role: proposed, decided, ended.
import assert from 'node:assert/strict';
import { bothWays, text } from './steps.mjs';

const submit = (page) => page.locator('main form[method=post] button[type=submit]').last().click();
const choose = (page, value) =>
  page.locator(`label:has(+ input[value=${value}]), input[value=${value}] + label`).first().click();

function tomorrow() {
  const day = new Date(Date.now() + 36 * 3600 * 1000);
  return day.toLocaleDateString('de-DE', { day: '2-digit', month: '2-digit', year: 'numeric' });
}

export async function whoMayDoWhatIsOnePageForEverybody({ login, checkPage }) {
  const page = await login('lesen');
  await page.goto('/profil');
  await page.getByRole('link', { name: 'Wer darf was' }).click();
  await page.waitForURL('**/rollen');
  const row = page.locator('#task_force_edit');
  assert.equal(await row.locator('td[data-label="Projektbüro"]').innerText(), 'ja');
  assert.equal(await row.locator('td[data-label="Leitung einer Task Force"]').innerText(), 'eigene');
  assert.match(await row.locator('td[data-label="Nur lesen"]').innerText(), /nein/);
  await checkPage(page);
  // On a phone a card holds only the roles that may.
  await page.setViewportSize({ width: 390, height: 800 });
  assert(await row.locator('td[data-label="Projektbüro"]').isVisible());
  assert(!await row.locator('td[data-label="Nur lesen"]').isVisible());
}

export const aRoleIsProposedGivenAndEnded = bothWays(
  async ({ login, person, checkPage }, options) => {
    const check = options.javaScriptEnabled ? checkPage : () => {};
    const id = options.javaScriptEnabled ? 3 : 2;
    const office = await login('projektbuero', options);
    await office.goto(`/personen/${id}/rollen`);
    await check(office);
    await office.getByRole('link', { name: 'Dem Steuerungskreis eine Rolle vorschlagen' }).click();
    await office.waitForURL('**/vorschlag');
    await office.fill('#von', 'irgendwann');
    await office.fill('#grund', 'kennt alle Kommunen');
    await submit(office);
    assert.match(await text(office), /kein Datum|Datum/);
    assert.equal(await office.inputValue('#grund'), 'kennt alle Kommunen');
    await check(office);
    await choose(office, 'pmo');
    await office.fill('#von', tomorrow());
    await submit(office);
    assert.match(await text(office), /Vorgeschlagen\n+Projektbüro ab/);

    const chair = await login('vorsitz', options);
    await chair.goto('/');
    await chair.getByRole('link', { name: /Entscheide über eine Rolle/ }).first().click();
    await chair.waitForURL('**/rollen/vorschlaege/*');
    await check(chair);
    await submit(chair);
    assert.match(await text(chair), /Gib dein Passwort an|Wähle/);
    await check(chair);
    await choose(chair, 'vergeben');
    await chair.fill('#passwort', person('vorsitz').password);
    await submit(chair);
    await chair.waitForURL('**/rollen/vorschlaege?meldung=*');
    assert.match(await text(chair), /: vergeben/);
    await check(chair);

    await chair.goto(`/personen/${id}/rollen`);
    await check(chair);
    await chair.getByRole('link', { name: /Beenden\s*: Projektbüro/ }).click();
    await chair.waitForURL('**/beenden');
    await check(chair);
    await chair.fill('#passwort', person('vorsitz').password);
    await submit(chair);
    assert.match(await text(chair), /Früher\n+Projektbüro/);
  });

export async function givingARolePassesEveryCheck({ login, checkPage }) {
  const chair = await login('vorsitz');
  await chair.goto('/personen/2/rollen/kooperation');
  await checkPage(chair);
  await submit(chair);
  assert.match(await text(chair), /Gib dein Passwort an|Wähle/);
  await checkPage(chair);
  await chair.goto('/personen/5/rollen/kooperation');
  assert.match(await text(chair), /für dich selbst/);
  await checkPage(chair);
  const technician = await login('technik');
  await technician.goto('/personen/9/rollen/erste');
  await checkPage(technician);
}
