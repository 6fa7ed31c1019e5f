// public.spec.mjs -- a public edition from the first key to its tombstone, and what guests read.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { text } from './steps.mjs';

const press = (page, name) => page.getByRole('button', { name }).first().click();
const home = '/oeffentlich/handbuch';

export async function guestsReadTheDemosEdition({ guest, checkPage }) {
  const page = await guest();
  await page.goto('/anmelden');
  await page.getByRole('link', { name: 'Öffentliches Handbuch' }).click();
  assert.match(await text(page), /Öffentliche Fassung von Version 1\.0/);
  await checkPage(page);
  await page.getByRole('link', { name: 'Steuerungskreis' }).click();
  assert.match(await text(page), /Für andere Kommunen:\s+Wer zum ersten Mal so arbeitet/);
  assert.doesNotMatch(await text(page), /Projektbüro hält die Fäden/);
  await checkPage(page);
  await page.goto(`${home}/willkommen`);
  await checkPage(page);
  await page.goto(`${home}?ansicht=druck`);
  await checkPage(page);
  await page.goto(`${home}/vergleich`);
  await checkPage(page);
  assert.equal((await page.goto(`${home}/gibt-es-nicht`)).status(), 404);
  await checkPage(page);
}

export async function thePagesAreTheSameForEverybodyAndKept({ guest, login }) {
  const stranger = await guest();
  const member = await login('projektbuero');
  const first = await stranger.request.get(`${home}/ziele`);
  const second = await member.request.get(`${home}/ziele`);
  assert.equal(await first.text(), await second.text());
  const headers = first.headers();
  assert.equal(headers['cache-control'], 'public, no-cache');
  assert.equal(headers['set-cookie'], undefined);
  assert.equal(headers['x-robots-tag'], undefined);
  const again = await stranger.request.get(`${home}/ziele`,
    { headers: { 'If-None-Match': headers.etag } });
  assert.equal(again.status(), 304);
  assert.equal((await stranger.request.get('/anmelden')).headers()['x-robots-tag'], 'noindex');
}

export async function theTemplateFileHasTheSumThatThePageTells({ guest }) {
  const page = await guest();
  await page.goto(home);
  const told = /SHA-256 der Vorlage: ([0-9a-f]{64})/.exec(await text(page))[1];
  const [download] = await Promise.all([page.waitForEvent('download'),
    page.getByRole('link', { name: 'Vorlage als Markdown' }).click()]);
  assert.equal(download.suggestedFilename(), 'handbuch-ausgabe-1.md');
  const body = await (await page.request.get(`${home}/handbuch.md`)).body();
  assert.equal(createHash('sha256').update(body).digest('hex'), told);
}

async function fromTheFirstKeyToTheTombstone({ guest, login, checkPage }, options) {
  const check = options.javaScriptEnabled ? checkPage : async () => {};
  const editor = await login('projektbuero', options);
  const other = await login('personen@auental', options);
  const stranger = await guest(options);
  await editor.goto('/handbuch');
  await editor.getByRole('link', { name: 'Öffentliche Ausgaben' }).click();
  await editor.fill('#lizenz', '');
  await press(editor, 'Zusammenstellen und prüfen');
  assert.match(await text(editor), /Fülle dieses Feld aus/);
  await check(editor);
  await editor.fill('#titel', 'Handbuch von Paula Pappel');
  await editor.fill('#lizenz', 'CC BY 4.0');
  await press(editor, 'Zusammenstellen und prüfen');
  assert.match(await text(editor), /2 zu beheben/);
  assert.equal(await editor.getByRole('button', { name: 'Ausgabe freigeben' }).count(), 0);
  await check(editor);
  await editor.fill('#titel', 'Handbuch im Vierland');
  await press(editor, 'Zusammenstellen und prüfen');
  assert.match(await text(editor), /Keine Befunde/);
  const number = /Ausgabe (\d+)/.exec(await editor.locator('h1').innerText())[1];
  await press(editor, 'Ausgabe freigeben');
  assert.match(await text(editor), /Der erste Schlüssel kommt aus Lindheim/);
  await check(editor);
  assert.equal((await stranger.goto(`${home}/ausgabe/${number}`)).status(), 404);
  await other.goto('/');
  await other.getByRole('link', { name: /wartet auf deinen Schlüssel/ }).click();
  await check(other);
  await press(other, 'Ausgabe veröffentlichen');
  assert.match(await text(other), /Alle können sie jetzt lesen/);
  await stranger.goto(home);
  assert.match(await text(stranger), new RegExp(`Ausgabe ${number}`));
  await check(stranger);
  await stranger.goto(`${home}/ausgabe/1/ziele`);
  assert.match(await text(stranger), /Es gibt eine neuere Ausgabe/);
  await check(stranger);
  await other.getByText('Ausgabe zurückziehen').click();
  await press(other, 'Jetzt zurückziehen');
  assert.match(await text(other), /Fülle dieses Feld aus/);
  await check(other);
  await other.fill('#grund', 'Ein Kapitel fehlte.');
  await press(other, 'Jetzt zurückziehen');
  assert.match(await text(other), /An ihrer Stelle steht jetzt dein Grund/);
  assert.equal((await stranger.goto(`${home}/ausgabe/${number}`)).status(), 410);
  assert.match(await text(stranger), /Ein Kapitel fehlte/);
  await check(stranger);
  await stranger.goto(home);
  assert.match(await text(stranger), /Zurzeit ist keine Ausgabe veröffentlicht/);
  await check(stranger);
}

export const twoKeysPublishAnEditionAndOneWithdrawsIt = async (tools) => {
  for (const javaScriptEnabled of [true, false])
    await fromTheFirstKeyToTheTombstone(tools, { javaScriptEnabled });
};
