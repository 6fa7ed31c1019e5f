// meeting_steps.mjs -- how a meeting of today comes about, for the specs that vote in one.
import assert from 'node:assert/strict';
import { text } from './steps.mjs';

export const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
export const link = (page, name) => page.getByRole('link', { name }).first();

export const germanDay = (days) => new Date(Date.now() + days * 86_400_000).toLocaleDateString('de-DE',
  { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'Europe/Berlin' });

// With a session of its own; everybody in the demo has the same password.
export async function enter({ guest, instance }, mail, options) {
  const page = await guest(options);
  await page.goto('/anmelden');
  await page.fill('#email', mail);
  await page.fill('#passwort', instance.logins[0].password);
  await page.click('main button[type=submit]');
  await page.waitForURL((url) => url.pathname !== '/anmelden');
  return page;
}

// A meeting of today with a template that stood on another agenda.
export async function callTogether(office, title) {
  await office.goto('/sitzungen');
  await link(office, /^Steuerungskreis 2\//).click();
  await link(office, new RegExp(`^Entfernen\\s*: ${title}`)).click();
  await office.fill('#grund', 'Es eilt.');
  await press(office, 'Von der Tagesordnung nehmen');
  await office.goto('/sitzungen/neu');
  await office.fill('#tag', germanDay(0));
  await office.fill('#uhrzeit', '23:07');
  await office.fill('#dauer', '45');
  await office.fill('#ort', 'Rathaus Seefeld');
  await office.selectOption('#moderation', { label: 'Vera Voss, Seefeld' });
  await office.selectOption('#vertretung', { label: 'Jana Jung, Lindheim' });
  await office.selectOption('#protokoll', { label: 'Mina Möhring, Bergstedt' });
  await press(office, 'Sitzung anlegen');
  const meeting = new URL(office.url()).pathname;
  await link(office, 'Punkt aufnehmen').click();
  await office.selectOption('#art', { label: 'Entscheidung' });
  const template = office.locator('#vorlage option', { hasText: title });
  await office.selectOption('#vorlage', await template.getAttribute('value'));
  await office.fill('#minuten', '20');
  await press(office, 'Auf die Tagesordnung');
  await link(office, 'Einladen').click();
  await press(office, 'Jetzt einladen');
  assert.match(await text(office), /Die Einladungen sind unterwegs/);
  return meeting;
}

// The address of the template on it.
export async function callPoint(chair, meeting, title) {
  await chair.goto(`${meeting}/leitung`);
  await link(chair, new RegExp(`^Aufrufen\\s*: ${title}`)).click();
  if (await chair.locator('#ersatz').count() > 0) // who presents it is not there
    await chair.fill('#ersatz', 'Jana Jung antwortet.');
  await press(chair, 'Zur Entscheidung aufrufen');
  await link(chair, 'Zur Abstimmung').click();
  await chair.waitForURL(/\/abstimmung$/);
  return new URL(chair.url()).pathname.replace('/abstimmung', '');
}
