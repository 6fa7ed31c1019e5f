// people.spec.mjs -- municipalities look after their people.  What lies behind the links of letters
// is in invitation.spec.mjs.
import assert from 'node:assert/strict';
import { bothWays, text } from './steps.mjs';

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

async function checked(page, checkPage, { javaScriptEnabled }) {
  await page.waitForLoadState();
  if (javaScriptEnabled)
    await checkPage(page);
}

export const aNewMunicipalityIsBroughtInByOneForm = bothWays(
  async ({ login, person, checkPage }, options) => {
    const name = options.javaScriptEnabled ? 'Stadt Moosbach' : 'Stadt Hagental';
    const domain = `${name.slice(6).toLowerCase()}.example`;
    const page = await login('technik', options);
    await page.goto('/');
    await page.getByRole('link', { name: 'Kommunen', exact: true }).click();
    await checked(page, checkPage, options);
    await page.getByRole('link', { name: 'Kommune aufnehmen' }).click();
    await checked(page, checkPage, options);
    await press(page, 'Aufnehmen und einladen');
    assert.match(await text(page), /Gib den Namen an, zum Beispiel Stadt Waldau/);
    await checked(page, checkPage, options);
    await page.fill('#kommune', name);
    await page.fill('#domains', domain);
    await page.fill('#name', 'Mara Moos');
    await page.fill('#email', 'mara.moos@gmx.de');
    await page.fill('#passwort', person('technik').password);
    await press(page, 'Aufnehmen und einladen');
    assert.match(await text(page), /Das ist ein privater Anbieter/);
    await checked(page, checkPage, options);
    await page.fill('#email', `mara.moos@${domain}`);
    await page.fill('#passwort', person('technik').password);
    await press(page, 'Aufnehmen und einladen');
    assert.match(await text(page), /Die Kommune ist angelegt/);
    await page.getByRole('link', { name }).click();
    assert.match(await text(page), /Eingeladen ist: Mara Moos/);
    await checked(page, checkPage, options);
  });

export const anAdministratorInvitesRenewsAndRevokes = bothWays(
  async ({ login, checkPage }, options) => {
    const name = options.javaScriptEnabled ? 'Nele Nuss' : 'Noah Nuss';
    const page = await login('personen', options);
    await page.goto('/');
    await page.getByRole('link', { name: 'Kommunen', exact: true }).click();
    await page.getByRole('link', { name: 'Stadt Auental' }).click();
    await checked(page, checkPage, options);
    await page.fill('#name', name);
    await page.fill('#email', `${name.split(' ')[0].toLowerCase()}@auental.example`);
    await page.locator('label[for=rolle]').click();
    await press(page, 'Einladung verschicken');
    assert.match(await text(page), new RegExp(`${name}, Nur lesen`));
    await checked(page, checkPage, options);
    const act = (verb) => page.getByRole('button', { name: new RegExp(`^${verb}.*${name}`) }).click();
    await act('Neu verschicken');
    assert.match(await text(page), /Die Einladung gilt wieder 14 Tage/);
    await act('Zurückziehen');
    assert.match(await text(page), /Die Einladung ist zurückgezogen/);
    assert.doesNotMatch(await text(page), new RegExp(name));
  });

// The same session is not asked twice: whoever is suspended is out at the next click.
export const whoeverIsSuspendedIsOutAtOnceAndBackWithOneClick = bothWays(
  async ({ login, guest, instance, person, checkPage }, options) => {
    const member = await guest(options);
    await member.goto('/anmelden');
    await member.fill('#email', 'olga.ost@auental.example');
    await member.fill('#passwort', instance.logins[0].password);
    await member.click('main button[type=submit]');
    await member.waitForURL((url) => url.pathname !== '/anmelden');
    const page = await login('personen', options);
    await page.goto('/kommunen/auental');
    await page.getByRole('link', { name: /^Ändern.*Olga Ost/ }).click();
    await checked(page, checkPage, options);
    await page.getByRole('link', { name: 'Zugang sperren …' }).click();
    await press(page, 'Zugang sperren');
    assert.match(await text(page), /Gib dein Passwort an/);
    await checked(page, checkPage, options);
    await page.fill('#passwort', person('personen').password);
    await press(page, 'Zugang sperren');
    assert.match(await text(page), /Der Zugang ist gesperrt/);
    await checked(page, checkPage, options);
    await member.goto('/task-forces');
    assert.equal(new URL(member.url()).pathname, '/anmelden');
    await press(page, 'Wieder freigeben');
    assert.match(await text(page), /Der Zugang ist wieder aktiv/);
  });

export async function theHandOverNamesWhatOthersMustTakeOver({ login, checkPage }) {
  const page = await login('personen');
  await page.goto('/kommunen/auental');
  await page.getByRole('link', { name: /^Ändern.*Levent Linde/ }).click();
  await page.getByRole('link', { name: 'Zugehörigkeit beenden' }).click();
  assert.match(await text(page), /Leitung: Dateninventur/);
  assert.match(await text(page), /Rolle endet: Steuerungskreis, Stellvertretung/);
  assert.equal(await page.getByRole('button', { name: 'Zugehörigkeit heute beenden' }).count(), 0);
  await checkPage(page);
  await page.goto('/kommunen/auental/angaben');
  await checkPage(page);
  await page.goto('/personen/6');
  await checkPage(page);
}

export async function othersSeeNamesAndRoles({ login, checkPage }) {
  const page = await login('mitglied');
  await page.goto('/kommunen/auental');
  assert.match(await text(page), /Levent Linde/);
  assert.doesNotMatch(await text(page), /@|Zuletzt da|Einladung/);
  await checkPage(page);
  const answer = await page.goto('/personen/2');
  assert.equal(answer.status(), 403);
}

export async function aForgottenPasswordIsExplained({ guest, checkPage }) {
  const page = await guest();
  await page.goto('/anmelden');
  await page.getByRole('link', { name: 'Lege ein neues fest.' }).click();
  assert.match(await text(page), /Passwort vergessen\?/);
  await checkPage(page);
  for (const path of ['/passwort/unterwegs', `/passwort/${'A'.repeat(43)}`,
    `/einladung/${'A'.repeat(43)}`]) {
    await page.goto(path);
    await checkPage(page);
  }
}
