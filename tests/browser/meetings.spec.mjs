// meetings.spec.mjs -- a meeting from its planning to its end, and the rules of the committee.
import assert from 'node:assert/strict';
import { bothWays, text } from './steps.mjs';

// Words for screen readers stand apart: "Entfernen : Pause".
const named = (name) => new RegExp(`^${name.replace('?', '\\?').replace(': ', '\\s*: ')}$`);
const press = (page, name) => page.getByRole('button', { name: named(name) }).click();
const follow = (page, name) => page.getByRole('link', { name: named(name) }).first().click();

const today = () => new Date().toLocaleDateString('de-DE',
  { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'Europe/Berlin' });

async function plan(page, check) {
  await page.goto('/sitzungen');
  await check(page);
  await follow(page, 'Sitzung anlegen');
  await check(page);
  await page.fill('#tag', '28.03.2027');
  await page.fill('#uhrzeit', '2:30');
  await page.fill('#ort', 'Rathaus Bergstedt');
  await press(page, 'Sitzung anlegen');
  assert.match(await text(page), /Diese Uhrzeit gibt es an dem Tag nicht/);
  assert.equal(await page.inputValue('#ort'), 'Rathaus Bergstedt');
  await check(page);
  await page.fill('#tag', today());
  await page.fill('#uhrzeit', '23:07');
  await page.fill('#dauer', '45');
  await press(page, 'Sitzung anlegen');
  assert.match(await text(page), /23:07–23:52/);
  await check(page);
  return new URL(page.url()).pathname;
}

async function addPoint(page, kind, fields, check) {
  await follow(page, 'Punkt aufnehmen');
  await page.selectOption('#art', { label: kind });
  for (const [id, value] of Object.entries(fields)) {
    if (id === 'vorlage' || id === 'wer')
      await page.selectOption(`#${id}`, { index: value });
    else
      await page.fill(`#${id}`, value);
  }
  await press(page, 'Auf die Tagesordnung');
  await check(page);
}

async function writeAgenda(page, path, check) {
  await follow(page, 'Einladen');
  assert.match(await text(page), /mindestens ein Punkt auf der Tagesordnung/);
  await check(page);
  await page.goto(path);
  await follow(page, 'Punkt aufnehmen');
  await check(page);
  await press(page, 'Auf die Tagesordnung');
  assert.match(await text(page), /Wähle die Vorlage/);
  await check(page);
  await page.goto(path);
  await addPoint(page, 'Entscheidung', { vorlage: 1, minuten: '20' }, check);
  await addPoint(page, 'Pause', { minuten: '5' }, async () => {});
  await addPoint(page, 'Beratung', { thema: 'Wie geht es weiter?', minuten: '30' }, check);
  assert.match(await text(page), /10 Minuten zu viel/);
  await press(page, '„Wie geht es weiter?“ nach oben');
  await follow(page, 'Bearbeiten: Wie geht es weiter?');
  await check(page);
  await page.fill('#minuten', '15');
  await press(page, 'Speichern');
  assert.match(await text(page), /23:27–23:42/);
  await follow(page, 'Entfernen: Pause');
  await check(page);
  await follow(page, 'Abbrechen');
}

async function invite(page, path, check) {
  await follow(page, 'Sitzung bearbeiten');
  await page.selectOption('#moderation', { label: 'Vera Voss, Seefeld' });
  await page.selectOption('#vertretung', { label: 'Jana Jung, Lindheim' });
  await page.selectOption('#protokoll', { label: 'Mina Möhring, Bergstedt' });
  await check(page);
  await press(page, 'Speichern');
  await follow(page, 'Einladen');
  await check(page);
  await press(page, 'Jetzt einladen');
  assert.match(await text(page), /Die Einladungen sind unterwegs/);
  await check(page);
  await follow(page, 'Verschieben');
  await check(page);
  await page.goto(path);
  await follow(page, 'Absagen');
  await check(page);
}

async function answerAndGrant(page, path, check) {
  await page.goto(path);
  await page.getByLabel('Nein, wir lassen uns vertreten').check();
  await press(page, 'Antwort speichern');
  await check(page);
  await press(page, 'Vollmacht erteilen');
  assert.match(await text(page), /Eine Angabe passt noch nicht/);
  await check(page);
  await page.selectOption('#person', { label: 'Vera Voss, Seefeld (Stimmführung)' });
  await page.fill('#hinweis', 'Bitte mit Ja.');
  await press(page, 'Vollmacht erteilen');
  assert.match(await text(page), /Die Vollmacht ist erteilt/);
  assert.match(await text(page), /Bitte mit Ja\./);
  await check(page);
}

async function openIt(page, path, check) {
  await page.goto(path);
  await page.getByLabel('Ja, vor Ort').check();
  await press(page, 'Antwort speichern');
  assert.match(await text(page), /vor Ort/);
  await check(page);
  await follow(page, 'Sitzung leiten');
  await check(page);
  await press(page, 'Sitzung eröffnen');
  assert.match(await text(page), /Nicht beschlussfähig: 2 von 4 vertreten, nötig 3; 1 Person/);
  await check(page);
  await follow(page, 'Anwesenheit');
  await check(page);
  await press(page, 'vor Ort: Jana Jung');
  assert.match(await text(page), /Beschlussfähig: 3 von 4 vertreten, nötig 3; 2 Personen/);
  await page.fill('#gast', 'Frau Gast, Landkreis');
  await press(page, 'Gast vor Ort');
  assert.match(await text(page), /Frau Gast, Landkreis/);
  await check(page);
}

async function deferTheDecision(page, path, check) {
  await page.goto(`${path}/leitung`);
  await follow(page, 'Aufrufen: Verzeichnis der Daten verbindlich machen');
  assert.match(await text(page), /Levent Linde ist nicht als anwesend eingetragen/);
  await check(page);
  await press(page, 'Zur Entscheidung aufrufen');
  assert.match(await text(page), /Fülle dieses Feld aus/);
  await check(page);
  await page.fill('#ersatz', 'Jana Jung antwortet.');
  await press(page, 'Zur Entscheidung aufrufen');
  assert.match(await text(page), /Jetzt: TOP\s1/);
  await check(page);
  await follow(page, 'Befangenheit');
  await check(page);
  await page.getByText('Befangenheit einer anderen Person vermerken').click();
  await page.selectOption('#person', { label: 'Jana Jung, Lindheim' });
  await press(page, 'Befangenheit vermerken');
  assert.match(await text(page), /Jana Jung, Lindheim/);
  await check(page);
  await page.goto(`${path}/leitung`);
  assert.match(await text(page), /Nicht beschlussfähig: 2 von 4/);
  await follow(page, 'Punkt beenden');
  await check(page);
  await page.fill('#grund', 'Zu wenige da.');
  await press(page, 'Vertagen');
  assert.match(await text(page), /Der Punkt ist beendet/);
}

async function finish(page, path, check) {
  await press(page, 'Sitzung unterbrechen');
  await check(page);
  await press(page, 'Sitzung fortsetzen');
  await follow(page, 'Aufrufen: Wie geht es weiter?');
  await press(page, 'Punkt aufrufen');
  await follow(page, 'Punkt beenden');
  await press(page, 'Punkt beenden');
  assert.match(await text(page), /Wähle eine der Möglichkeiten/);
  await check(page);
  await page.getByLabel('behandelt').check();
  await press(page, 'Punkt beenden');
  await follow(page, 'Sitzung beenden');
  await check(page);
  await press(page, 'Sitzung beenden');
  assert.match(await text(page), /Die Sitzung ist beendet/);
  assert.match(await text(page), /vertagt: Zu wenige da\./);
  await check(page);
  await page.goto(`${path}/anwesenheit`);
  assert.match(await text(page), /Schon gegangen/);
  await check(page);
}

export const aMeetingIsPlannedLedAndEnded = bothWays(async ({ login, checkPage }, options) => {
  const check = options.javaScriptEnabled ? checkPage : async () => {};
  const office = await login('projektbuero@', options);
  const path = await plan(office, check);
  await writeAgenda(office, path, check);
  await invite(office, path, check);
  const deputy = await login('leitung@', options);
  await answerAndGrant(deputy, path, check);
  const chair = await login('vorsitz@', options);
  await openIt(chair, path, check);
  await deferTheDecision(chair, path, check);
  await finish(chair, path, check);
});

export async function theComingMeetingStandsInTheCalendar({ login, checkPage }) {
  const page = await login('lesen@');
  await page.goto('/sitzungen');
  await page.getByRole('link', { name: /^Steuerungskreis 2\// }).click();
  await checkPage(page);
  assert.match(await text(page), /Mobile Bürgerdienste in vier Sprachen anbieten/);
  const ics = await page.request.get(`${new URL(page.url()).pathname}/sitzung.ics`);
  assert.equal(ics.status(), 200);
  assert.match(await ics.text(), /SUMMARY:Steuerungskreis 2\//);
}

export async function everybodyReadsTheRulesAndTheyStandStillDuringAVote({ login, checkPage }) {
  const page = await login('vorsitz@');
  await page.goto('/sitzungen/regeln');
  await checkPage(page);
  await follow(page, 'Regeln ändern');
  await checkPage(page);
  await page.fill('#vollmachten', '7');
  await press(page, 'Regeln ändern');
  assert.match(await text(page), /Zwei Angaben passen noch nicht/);
  await checkPage(page);
  await page.fill('#vollmachten', '1');
  await page.fill('#grund', 'Nichts ändert sich, nur zur Probe.');
  await press(page, 'Regeln ändern');
  // The demo's vote in writing runs.
  assert.match(await text(page), /Gerade wird abgestimmt/);
  assert.equal(await page.inputValue('#grund'), 'Nichts ändert sich, nur zur Probe.');
  await checkPage(page);
}
