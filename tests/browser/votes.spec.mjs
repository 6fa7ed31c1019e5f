// votes.spec.mjs -- a vote in writing, from its start to its result; the receipt; an objection.
import assert from 'node:assert/strict';
import { text } from './steps.mjs';

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const holders = ['jana.jung@lindheim.example', 'olga.ost@auental.example',
  'ruben.richter@bergstedt.example', 'vorsitz@seefeld.example'];

const germanDay = (days) => new Date(Date.now() + days * 86_400_000).toLocaleDateString('de-DE',
  { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'Europe/Berlin' });

// Holders that are not in the list of logins have the same password.
async function enter({ guest, instance }, mail, options) {
  const page = await guest(options);
  await page.goto('/anmelden');
  await page.fill('#email', mail);
  await page.fill('#passwort', instance.logins[0].password);
  await page.click('main button[type=submit]');
  await page.waitForURL((url) => url.pathname !== '/anmelden');
  return page;
}

async function start(office, decision, check) {
  await office.goto(`${decision}/abstimmung`);
  await check(office);
  await office.getByRole('link', { name: 'Umlauf starten' }).click();
  await check(office);
  await office.fill('#bis', germanDay(1));
  await press(office, 'Umlauf starten');
  assert.match(await text(office), /Gib den Kommunen mehr Zeit/);
  await check(office);
  await office.fill('#bis', germanDay(14));
  await press(office, 'Umlauf starten');
  assert.match(await text(office), /Der Umlauf läuft\./);
  assert.match(await text(office), /0 von 4 haben abgestimmt/);
  await check(office);
}

async function vote(page, decision, choice, reason, check) {
  await page.goto(decision);
  await check(page);
  await page.goto(`${decision}/abstimmung`);
  await page.getByLabel('Begründung').fill(reason);
  await press(page, 'Stimme abgeben');
  assert.match(await text(page), /Wähle: zustimmen, ablehnen oder enthalten/);
  await check(page);
  await page.locator('label', { hasText: choice }).click();
  await press(page, 'Stimme abgeben');
  assert.match(await text(page), /Deine Stimme ist abgegeben/);
  assert.match(await page.locator('textarea[readonly]').inputValue(), /^Beleg über eine Stimme/);
  await check(page);
}

export const aVoteInWritingLeadsToAResultWithNames = async (tools) => {
  const { login, checkPage } = tools;
  const office = await login('projektbuero');
  await office.goto('/entscheidungen');
  const decision = await published(office);
  await start(office, decision, checkPage);
  const choices = ['Zustimmen', 'Zustimmen', 'Ablehnen', 'Enthalten'];
  for (const [i, mail] of holders.entries()) {
    const javaScriptEnabled = i === 0;
    const page = await enter(tools, mail, { javaScriptEnabled });
    await vote(page, decision, choices[i], `Grund ${i}`, i === 0 ? checkPage : async () => {});
    if (i === 1) { // changed: the last one counts
      await page.getByRole('link', { name: 'Stimme ändern' }).click();
      await page.locator('label', { hasText: 'Ablehnen' }).click();
      await press(page, 'Stimme abgeben');
      assert.match(await text(page), /Ablehnung/);
      await page.goto(`${decision}/abstimmung`);
      await page.locator('label', { hasText: 'Zustimmen' }).click();
      await press(page, 'Stimme abgeben');
    }
  }
  await office.goto(`${decision}/abstimmung`);
  assert.match(await text(office), /4 von 4 haben abgestimmt/);
  assert.doesNotMatch(await text(office), /Grund 0/);
  await checkPage(office);
  await press(office, 'Umlauf schließen');
  const result = await text(office);
  assert.match(result, /Ergebnis: /);
  assert.match(result, /So wurde gerechnet: .*beschlussfähig: 4 von 4/);
  assert.match(result, /Grund 0/);
  await checkPage(office);
  await office.goto(decision);
  assert.match(await text(office), /Ergebnis: /);
  await office.locator('summary').filter({ hasText: 'Alle abgegebenen' }).click();
  assert.match(await text(office), /ersetzt/);
  await checkPage(office);
};

async function published(office) {
  const all = await office.locator('main a[href^="/entscheidungen/2"]').evaluateAll(
    (links) => [...new Set(links.map((a) => new URL(a.href).pathname))]);
  for (const path of all) {
    await office.goto(`${path}/abstimmung`);
    if (await office.getByRole('link', { name: 'Umlauf starten' }).count() > 0)
      return path;
  }
  throw new Error(`none is published: ${all}`);
}

// The one that runs in the demo: it waits on the start page of everybody who can vote in it.
export const anObjectionStopsAVoteInWriting = async (tools) => {
  const { login, checkPage } = tools;
  const holder = await login('vorsitz');
  await holder.goto('/');
  await holder.getByRole('link', { name: /^Stimme ab: Den Tag der Daten/ }).click();
  await holder.getByRole('link', { name: /Ich bin befangen/ }).click();
  await checkPage(holder);
  await holder.goBack();
  await holder.getByRole('link', { name: /Meine Kommune will in einer Sitzung/ }).click();
  await checkPage(holder);
  await press(holder, 'Umlauf beenden');
  assert.match(await text(holder), /Nenne den Grund/);
  await checkPage(holder);
  await holder.fill('#grund', 'Das wollen wir besprechen.');
  await press(holder, 'Umlauf beenden');
  assert.match(await text(holder), /Seefeld will in einer Sitzung entscheiden/);
  await checkPage(holder);
};
