// committee.spec.mjs -- what is rare in a meeting: a recusal that is disputed, votes of members
// instead of municipalities, a vote that is declared void with a version of the handbook on it.
import assert from 'node:assert/strict';
import { callPoint, callTogether, enter, germanDay, link, press } from './meeting_steps.mjs';
import { bothWays, text } from './steps.mjs';

const titles = { true: 'Mobile Bürgerdienste in vier Sprachen anbieten',
  false: 'Vertretung in Sitzungen regeln' };
const checking = ({ checkPage }, { javaScriptEnabled }) =>
  (javaScriptEnabled ? checkPage : async () => {});

// Everybody is there, and the point is called; once for each way.
const called = new Map();
async function calledPoint(tools, options) {
  const key = options.javaScriptEnabled;
  if (!called.has(key))
    called.set(key, await callIt(tools, options, titles[key]));
  return called.get(key);
}

async function callIt(tools, options, title) {
  const meeting = await callTogether(await tools.login('projektbuero', options), title);
  const chair = await tools.login('vorsitz', options);
  await chair.goto(`${meeting}/leitung`);
  await press(chair, 'Sitzung eröffnen');
  await chair.goto(`${meeting}/anwesenheit`);
  for (const name of ['Jana Jung', 'Mina Möhring', 'Olga Ost', 'Levent Linde'])
    await chair.getByRole('button', { name: new RegExp(`^vor Ort\\s*: ${name}`) }).click();
  return { meeting, decision: await callPoint(chair, meeting, title) };
}

async function cast(page, decision, choice) {
  await page.goto(`${decision}/abstimmung`);
  await page.locator('label', { hasText: choice }).click();
  await press(page, 'Stimme abgeben');
  assert.match(await text(page), /Deine Stimme ist abgegeben/);
}

async function openVote(chair, decision) {
  await chair.goto(`${decision}/abstimmung`);
  await chair.getByLabel('Ich habe gefragt, ob jemand befangen ist').check();
  await press(chair, 'Abstimmung eröffnen');
  assert.match(await text(chair), /0 von \d haben abgestimmt/);
}

async function closeVote(chair, decision) {
  await chair.goto(`${decision}/abstimmung`);
  await link(chair, 'Abstimmung schließen').click();
  await press(chair, 'Abstimmung schließen');
}

// ---- Recusal ----

async function note(chair, decision, check) {
  await chair.goto(`${decision}/abstimmung`);
  await link(chair, 'Befangenheit vermerken').click();
  await chair.getByText('Befangenheit einer anderen Person vermerken').click();
  await press(chair, 'Befangenheit vermerken');
  assert.match(await text(chair), /Fülle dieses Feld aus/);
  await check(chair);
  await chair.selectOption('#person', { label: 'Jana Jung, Lindheim' });
  await chair.fill('#grund', 'Verwandt mit dem Anbieter.');
  await press(chair, 'Befangenheit vermerken');
  assert.match(await text(chair), /Die Befangenheit ist vermerkt/);
  await check(chair);
  return new URL(chair.url()).pathname;
}

async function dispute(page, point, check) {
  await page.goto(point);
  await check(page);
  await press(page, 'Ich bin nicht befangen');
  assert.match(await page.title(), /^Fehler: /);
  await check(page);
  await page.fill('#warum', 'Der Anbieter heißt nur so.');
  await press(page, 'Ich bin nicht befangen');
  assert.match(await text(page), /Bestritten: „Der Anbieter heißt nur so\.“/);
  await check(page);
}

export const aDisputedRecusalIsDecidedByTheCommittee = bothWays(async (tools, options) => {
  const check = checking(tools, options);
  const { decision } = await calledPoint(tools, options);
  const chair = await tools.login('vorsitz', options);
  const deputy = await tools.login('mitglied@bergstedt', options);
  const concerned = await enter(tools, 'jana.jung@lindheim.example', options);
  const point = await note(chair, decision, check);
  await dispute(concerned, point, check);
  await chair.goto(point);
  await link(chair, 'Über die Befangenheit abstimmen lassen').click();
  assert.match(await text(chair), /Ist Jana Jung bei diesem Punkt befangen\?/);
  await check(chair);
  await openVote(chair, decision);
  await check(chair);
  await chair.goto(point); // nobody goes round the vote
  assert.doesNotMatch(await text(chair), /Befangenheit von Jana Jung aufheben/);
  await concerned.goto(`${decision}/abstimmung`);
  assert.equal(await concerned.getByRole('button', { name: 'Stimme abgeben' }).count(), 0);
  await check(concerned);
  const choice = options.javaScriptEnabled ? 'Ablehnen' : 'Zustimmen';
  await deputy.goto(`${decision}/abstimmung`);
  await check(deputy);
  for (const page of [deputy, chair])
    await cast(page, decision, choice);
  await closeVote(chair, decision);
  const is = options.javaScriptEnabled ? 'nicht befangen' : 'befangen';
  assert.match(await text(chair), new RegExp(`Ergebnis zur Befangenheit von Jana Jung: ${is}`));
  await check(chair);
  await concerned.goto(point);
  assert.match(await text(concerned), options.javaScriptEnabled
    ? /Bisher ist niemand befangen/ : /Der Steuerungskreis hat entschieden: befangen/);
  await check(concerned);
});

// ---- Members ----

// Rules stay while anything is voted on: the circular of the demo ends.
async function endCircular(chair) {
  await chair.goto('/');
  const waits = chair.getByRole('link', { name: /^Stimme ab: Den Tag der Daten/ });
  if (await waits.count() === 0)
    return;
  await waits.click();
  await link(chair, /Meine Kommune will in einer Sitzung/).click();
  await chair.fill('#grund', 'Das wollen wir besprechen.');
  await press(chair, 'Umlauf beenden');
  assert.match(await text(chair), /Seefeld will in einer Sitzung entscheiden/);
}

async function countBy(chair, name, sentence, check) {
  await chair.goto('/sitzungen/regeln');
  await link(chair, 'Regeln ändern').click();
  await chair.getByLabel(name).check();
  await chair.fill('#grund', 'So haben wir es vereinbart.');
  await check(chair);
  await press(chair, 'Regeln ändern');
  assert.match(await text(chair), sentence);
  await check(chair);
}

export const whereMembersVoteEachSeatHasAVote = bothWays(async (tools, options) => {
  const check = checking(tools, options);
  const { decision } = await calledPoint(tools, options);
  const chair = await tools.login('vorsitz', options);
  await endCircular(chair);
  await countBy(chair, 'jedes Mitglied eine Stimme',
    /Jede Person mit einem Sitz hat eine Stimme/, check);
  await chair.goto(`${decision}/abstimmung`);
  await check(chair);
  await openVote(chair, decision);
  await check(chair);
  const deputy = await tools.login('mitglied@bergstedt', options);
  const auental = await enter(tools, 'olga.ost@auental.example', options);
  await auental.goto(`${decision}/abstimmung`);
  await check(auental);
  await cast(auental, decision, 'Ablehnen');
  for (const page of [deputy, chair])
    await cast(page, decision, 'Zustimmen');
  await closeVote(chair, decision);
  const reader = await tools.login('lesen', options);
  await reader.goto(`${decision}/abstimmung`);
  assert.match(await reader.locator('figure svg title').textContent(),
    /^Stimmen der Mitglieder: 2 Ja, 1 Nein/);
  await check(reader);
  await countBy(chair, 'jede Kommune eine Stimme', /Jede Kommune hat eine Stimme/,
    async () => {});
});

// ---- A vote that becomes void ----

async function propose(editor, chapter, words) {
  await editor.goto('/handbuch/arbeitsfassung');
  await editor.getByRole('row', { name: new RegExp(chapter) }).first()
    .getByRole('button', { name: /Text bearbeiten/ }).click();
  await editor.fill('#text', `${await editor.inputValue('#text')}\n\n${words}\n`);
  await editor.getByRole('button', { name: 'Speichern' }).first().click();
  await editor.goto('/handbuch/fassungen');
  await editor.getByLabel(/^Inhalt:/).check();
  await editor.fill('#anlass', words);
  await editor.getByRole('button', { name: 'Fassung vorlegen' }).first().click();
  assert.match(await text(editor), /liegt dem Projektbüro als Antrag vor/);
  return new URL(editor.url()).pathname;
}

// What the request has not: costs and who answers.
async function publish(office, words) {
  await office.goto('/entscheidungen');
  await office.getByRole('button', { name: /^Vorlage daraus anlegen/ }).last().click();
  assert.match(await text(office), /Aus dem Antrag ist ein Entwurf geworden/);
  await office.fill('#worum', words);
  await office.fill('#beschluss', words);
  await office.fill('#kosten', 'Keine.');
  await office.fill('#gruende', 'Weil es hilft.');
  await office.fill('#beteiligung', 'Alle Kommunen haben es gelesen.');
  await office.selectOption('#federfuehrung', { label: 'Auental' });
  await office.selectOption('#auskunft', { label: 'Levent Linde, Auental' });
  await office.getByLabel('Seefeld').check();
  await office.locator('#ohne-anlagen').check();
  await press(office, 'Entwurf speichern');
  assert.match(await text(office), /Alles ist ausgefüllt/);
  const decision = new URL(office.url()).pathname;
  await press(office, 'Zur Prüfung einreichen');
  await press(office, 'Veröffentlichen');
  assert.match(await text(office), /Der Wortlaut ist fest/);
  return decision;
}

async function adopt(tools, options, office, decision) {
  await office.goto(`${decision}/umlauf`);
  await office.fill('#bis', germanDay(14));
  await press(office, 'Umlauf starten');
  assert.match(await text(office), /Der Umlauf läuft\./);
  for (const mail of ['jana.jung@lindheim.example', 'olga.ost@auental.example',
    'ruben.richter@bergstedt.example', 'vorsitz@seefeld.example'])
    await cast(await enter(tools, mail, options), decision, 'Zustimmen');
  await office.goto(`${decision}/abstimmung`);
  await press(office, 'Umlauf schließen');
  assert.match(await text(office), /Ergebnis: angenommen/);
}

async function declareVoid(office, chair, decision, check) {
  await link(office, 'Abstimmung für ungültig erklären').click();
  await press(office, 'Vorschlagen');
  assert.match(await text(office), /Nenne den Grund/);
  await check(office);
  await office.fill('#grund', 'Der Wortlaut war der falsche.');
  await press(office, 'Vorschlagen');
  assert.match(await text(office), /Soll ungültig werden/);
  await check(office);
  await chair.goto(`${decision}/abstimmung`);
  await check(chair);
  await press(chair, 'Für ungültig erklären');
  assert.match(await text(chair), /Ergebnis: für ungültig erklärt/);
  await check(chair);
}

// The first way brings it up; the second one votes on it anew, under the same number.
const sentence = 'Wir fragen früh und hören zu.';
let proposed;

export const aVersionFallsBackWhenItsVoteBecomesVoid = bothWays(async (tools, options) => {
  const check = checking(tools, options);
  const office = await tools.login('projektbuero', options);
  const chair = await tools.login('vorsitz', options);
  proposed ??= { version: await propose(office, 'Wissen teilen', sentence),
    decision: await publish(office, sentence) };
  const { version, decision } = proposed;
  await adopt(tools, options, office, decision);
  await chair.goto(version);
  await check(chair);
  await press(chair, 'Fassung in Kraft setzen');
  assert.match(await text(chair), /Diese Fassung gilt ab heute/);
  await check(chair);
  const reader = await tools.login('lesen', options);
  await reader.goto('/handbuch/wissen-teilen');
  assert.match(await text(reader), new RegExp(sentence));
  await declareVoid(office, chair, decision, check);
  await reader.goto('/handbuch/wissen-teilen');
  assert.doesNotMatch(await text(reader), new RegExp(sentence));
  await reader.goto(version);
  assert.match(await text(reader), /Diese Fassung gilt nicht: Die Abstimmung darüber ist ungültig/);
  assert.match(await text(reader), /Der Wortlaut war der falsche\./);
  await check(reader);
  await reader.goto('/handbuch/fassungen');
  await check(reader);
});
