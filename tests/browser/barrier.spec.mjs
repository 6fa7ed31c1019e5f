// barrier.spec.mjs -- reports of barriers and the personal calendar, as people go through them.
import assert from 'node:assert/strict';

export async function aGuestReportsABarrierAndTheOfficeAnswers({ guest, login, checkPage }) {
  const page = await guest();
  await page.goto('/barrierefreiheit');
  await page.getByRole('link', { name: 'Barriere melden' }).click();
  await checkPage(page);
  await page.fill('#email', 'falsch');
  await page.click('main button[type=submit]');
  assert.equal(await page.locator('main .kern-error').count(), 2);
  await checkPage(page);
  await page.fill('#text', `Erste Zeile\n${'Langeswort'.repeat(30)}`);
  await page.fill('#email', 'gast@beispiel.example');
  await page.click('main button[type=submit]');
  await page.waitForURL(/\/barrierefreiheit\?meldung=/);
  await checkPage(page);

  const office = await login('projektbuero');
  await office.goto('/');
  await checkPage(office);
  await office.getByRole('link', { name: 'Beantworte die Meldung einer Barriere' }).first().click();
  await checkPage(office);
  await office.fill('#antwort', 'Behoben.');
  await office.getByRole('button', { name: 'Antwort speichern' }).click();
  assert.match(await office.locator('a[href^="mailto:"]').getAttribute('href'),
    /^mailto:gast@beispiel\.example\?/);
  await checkPage(office);
  await office.goto('/barrierefreiheit/meldungen');
  await checkPage(office);
}

export async function aCalendarIsReadWithoutALogin({ login, guest, checkPage }) {
  const page = await login('lesen');
  await page.goto('/profil/kalender');
  await checkPage(page);
  await page.getByRole('button', { name: 'Adresse erzeugen' }).click();
  const address = await page.textContent('main code');
  await checkPage(page);
  const stranger = await guest();
  const file = await stranger.request.get(address);
  assert.equal(file.status(), 200);
  assert.match(await file.text(), /^BEGIN:VCALENDAR/);
  assert.equal(file.headers()['set-cookie'], undefined);
  const again = await stranger.request.get(address,
    { headers: { 'If-None-Match': file.headers().etag } });
  assert.equal(again.status(), 304);
  await page.getByRole('button', { name: 'Adresse abschalten' }).click();
  await page.waitForURL(/meldung=kalender-aus/);
  await checkPage(page);
  assert.equal((await stranger.request.get(address)).status(), 410);
}
