// votes.spec.mjs -- votes from their start to their result, in a meeting and in writing; the receipt;
// an objection.
import assert from 'node:assert/strict';
import { callPoint, callTogether, enter, germanDay, link, press } from './meeting_steps.mjs';
import { text } from './steps.mjs';

const holders = ['jana.jung@lindheim.example', 'olga.ost@auental.example',
  'ruben.richter@bergstedt.example', 'vorsitz@seefeld.example'];

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
  await correct(tools, office, decision);
  await office.goto(decision);
  assert.match(await text(office), /Ergebnis: /);
  await office.locator('summary').filter({ hasText: 'Alle abgegebenen' }).click();
  assert.match(await text(office), /ersetzt/);
  await checkPage(office);
};

// A slip is corrected by two; what was voted on stays.
async function correct({ login, checkPage }, office, decision) {
  await office.getByRole('link', { name: 'Schreibfehler berichtigen' }).click();
  await office.fill('#stelle', 'Das steht nicht da');
  await office.fill('#richtig', 'Grund Null');
  await press(office, 'Berichtigung vorschlagen');
  assert.match(await text(office), /So steht es weder in der Vorlage/);
  await checkPage(office);
  await office.fill('#stelle', 'Grund 0');
  await office.fill('#grund', 'Zahlen schreiben wir aus.');
  await press(office, 'Berichtigung vorschlagen');
  assert.match(await text(office), /Soll berichtigt werden, vorgeschlagen von/);
  await checkPage(office);
  const chair = await login('vorsitz');
  await chair.goto(`${decision}/abstimmung`);
  await press(chair, 'Berichtigung bestätigen');
  assert.match(await text(chair), /Grund 0[^]*→[^]*Grund Null/);
  await checkPage(chair);
}

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

// ---- In a meeting ----

const points = [
  { javaScriptEnabled: true, title: 'Mobile Bürgerdienste in vier Sprachen anbieten',
    result: 'abgelehnt' }, // needs more than half of all
  { javaScriptEnabled: false, title: 'Vertretung in Sitzungen regeln',
    result: 'angenommen' }, // needs two thirds of the votes cast
];
// Auental cannot come, Seefeld speaks for it; Bergstedt's holder is away, the deputy is there.
async function comeTogether(chair, holder, meeting) {
  await holder.goto(`${meeting}/vollmachten`);
  await holder.selectOption('#person', { label: 'Vera Voss, Seefeld (Stimmführung)' });
  await press(holder, 'Vollmacht erteilen');
  assert.match(await text(holder), /Die Vollmacht ist erteilt/);
  await chair.goto(`${meeting}/leitung`);
  await press(chair, 'Sitzung eröffnen');
  await chair.goto(`${meeting}/anwesenheit`);
  for (const name of ['Jana Jung', 'Mina Möhring'])
    await chair.getByRole('button', { name: new RegExp(`^vor Ort\\s*: ${name}`) }).click();
  assert.match(await text(chair), /Beschlussfähig: 4 von 4 vertreten/);
}

async function openVote(chair, meeting, title, check) {
  const decision = await callPoint(chair, meeting, title);
  await check(chair);
  await press(chair, 'Abstimmung eröffnen');
  assert.match(await text(chair), /befangen/);
  await check(chair);
  await chair.getByLabel('Ich habe gefragt, ob jemand befangen ist').check();
  await press(chair, 'Abstimmung eröffnen');
  assert.match(await text(chair), /0 von 4 haben abgestimmt/);
  await check(chair);
  return decision;
}

const part = (page, unit) => page.locator('fieldset', { hasText: unit });

// The own vote and the one of the other municipality in one form, then one of them changed.
async function castBoth(chair, decision, check) {
  await part(chair, 'Seefeld').locator('label', { hasText: 'Zustimmen' }).click();
  await part(chair, 'Auental').locator('label', { hasText: 'Enthalten' }).click();
  await part(chair, 'Auental').getByLabel('Begründung').fill('So hat es Auental gewünscht.');
  await check(chair);
  await press(chair, 'Stimmen abgeben');
  assert.equal(await chair.locator('textarea[readonly]').count(), 2);
  await check(chair);
  await link(chair, 'Stimme ändern').click();
  await part(chair, 'Auental').locator('label', { hasText: 'Zustimmen' }).click();
  await press(chair, 'Stimmen abgeben');
  assert.match(await text(chair), /Auental/);
  assert.equal(await chair.locator('textarea[readonly]').count(), 1, 'one receipt for what is new');
  await chair.goto(`${decision}/abstimmung`);
  assert.match(await text(chair), /2 von 4 haben abgestimmt/);
  assert.doesNotMatch(await text(chair), /Ergebnis:/);
}

async function castAsDeputy(page, decision, check) {
  await page.goto(`${decision}/abstimmung`);
  await check(page);
  await page.locator('label', { hasText: 'Ablehnen' }).click();
  await press(page, 'Stimme abgeben');
  assert.match(await text(page), /Deine Stimme ist abgegeben/);
}

// What was filled in before the end and sent after it: refused with the time, and still to be read.
async function castTooLate(late, chair, decision, check) {
  await late.goto(`${decision}/abstimmung`);
  await late.locator('label', { hasText: 'Ablehnen' }).click();
  await late.getByLabel('Begründung').fill('Das ging mir zu schnell.');
  await chair.goto(`${decision}/abstimmung`);
  await link(chair, 'Abstimmung schließen').click();
  assert.match(await text(chair), /Vertreten, aber ohne Stimme: 1/);
  await check(chair);
  await press(chair, 'Abstimmung schließen');
  await press(late, 'Stimme abgeben');
  assert.equal(late.document.status(), 409);
  assert.match(await text(late), /Die Abstimmung war schon zu Ende/);
  assert.match(await text(late), /Sie endete .*\d\d:\d\d:\d\d Uhr/);
  assert.match(await text(late), /Lindheim: Ablehnung\. Das ging mir zu schnell\./);
  await check(late);
}

async function readResult(page, decision, expected, check) {
  await page.goto(`${decision}/abstimmung`);
  const result = await text(page);
  assert.match(result, new RegExp(`Ergebnis: ${expected}`));
  assert.match(result, /So wurde gerechnet: .*beschlussfähig: 4 von 4/);
  assert.match(result, /Vera Voss/);
  assert.match(result, /So hat es Auental gewünscht\./);
  assert.doesNotMatch(result, /Das ging mir zu schnell/);
  assert.equal(await page.locator('figure svg title').textContent(),
    'Stimmen der Kommunen: 2 Ja, 1 Nein, 1 nicht abgestimmt');
  await check(page);
}

export const aVoteInAMeetingCountsWhatWasCastInTime = async (tools) => {
  for (const { javaScriptEnabled, title, result } of points) {
    const options = { javaScriptEnabled };
    const check = javaScriptEnabled ? tools.checkPage : async () => {};
    const office = await tools.login('projektbuero', options);
    const meeting = await callTogether(office, title);
    const chair = await tools.login('vorsitz', options);
    const holder = await enter(tools, 'olga.ost@auental.example', options);
    await comeTogether(chair, holder, meeting);
    const decision = await openVote(chair, meeting, title, check);
    await castBoth(chair, decision, check);
    await castAsDeputy(await tools.login('mitglied@bergstedt', options), decision, check);
    const late = await enter(tools, 'jana.jung@lindheim.example', options);
    await castTooLate(late, chair, decision, check);
    await readResult(await tools.login('lesen', options), decision, result, check);
  }
};
