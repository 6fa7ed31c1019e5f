// mail.spec.mjs -- how people want to be written to, and what did not arrive.
import assert from 'node:assert/strict';
import { bothWays, text } from './steps.mjs';

export const everybodyChoosesHowToBeWrittenTo = bothWays(
  async ({ login, checkPage }, options) => {
    const page = await login('mitglied', options);
    await page.goto('/profil');
    await page.click('text=Benachrichtigungen einstellen');
    assert.match(await text(page), /Es ist kein Mailversand eingerichtet/);
    if (options.javaScriptEnabled)
      await checkPage(page);
    const before = await page.inputValue('#meeting');
    const wanted = before === 'nie' ? 'woechentlich' : 'nie';
    await page.selectOption('#meeting', wanted);
    await page.click('main form.hs-formular button[type=submit]');
    await page.waitForURL('**/profil?meldung=benachrichtigungen');
    assert.match(await text(page), /Deine Benachrichtigungen sind gespeichert/);
    await page.goto('/profil/benachrichtigungen');
    assert.equal(await page.inputValue('#meeting'), wanted);
    assert.equal(await page.inputValue('#vote'), 'sofort');
  });

export async function whoLooksAfterPeopleSeesTheStateOfSending({ login, checkPage }) {
  const page = await login('personen');
  await page.goto('/profil');
  await page.click('text=Versand von E-Mails');
  const shown = await text(page);
  assert.match(shown, /Es ist kein Mailversand eingerichtet/);
  assert.match(shown, /E-Mails an die Menschen deiner Kommune/);
  await checkPage(page);
}
