// flows.spec.mjs -- what people do, from the login to the last line of a form, with and without
// scripts.
import assert from 'node:assert/strict';
import { bothWays, text } from './steps.mjs';

const submit = (page) => page.locator('main form[method=post] button[type=submit]').last().click();

// The whole card is the target, so the label takes the click.
const choose = (page, name, value) => page.locator(`label:has(+ input[name=${name}][value=${value}]), ` +
  `input[name=${name}][value=${value}] + label`).first().click();

export const aWrongPasswordIsExplainedAndTheAddressKept = bothWays(
  async ({ guest, person, checkPage }, options) => {
    const page = await guest(options);
    await page.goto('/anmelden');
    await page.fill('#email', person('mitglied').mail);
    await page.fill('#passwort', 'ganz sicher falsch');
    await submit(page);
    assert.match(await text(page), /E-Mail-Adresse oder Passwort stimmt nicht/);
    assert.equal(await page.inputValue('#email'), person('mitglied').mail);
    assert.equal(await page.inputValue('#passwort'), '');
    assert.match(await page.title(), /^Fehler: Anmelden/);
    if (options.javaScriptEnabled)
      await checkPage(page);
  });

export const theLoginLeadsBackToTheWantedPage = bothWays(async ({ guest, person }, options) => {
  const { mail, password } = person('lesen');
  const page = await guest(options);
  await page.goto('/task-forces?sortierung=name');
  assert.equal(new URL(page.url()).pathname, '/anmelden');
  await page.fill('#email', mail);
  await page.fill('#passwort', password);
  await submit(page);
  await page.waitForURL('**/task-forces?sortierung=name');
});

export async function afterTheLogoutNothingIsLeft({ guest, person }) {
  const { mail, password } = person('lesen');
  const page = await guest();
  await page.goto('/anmelden');
  await page.fill('#email', mail);
  await page.fill('#passwort', password);
  await submit(page);
  await page.getByRole('button', { name: 'Abmelden' }).click();
  assert.match(await text(page), /Du bist abgemeldet/);
  await page.goto('/task-forces');
  assert.equal(new URL(page.url()).pathname, '/anmelden');
  await page.goBack();
  assert.doesNotMatch(await page.locator('body').innerText(), /Sascha Seidel/);
}

export const aTaskForceIsCreatedAfterItsMistakesAreMended = bothWays(
  async ({ login, checkPage }, options) => {
    const page = await login('projektbuero', options);
    const name = options.javaScriptEnabled ? 'Wärmeplanung' : 'Wärmeplanung im Bestand';
    await page.goto('/task-forces/neu');
    await page.fill('#name', name);
    await page.fill('#beginn', '12/2027');
    await page.fill('#ende', '01/2027');
    await page.fill('#budget', 'viel');
    await page.fill('#stackfield', 'http://unsicher.example');
    await submit(page);
    const problems = page.locator('.kern-alert--danger li');
    assert((await problems.count()) >= 3, await text(page));
    assert.equal(await page.inputValue('#budget'), 'viel');
    assert.equal(await page.inputValue('#name'), name);
    if (options.javaScriptEnabled)
      await checkPage(page);
    await problems.first().locator('a').click();
    await page.fill('#ziel', 'Alle Häuser wissen, womit sie heizen können.');
    await page.fill('#ende', '06/2028');
    await page.fill('#budget', '120.000,-');
    await page.fill('#stackfield', '');
    await page.locator('input[name=kommunen]').first().check();
    await submit(page);
    assert.match(await text(page), /Angelegt/);
    assert.equal(await page.locator('h1').innerText(), name);
    await page.goto('/task-forces');
    assert.match(await text(page), new RegExp(name));
    assert.match(await text(page), /120\.000/);
  });

export const twoPeopleEditingOneFieldSeeBothVersions = bothWays(
  async ({ login, checkPage }, options) => {
    const office = await login('projektbuero', options);
    const lead = await login('leitung', options);
    for (const page of [office, lead])
      await page.goto('/task-forces/dateninventur/bearbeiten');
    const suffix = options.javaScriptEnabled ? 'eins' : 'zwei';
    await office.fill('#ziel', `Ziel des Büros ${suffix}`);
    await submit(office);
    await lead.fill('#ziel', `Ziel der Leitung ${suffix}`);
    await submit(lead);
    assert.equal(lead.document.status(), 409);
    const both = await lead.locator('main').innerHTML();
    assert(both.includes(`Ziel des Büros ${suffix}`) && both.includes(`Ziel der Leitung ${suffix}`));
    if (options.javaScriptEnabled)
      await checkPage(lead);
    await submit(lead);
    assert.match(await text(lead), /Gespeichert/);
    assert.match(await text(lead), new RegExp(`Ziel der Leitung ${suffix}`));
  });

export async function twoPeopleEditingDifferentFieldsBothWin({ login }) {
  const office = await login('projektbuero');
  const lead = await login('leitung');
  for (const page of [office, lead])
    await page.goto('/task-forces/dateninventur/bearbeiten');
  await office.fill('#budget', '90.000');
  await submit(office);
  await lead.fill('#ziel', 'Ein Ziel, das bleibt.');
  await submit(lead);
  assert.match(await text(lead), /beides gilt/);
  assert.match(await text(lead), /90\.000/);
  assert.match(await text(lead), /Ein Ziel, das bleibt\./);
}

export const aQuestionIsAskedAndAnswered = bothWays(async ({ login, checkPage }, options) => {
  const page = await login('mitglied', options);
  const question = `Wohin mit den Altdaten ${options.javaScriptEnabled}?`;
  await page.goto('/task-forces/dateninventur/fragen');
  await submit(page);
  assert.match(await page.title(), /^Fehler: /);
  if (options.javaScriptEnabled)
    await checkPage(page);
  await page.fill('#frage', question);
  await submit(page);
  assert.match(await text(page), /Deine Frage steht jetzt/);
  await page.locator('li', { hasText: question }).getByRole('link').click();
  await choose(page, 'stand', 'answered');
  await page.fill('#antwort', 'Ins Stadtarchiv.');
  await submit(page);
  assert.match(await page.locator('main').innerHTML(), /Ins Stadtarchiv\./);
});

export const aLightNeedsItsReasonAndASolutionWhenRed = bothWays(
  async ({ login, checkPage }, options) => {
    const page = await login('leitung', options);
    await page.goto('/task-forces/dateninventur/stand');
    await choose(page, 'inhalt', 'red');
    await choose(page, 'mittel', 'green');
    for (const field of ['#inhalt-grund', '#inhalt-loesung', '#mittel-grund', '#mittel-loesung'])
      await page.fill(field, '');
    await submit(page);
    assert.match(await text(page), /Nenne den Grund/);
    assert.match(await text(page), /Schlage eine Lösung .*vor/);
    assert.equal(await page.locator('input[name=inhalt][value=red]').isChecked(), true);
    if (options.javaScriptEnabled)
      await checkPage(page);
    await page.fill('#inhalt-grund', 'Es klemmt.');
    await page.fill('#inhalt-loesung', 'Wir holen Hilfe.');
    await page.fill('#mittel-grund', 'Alles beisammen.');
    await submit(page);
    assert.match(await text(page), /Der Stand ist gemeldet/);
    assert.match(await text(page), /Wir holen Hilfe\./);
  });

export const aDrawIsBookedAndVoided = bothWays(async ({ login, checkPage }, options) => {
  const page = await login('leitung', options);
  await page.goto('/task-forces/dateninventur/buchungen');
  await page.locator('input[name=art]').first().check();
  await page.fill('#betrag', '12.34');
  await page.fill('#am', '31.02.2026');
  await submit(page);
  assert.match(await text(page), /Gib einen Betrag in Euro an/);
  assert.match(await text(page), /Gib ein Datum an/);
  if (options.javaScriptEnabled)
    await checkPage(page);
  await page.fill('#betrag', '1.234,56');
  await page.fill('#am', '01.10.2026');
  await page.fill('#beleg', `B ${options.javaScriptEnabled}`);
  await submit(page);
  assert.match(await text(page), /Die Buchung ist gespeichert/);
  const row = page.locator('tr', { hasText: `B ${options.javaScriptEnabled}` });
  assert.match(await row.innerText(), /1\.234,56/);
  await row.getByRole('link', { name: /stornieren/i }).click();
  await submit(page);
  assert.match(await text(page), /Die Buchung ist storniert/);
});

// The session ends while somebody writes; the form comes back after the login.
export const nothingTypedIsLostWhenTheSessionEnds = bothWays(
  async ({ guest, person, checkPage }, options) => {
    const { mail, password } = person('mitglied');
    const page = await guest(options);
    await page.goto('/anmelden?weiter=/task-forces/dateninventur/fragen');
    await page.fill('#email', mail);
    await page.fill('#passwort', password);
    await submit(page);
    const question = `Erste Zeile ${options.javaScriptEnabled}\nzweite Zeile`;
    await page.fill('#frage', question);
    await page.context().clearCookies();
    await submit(page);
    assert.match(await text(page), /Deine Eingaben sind noch da/);
    if (options.javaScriptEnabled)
      await checkPage(page);
    await page.fill('#email', mail);
    await page.fill('#passwort', password);
    await submit(page);
    assert.match(await text(page), /zweite Zeile/);
    if (options.javaScriptEnabled)
      await checkPage(page);
    await page.getByRole('button', { name: 'Jetzt absenden' }).click();
    assert.match(await text(page), /Deine Frage steht jetzt/);
    assert.match(await text(page), new RegExp(`Erste Zeile ${options.javaScriptEnabled}`));
  });

export async function aForeignSiteCannotSubmitOurForms({ login, instance }) {
  const page = await login('projektbuero');
  await page.goto('/task-forces/dateninventur/fragen');
  const fields = Object.fromEntries(await page.$$eval('main form input[type=hidden]', (all) =>
    all.map((e) => [e.name, e.value])));
  for (const origin of ['https://boese.example', 'null', undefined]) {
    const answer = await page.request.post(`${instance.base}/task-forces/dateninventur/fragen`, {
      headers: origin ? { origin } : {},
      form: { ...fields, frage: 'Von fremd', wer: 'pmo', bis: '' },
      maxRedirects: 0,
    });
    assert.equal(answer.status(), 403, `origin ${origin}`);
  }
  await page.goto('/task-forces/dateninventur');
  assert.doesNotMatch(await text(page), /Von fremd/);
}

export async function filtersAndSortingLiveInTheAddress({ login }) {
  const page = await login('lesen', { javaScriptEnabled: false });
  await page.goto('/task-forces');
  await page.selectOption('#kommune', { label: 'Seefeld' });
  await page.locator('.hs-filter button[type=submit]').click();
  assert.match(page.url(), /kommune=/);
  await page.locator('thead a', { hasText: 'Task Force' }).click();
  assert.match(page.url(), /kommune=.*sortierung=name|sortierung=name.*kommune=/);
  assert.match(await text(page), /Seefeld/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /CSV/ }).click(),
  ]);
  assert.match(download.suggestedFilename(), /\.csv$/);
}
