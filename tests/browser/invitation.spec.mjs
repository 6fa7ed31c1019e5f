// invitation.spec.mjs -- a new city is brought in, from the operator's form to the first colleague,
// with letters that are really sent; a forgotten password and a new address.  On an instance of its
// own, with a mail server and the second factor.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startBrowser, validate } from './browser.mjs';
import { startInstance } from './instance.mjs';
import { openPostbox } from './postbox.mjs';
import { text } from './steps.mjs';

// The code of an app (RFC 6238) for the key that the page shows for typing.
function totp(key) {
  const bits = [...key.replaceAll(/\s/g, '')].map((sign) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', secret).update(step).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const goodPassword = 'gurke ofen zwirn nebel';

// Counts what a person has to click.
class Clicks {
  constructor(page) {
    this.page = page;
    this.count = 0;
  }

  async on(target) {
    this.count += 1;
    await target.click();
    await this.page.waitForLoadState();
  }

  link(name) {
    return this.on(this.page.getByRole('link', { name, exact: true }));
  }

  press(name) {
    return this.on(this.page.getByRole('button', { name, exact: true }));
  }
}

async function setUpTwoSteps(clicks, password) {
  const { page } = clicks;
  assert.match(await text(page), /Deine Rolle braucht diese Bestätigung/);
  await clicks.press('Einrichten');
  await page.fill('#code', totp(await page.locator('.hs-schluessel').innerText()));
  await page.fill('#passwort', password);
  await clicks.on(page.locator('main form[action="/profil/zwei-schritte"] button[type=submit]'));
}

async function operatorComesIn({ guest, person }) {
  const { mail, password } = person('technik');
  const page = await guest();
  await page.goto('/anmelden');
  await page.fill('#email', mail);
  await page.fill('#passwort', password);
  await page.click('main button[type=submit]');
  await page.waitForURL('**/profil/zwei-schritte');
  await setUpTwoSteps(new Clicks(page), password);
  return { page, password };
}

async function operatorFounds({ page, password }, city) {
  const clicks = new Clicks(page);
  await clicks.link('Kommunen');
  await clicks.link('Kommune aufnehmen');
  await page.fill('#kommune', city.name);
  await page.fill('#domains', city.domain);
  await page.fill('#name', city.first);
  await page.fill('#email', city.mail);
  await page.fill('#passwort', password);
  await clicks.press('Aufnehmen und einladen');
  assert.match(await text(page), /Die Kommune ist angelegt/);
  return clicks.count;
}

const linkIn = (letter, word) => new RegExp(`^http://\\S+(/${word}/[\\w-]{43})$`, 'm').exec(letter)[1];

async function administratorComesIn(tools, city, options, check) {
  const { postbox, guest } = tools;
  const letter = await postbox.letterTo(city.mail, /lädt dich ein/);
  assert.match(letter, new RegExp(`für ${city.name} in der Kooperation`));
  const page = await guest(options);
  const clicks = new Clicks(page);
  await page.goto(linkIn(letter, 'einladung'));
  clicks.count += 1; // the link
  await check(page);
  await page.fill('#passwort-neu', 'zu kurz');
  await page.getByRole('button', { name: 'Einladung annehmen' }).click();
  assert.match(await text(page), /Nimm mindestens 12 Zeichen/);
  await check(page);
  await page.fill('#passwort-neu', goodPassword);
  await page.fill('#passwort-wiederholt', goodPassword);
  await clicks.press('Einladung annehmen');
  await setUpTwoSteps(clicks, goodPassword);
  assert.match(await text(page), /Das solltest du lesen/);
  await page.goto(linkIn(letter, 'einladung'));
  assert.match(await text(page), /Diese Einladung ist schon angenommen/);
  await check(page);
  return clicks;
}

async function invitesAColleague(tools, clicks, city) {
  const { page } = clicks;
  await clicks.link('Kommunen');
  await clicks.link(city.name);
  await page.fill('#name', 'Ria Rose');
  await page.fill('#email', `ria@${city.domain}`);
  await clicks.on(page.locator('label[for=rolle]'));
  await clicks.press('Einladung verschicken');
  assert.match(await text(page), /Die Einladung ist unterwegs/);
  assert.doesNotMatch(await page.content(), /\/einladung\//);
  const letter = await tools.postbox.letterTo(`ria@${city.domain}`, /lädt dich ein/);
  const ria = await tools.guest();
  await ria.goto(linkIn(letter, 'einladung'));
  await ria.fill('#passwort-neu', goodPassword);
  await ria.fill('#passwort-wiederholt', goodPassword);
  await ria.getByRole('button', { name: 'Einladung annehmen' }).click();
  assert.match(await text(ria), /Willkommen! Fang mit dem an/);
  await page.reload();
  assert.match(await text(page), /Ria Rose/);
}

async function forgetsThePassword(tools, city, options, check) {
  const page = await tools.guest(options);
  const mail = `ria@${city.domain}`;
  await page.goto('/passwort');
  await check(page);
  await page.fill('#email', mail);
  await page.getByRole('button', { name: 'Link anfordern' }).click();
  assert.match(await text(page), /Schau in dein Postfach/);
  const link = linkIn(await tools.postbox.letterTo(mail, /neues Passwort angefordert/), 'passwort');
  await page.goto(link);
  await check(page);
  await page.fill('#passwort-neu', 'nebel zwirn ofen gurke');
  await page.fill('#passwort-wiederholt', 'nebel zwirn ofen gurke');
  await page.getByRole('button', { name: 'Passwort festlegen' }).click();
  assert.match(await text(page), /Dein neues Passwort gilt/);
  await tools.postbox.letterTo(mail, /wurde geändert/);
  await page.fill('#email', mail);
  await page.fill('#passwort', 'nebel zwirn ofen gurke');
  await page.click('main button[type=submit]');
  await page.waitForURL((url) => url.pathname === '/');
  await page.goto(link);
  assert.match(await text(page), /Dieser Link gilt nicht mehr/);
}

// The own administrator corrects the address; what follows is done from the letters alone.
async function movesToANewAddress(tools, clicks, city, options, check) {
  const { postbox, guest } = tools;
  const { page } = clicks;
  const [before, after] = [`ria@${city.domain}`, `ria.rose@${city.domain}`];
  await page.getByRole('link', { name: /^Ändern.*Ria Rose/ }).click();
  await page.getByRole('link', { name: 'Name oder E-Mail berichtigen …' }).click();
  await page.fill('#email', after);
  await page.fill('#passwort', goodPassword);
  await page.getByRole('button', { name: 'Berichtigen' }).click();
  assert.match(await text(page), new RegExp(`${after} wird bestätigt`));
  await postbox.letterTo(before, new RegExp(`${city.first} möchte .* eine andere Adresse`));
  const link = linkIn(await postbox.letterTo(after, /adresse/), 'adresse');
  const ria = await guest(options);
  await ria.goto(link);
  assert.match(await text(ria), new RegExp(after));
  await check(ria);
  await ria.locator('main form[method=post] button[type=submit]').click();
  await ria.waitForURL('**/anmelden?meldung=adresse-bestaetigt');
  await postbox.letterTo(before, /ist geändert/);
  await ria.fill('#email', before);
  await ria.fill('#passwort', 'nebel zwirn ofen gurke');
  await ria.click('main button[type=submit]');
  assert.match(await text(ria), /Adresse oder Passwort/);
  await ria.fill('#email', after);
  await ria.fill('#passwort', 'nebel zwirn ofen gurke');
  await ria.click('main button[type=submit]');
  await ria.waitForURL((url) => url.pathname === '/');
  await ria.goto('/profil');
  assert.match(await text(ria), new RegExp(after));
  await ria.goto(link);
  assert.match(await text(ria), /Dieser Link gilt nicht mehr/);
}

const cities = [
  { name: 'Stadt Moosbach', domain: 'moosbach.example', first: 'Mara Moos',
    mail: 'mara.moos@moosbach.example', javaScriptEnabled: true },
  { name: 'Stadt Hagental', domain: 'hagental.example', first: 'Hanno Hag',
    mail: 'hanno.hag@hagental.example', javaScriptEnabled: false },
];

async function bringIn(tools, operator, city) {
  const { checkPage } = tools;
  const options = { javaScriptEnabled: city.javaScriptEnabled };
  const check = city.javaScriptEnabled ? checkPage : async () => {};
  const begun = Date.now();
  const founding = await operatorFounds(operator, city);
  const clicks = await administratorComesIn(tools, city, options, check);
  await invitesAColleague(tools, clicks, city);
  const seconds = Math.round((Date.now() - begun) / 1000);
  assert(seconds < 600, `it took ${seconds} s`);
  assert(founding <= 3 && clicks.count <= 8, `${founding} and ${clicks.count} clicks`);
  console.log(`        ${city.name}: ${founding} clicks of the operator, ${clicks.count} of the ` +
    `new administrator, ${seconds} s with the checks`);
  await forgetsThePassword(tools, city, options, check);
  await movesToANewAddress(tools, clicks, city, options, check);
}

async function noLogHoldsALink({ dir, log }) {
  const logs = [await log()];
  for (const name of ['access.log', 'nginx.log', 'mail.log'])
    logs.push(await readFile(join(dir, 'log', name), 'utf8'));
  for (const lines of logs)
    assert.doesNotMatch(lines, /\/(einladung|passwort|adresse)\/[\w-]{43}/);
  assert.match(logs[0], /path=\/einladung\/:token/);
  assert.match(logs[1], /"path":"\/passwort\/:token"/);
}

export async function aCityIsBroughtInByLettersAndAPasswordReplaced() {
  const postbox = await openPostbox();
  const instance = await startInstance([
    `smtp = ${postbox.url}`, 'mail_from = handschlag@vierland.example', 'second_factor = yes']);
  const pages = new Map();
  const browser = await startBrowser(instance, pages);
  try {
    const tools = { ...browser, postbox };
    const operator = await operatorComesIn(tools);
    for (const city of cities)
      await bringIn(tools, operator, city);
    assert.deepEqual(await validate(pages), []);
    await noLogHoldsALink(instance);
  } finally {
    await browser.stop();
    await instance.stop();
    postbox.close();
  }
}
