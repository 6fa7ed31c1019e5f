// browser.mjs -- what a test needs of a browser: people who are logged in, pages of three sizes,
// with and without scripts, and checks that every page has to pass.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const axeSource = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
const vnuJar = join(require.resolve('vnu-jar'), '../build/dist/vnu.jar');

export const sizes = [
  { width: 1280, height: 900 },
  { width: 390, height: 800 },
  { width: 320, height: 640 },
];
const narrowest = sizes.at(-1);

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// What depends on the colours of a page alone; the rest is the same in the dark.
const colourRules = ['color-contrast', 'link-in-text-block'];

// Elements in their surroundings ("body main.x section p a.y") that passed in all sizes and colours.
const shapesPassed = new Set();

// `collected` gets the HTML of every page seen, for one run of the Nu checker.
export async function startBrowser(instance, collected = new Map()) {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium-headless-shell', headless: true, args: flags });
  const sessions = new Map(); // cookies of people who have logged in once
  const contexts = [];

  // A context of its own: options are Playwright's, e.g. { javaScriptEnabled: false }.
  async function guest(options = {}) {
    const context = await browser.newContext({
      baseURL: instance.base, locale: 'de-DE', timezoneId: 'Europe/Berlin',
      viewport: sizes[0], reducedMotion: 'reduce', ...options,
    });
    contexts.push(context);
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    watch(page);
    return page;
  }

  // Whatever the browser complains about (policy, missing files, scripts) fails the test.
  function watch(page) {
    page.complaints = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4(03|04|09|10|22|29)/.test(message.text()))
        page.complaints.push(message.text());
    });
    page.on('response', (answer) => {
      const redirect = answer.status() >= 300 && answer.status() < 400;
      if (answer.request().isNavigationRequest() && !redirect)
        page.document = answer;
    });
    page.on('pageerror', (error) => page.complaints.push(String(error)));
    page.on('requestfailed', (request) =>
      page.complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  }

  function person(part) {
    const found = instance.logins.find(({ mail }) => mail.includes(part));
    assert(found, `no demo login contains "${part}"`);
    return found;
  }

  // A page of somebody who is logged in; the form is used once for each person.
  async function login(part, options = {}) {
    const { mail, password } = person(part);
    const page = await guest(options);
    if (sessions.has(mail)) {
      await page.context().addCookies(sessions.get(mail));
      return page;
    }
    await page.goto('/anmelden');
    await page.fill('#email', mail);
    await page.fill('#passwort', password);
    await page.click('main button[type=submit]');
    await page.waitForURL((url) => url.pathname !== '/anmelden');
    sessions.set(mail, await page.context().cookies());
    return page;
  }

  // Keeps the HTML as the server sent it; the checker runs once over all at the end.
  async function collect(page) {
    const posted = page.document?.request().method() === 'POST';
    const answer = posted ? page.document : await page.request.get(page.url(), { maxRedirects: 0 });
    const { pathname, search } = new URL(page.url());
    collected.set(`${pathname}${search}${posted ? ` ${answer.status()}` : ''}`, await answer.text());
  }

  async function axe(page, rules) {
    if (!await page.evaluate(() => 'axe' in window))
      await page.evaluate(axeSource);
    const { violations } = await page.evaluate((only) => window.axe.run(document, {
      runOnly: only ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    }), rules);
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`));
    assert.deepEqual(found, [], `axe on ${page.url()}`);
  }

  async function noSidewaysScroll(page) {
    const { wide, outside } = await page.evaluate(() => {
      const room = document.documentElement.clientWidth;
      return {
        wide: document.documentElement.scrollWidth - room,
        outside: [...document.querySelectorAll('body *')]
          .filter((e) => e.getBoundingClientRect().right > room + 1)
          .slice(0, 3).map((e) => `${e.tagName}.${e.className}`),
      };
    });
    assert(wide <= 0, `${page.url()} is ${wide} px too wide for ` +
      `${page.viewportSize().width} px: ${outside}`);
  }

  const shapesOf = (page) => page.evaluate(() => {
    const shapes = new Set();
    const visit = (element, above) => {
      const shape = `${above} ${element.tagName}.${element.getAttribute('class') ?? ''}`;
      shapes.add(shape);
      for (const child of element.children)
        visit(child, shape);
    };
    visit(document.body, '');
    return [...shapes];
  });

  // Everything each page in each state has to pass: three sizes, light and dark, headings, policy.
  // The smallest size shows what the middle one shows, so only its width is of interest.  What the
  // middle size and the dark change comes from the style alone, so axe looks at them again only
  // where an element stands in surroundings that have not passed before.
  async function checkPage(page) {
    await page.setViewportSize(sizes[0]);
    const shapes = await shapesOf(page);
    const isNew = shapes.some((shape) => !shapesPassed.has(shape));
    for (const size of sizes) {
      await page.setViewportSize(size);
      await noSidewaysScroll(page);
      if (size === sizes[0] || (isNew && size !== narrowest))
        await axe(page);
    }
    await page.setViewportSize(sizes[0]);
    if (isNew) {
      await page.emulateMedia({ colorScheme: 'dark' });
      await axe(page, colourRules);
      await page.emulateMedia({ colorScheme: null });
      shapes.forEach((shape) => shapesPassed.add(shape));
    }
    assert.equal(await page.locator('h1').count(), 1, `${page.url()} has one h1`);
    assert.deepEqual(page.complaints, [], `the browser complains on ${page.url()}`);
    await collect(page);
  }

  async function closeAll() {
    for (const context of contexts.splice(0))
      await context.close();
  }

  const stop = () => browser.close();

  return { guest, login, person, axe, noSidewaysScroll, checkPage, collect, closeAll, stop };
}

// The Nu checker over pages that were collected; returns its findings, one line each.
export async function validate(collected) {
  if (collected.size === 0)
    return [];
  const dir = await mkdtemp(join(tmpdir(), 'handschlag-html-'));
  const files = [];
  for (const [path, html] of collected) {
    const file = join(dir, `${path.replaceAll(/[^\w-]+/g, '_')}.html`);
    await writeFile(file, html);
    files.push(file);
  }
  // It ends with 1 when it finds something, and says what; else it did not run.
  const { error, output } = await new Promise((resolve) => {
    execFile('java', ['-jar', vnuJar, '--errors-only', '--format', 'gnu', ...files],
      { maxBuffer: 1 << 24 },
      (failure, out, err) => resolve({ error: failure, output: `${out}${err}` }));
  });
  if (error && (error.code !== 1 || !output.trim()))
    throw error;
  await rm(dir, { recursive: true });
  return output.split('\n').filter((line) => line).map((line) => line.replaceAll(dir, ''));
}
