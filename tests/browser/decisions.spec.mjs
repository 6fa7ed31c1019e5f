// decisions.spec.mjs -- a template from its first draft to its publication and a second version.
import assert from 'node:assert/strict';
import { bothWays, text } from './steps.mjs';

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

async function begin(page, title, check) {
  await page.goto('/entscheidungen');
  await page.getByRole('link', { name: 'Vorlage anlegen' }).click();
  await page.fill('#beschluss', 'Wir pflanzen vierzig Bäume.');
  await page.fill('#anlage-1-titel', 'Karte der Plätze');
  await press(page, 'Entwurf speichern');
  assert.match(await text(page), /Zwei Angaben passen noch nicht/);
  assert.match(await text(page), /Gib die Adresse der Anlage an/);
  assert.equal(await page.inputValue('#beschluss'), 'Wir pflanzen vierzig Bäume.');
  await check(page);
  await page.fill('#titel', title);
  await page.fill('#anlage-1-adresse', 'https://raum.vierland.example/karte');
  await press(page, 'Entwurf speichern');
  assert.match(await text(page), /Bevor du einreichen kannst, fehlt noch/);
  await check(page);
}

async function complete(page, check) {
  await page.getByRole('link', { name: 'Was kostet es, und wer trägt die Folgen?' }).click();
  assert.match(page.url(), /\/bearbeiten#kosten$/);
  await page.fill('#kosten', '9.000 Euro.');
  await page.fill('#worum', 'Auf vier Plätzen fehlt **Schatten**.');
  await page.fill('#gruende', '- Hitze\n- Ruhe');
  await page.fill('#beteiligung', 'Das Grünamt hat zugestimmt.');
  await page.selectOption('#federfuehrung', { label: 'Auental' });
  await page.selectOption('#auskunft', { label: 'Levent Linde, Auental' });
  await page.getByLabel('Seefeld').check();
  await page.getByLabel(/^Anteil der abgegebenen Stimmen/).check();
  await press(page, 'Entwurf speichern');
  assert.match(await text(page), /Gib den Anteil als Bruch an/);
  await check(page);
  await page.fill('#bruch', '2/3');
  await press(page, 'Entwurf speichern');
  assert.match(await text(page), /Alles ist ausgefüllt/);
  assert.match(await text(page), /mindestens 2\/3 der abgegebenen Stimmen/);
  await press(page, 'Zur Prüfung einreichen');
  assert.match(await text(page), /Das Projektbüro prüft diese Vorlage gerade/);
}

async function review(office, path, check) {
  await office.goto(path);
  await office.getByText('Zurückgeben', { exact: true }).first().click();
  await press(office, 'Zurückgeben');
  assert.match(await text(office), /Nenne den Grund/);
  await check(office);
  await office.fill('#rueckgabe', 'Bitte noch ein Satz zur Pflege.');
  await press(office, 'Zurückgeben');
  assert.match(await text(office), /wieder ein Entwurf/);
}

async function publish(author, office, path) {
  await author.goto(path);
  await press(author, 'Zur Prüfung einreichen');
  await office.goto(path);
  await press(office, 'Veröffentlichen');
  assert.match(await text(office), /Der Wortlaut ist fest/);
}

async function secondVersion(author, check) {
  await author.getByText('Überarbeiten', { exact: true }).click();
  await author.fill('#aenderung', 'Eine Zahl war falsch.');
  await press(author, 'Neue Fassung anlegen');
  await author.fill('#beschluss', 'Wir pflanzen fünfzig Bäume.');
  await author.getByLabel('Die Änderung ist nur redaktionell').check();
  await press(author, 'Entwurf speichern');
  assert.match(await text(author), /mehr als redaktionell/);
  await check(author);
  await author.getByLabel('Die Änderung ist nur redaktionell').uncheck();
  await press(author, 'Entwurf speichern');
  await author.getByRole('link', { name: 'Fassungen vergleichen' }).click();
  assert.match(await text(author), /vierzig/);
  assert.match(await text(author), /fünfzig/);
  await check(author);
}

export const aTemplateGoesFromDraftToPublicationAndOn = bothWays(
  async ({ login, checkPage }, options) => {
    const check = options.javaScriptEnabled ? checkPage : async () => {};
    const author = await login('leitung', options);
    const office = await login('projektbuero', options);
    const title = `Schatten für Plätze ${options.javaScriptEnabled ? 'mit' : 'ohne'} Skript`;
    await begin(author, title, check);
    const path = new URL(author.url()).pathname;
    await complete(author, check);
    await review(office, path, check);
    await publish(author, office, path);
    await check(office);
    await author.goto(path);
    await author.fill('#beitrag', 'Welche Arten nehmen wir?');
    await press(author, 'Beitrag senden');
    assert.match(await text(author), /Welche Arten nehmen wir\?/);
    await secondVersion(author, check);
    await author.goto('/entscheidungen?q=plaetze&status=laufend&sortierung=titel');
    assert.match(await text(author), new RegExp(title));
  });

export async function twoPeopleAtOnceSeeBothTexts({ login, checkPage }) {
  const one = await login('leitung');
  const two = await login('mitglied');
  await one.goto('/entscheidungen/neu');
  await one.fill('#titel', 'Gleichzeitig');
  await one.selectOption('#task-force', { label: 'Dateninventur' });
  await press(one, 'Entwurf speichern');
  const edit = `${new URL(one.url()).pathname}/bearbeiten`;
  await one.goto(edit);
  await two.goto(edit);
  await one.fill('#kosten', 'Nichts.');
  await press(one, 'Entwurf speichern');
  await two.fill('#kosten', 'Zwei Euro.');
  await press(two, 'Entwurf speichern');
  assert.match(await text(two), /Noch nichts gespeichert/);
  assert.match(await text(two), /Nichts\./);
  assert.equal(await two.inputValue('#kosten'), 'Zwei Euro.');
  await checkPage(two);
  await press(two, 'So speichern');
  assert.match(await text(two), /Zwei Euro\./);
}

export async function whatTheHandbookAsksBecomesATemplate({ login, checkPage }) {
  const page = await login('projektbuero');
  await page.goto('/entscheidungen');
  await page.getByRole('button', { name: /^Vorlage daraus anlegen/ }).first().click();
  assert.match(await text(page), /Aus dem Antrag ist ein Entwurf geworden/);
  await press(page, 'Entwurf speichern');
  assert.match(await text(page), /Rückmeldung F-007/);
  await page.goto('/entscheidungen?q=gibtesnicht');
  assert.match(await text(page), /Keine Treffer/);
  await checkPage(page);
}
