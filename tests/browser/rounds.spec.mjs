// rounds.spec.mjs -- a review round from its opening to its evaluation.
import assert from 'node:assert/strict';
import { bothWays, text } from './steps.mjs';

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

const germanDay = (days) => new Date(Date.now() + days * 86_400_000).toLocaleDateString('de-DE',
  { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'Europe/Berlin' });

async function openWithAMistakeFirst(page, check) {
  await page.goto('/feedback/runden');
  await check(page);
  await page.getByRole('link', { name: 'Runde eröffnen' }).click();
  await check(page);
  assert((await page.locator('input[name=person]:checked').count()) >= 6);
  await page.fill('#bis', '01.02.2020');
  await page.fill('#hinweis', 'Bitte achtet auf die Vertretung.');
  await press(page, 'Runde eröffnen und einladen');
  assert.match(await text(page), /Dieser Tag ist schon vorbei/);
  assert.equal(await page.inputValue('#hinweis'), 'Bitte achtet auf die Vertretung.');
  await check(page);
  await page.fill('#bis', germanDay(21));
  await press(page, 'Runde eröffnen und einladen');
  assert.match(await text(page), /Die Rückmelderunde läuft\./);
  await check(page);
}

async function answer(page, check) {
  await page.goto('/');
  await check(page);
  await page.getByRole('link', { name: /^Rückmelderunde \d+: bitte lies bis/ }).click();
  await check(page);
  await page.getByText('Ich lasse mich vertreten').click();
  await press(page, 'Vertreten lassen');
  assert.match(await text(page), /Wähle eine Person aus deiner Kommune/);
  await check(page);
  await press(page, 'Keine Anmerkungen');
  assert.match(await text(page), /Du hast geantwortet: keine Anmerkungen/);
  await press(page, 'Antwort zurücknehmen');
  await page.getByText('Ich lasse mich vertreten').click();
  await page.selectOption('#vertretung', { label: 'Ruben Richter' });
  await press(page, 'Vertreten lassen');
  assert.match(await text(page), /lässt sich vertreten von Ruben Richter/);
  await check(page);
  await page.getByRole('link', { name: 'Fassung lesen' }).click();
  assert.match(await text(page), /in Rückmeldung/);
}

async function endIt(page, round, check) {
  await page.goto(round);
  await page.fill('#bis', germanDay(20));
  await press(page, 'Runde verlängern');
  assert.match(await text(page), /Gib einen Tag nach dem bisherigen Ende an/);
  await check(page);
  await page.fill('#bis', germanDay(28));
  await press(page, 'Runde verlängern');
  assert.match(await text(page), /läuft, verlängert/);
  await page.getByRole('link', { name: 'Vor der Zeit schließen' }).click();
  await check(page);
  await press(page, 'Runde schließen');
  assert.match(await text(page), /ohne Rückmeldung/);
  await check(page);
  await page.getByRole('link', { name: 'Synopse ansehen' }).click();
  await check(page);
  await page.goBack();
  await press(page, 'Auswertung abschließen');
  assert.match(await text(page), /ausgewertet/);
  await check(page);
}

export const aRoundIsOpenedAnsweredAndEvaluated = bothWays(
  async ({ login, checkPage }, options) => {
    const check = options.javaScriptEnabled ? checkPage : async () => {};
    const office = await login('projektbuero', options);
    const member = await login('mitglied', options);
    await openWithAMistakeFirst(office, check);
    const round = new URL(office.url()).pathname;
    await answer(member, check);
    const speaker = await login('personen', options);
    await speaker.goto(round);
    await press(speaker, 'Unsere Rückmeldung ist vollständig');
    assert.match(await text(speaker), /noch keine Rückmeldung aus deiner Kommune/);
    await check(speaker);
    await press(speaker, 'Die Kommune hat keine Anmerkungen');
    assert.match(await text(speaker), /Die Antwort der Kommune: keine Anmerkungen/);
    await endIt(office, round, check);
    await office.goto('/feedback/runden');
    await check(office);
  });

// What a reader of a round sees of the chapters, and how they become fewer.
export const chaptersLeftToReadAreCounted = bothWays(async ({ login, checkPage }, options) => {
  const check = options.javaScriptEnabled ? checkPage : async () => {};
  const office = await login('projektbuero', options);
  await openWithAMistakeFirst(office, check);
  const round = new URL(office.url()).pathname;
  const member = await login(options.javaScriptEnabled ? 'mitglied' : 'leitung', options);
  await member.goto('/');
  assert.match(await text(member), /noch nicht angesehen: \d+ Kapitel/);
  await member.goto(round);
  const [, of] = (await text(member)).match(/0 von (\d+) Kapiteln/);
  await check(member);
  await member.getByRole('link', { name: 'Kapitel bestätigen' }).click();
  await member.getByRole('button', { name: /^Gelesen/ }).first().click();
  await check(member);
  await member.goto(round);
  assert.match(await text(member), new RegExp(`1 von ${of} Kapiteln`));
  await member.locator('summary', { hasText: 'Gelesene Kapitel' }).click();
  await check(member);
  await member.getByRole('link', { name: 'Kapitel bestätigen' }).click();
  await press(member, 'Alle Kapitel als gelesen bestätigen');
  await member.goto(round);
  assert.match(await text(member), new RegExp(`${of} von ${of} Kapiteln`));
  assert.doesNotMatch(await text(member), /Noch nicht angesehen/);
  await check(member);
  await office.goto(round);
  await office.getByRole('link', { name: 'Vor der Zeit schließen' }).click();
  await press(office, 'Runde schließen');
});

export const theReviewDateIsSet = bothWays(async ({ login, checkPage }, options) => {
  const check = options.javaScriptEnabled ? checkPage : async () => {};
  const page = await login('projektbuero', options);
  await page.goto('/handbuch/arbeitsfassung');
  await page.getByRole('link', { name: 'Termin ändern' }).click();
  await check(page);
  await page.fill('#tag', '01.02.2020');
  await page.fill('#monate', '99');
  await press(page, 'Speichern');
  assert.match(await text(page), /Gib eine Zahl von 1 bis 60 an/);
  assert.equal(await page.inputValue('#tag'), '01.02.2020');
  await check(page);
  const day = germanDay(options.javaScriptEnabled ? 120 : 150);
  await page.fill('#tag', day);
  await page.fill('#monate', '4');
  await press(page, 'Speichern');
  assert.equal(new URL(page.url()).pathname, '/handbuch/arbeitsfassung');
  await page.getByRole('link', { name: 'Termin ändern' }).click();
  assert.equal(await page.inputValue('#tag'), day);
  assert.equal(await page.inputValue('#monate'), '4');
});
