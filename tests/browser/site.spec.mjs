// site.spec.mjs -- the web server around the program: what every visitor meets before any page.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { root } from './instance.mjs';

const policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const styles = [...(await readFile(join(root, 'build/gen/assets.h'), 'utf8'))
  .matchAll(/"(\/statisch\/[^"]+)"/g)].map(([, path]) => path);

// Node's fetch does not let a test choose the Host header.
function get({ port }, path, { method = 'GET', headers = {}, body, from } = {}) {
  return new Promise((resolve, reject) => {
    const where = { host: '127.0.0.1', port, path, method, headers, localAddress: from };
    const asked = request(where, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => resolve({
        status: answer.statusCode, headers: answer.headers,
        text: Buffer.concat(chunks).toString(),
      }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

function raw({ port }, bytes) {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => { text += chunk; });
    socket.on('error', () => resolve(text));
    socket.on('close', () => resolve(text));
  });
}

function guarded(answer, what) {
  assert.equal(answer.headers['content-security-policy'], policy, what);
  assert.equal(answer.headers['x-content-type-options'], 'nosniff', what);
  assert.equal(answer.headers['x-frame-options'], 'DENY', what);
  assert.equal(answer.headers['referrer-policy'], 'same-origin', what);
  assert.equal(answer.headers['cross-origin-opener-policy'], 'same-origin', what);
  assert.equal(answer.headers['cross-origin-resource-policy'], 'same-origin', what);
  assert.match(answer.headers['permissions-policy'], /camera=\(\)/, what);
  assert.equal(answer.headers.server, undefined, what);
  assert.equal(answer.headers['x-powered-by'], undefined, what);
}

export async function everyAnswerCarriesTheSecurityHeadersOnce({ instance }) {
  for (const path of ['/', '/anmelden', '/gibt-es-nicht', '/healthz', '/favicon.ico', '/statisch/',
    '/statisch/gibt-es-nicht.css', '/%00', ...styles])
    guarded(await get(instance, path), path);
  guarded(await get(instance, '/', { method: 'DELETE' }), 'DELETE');
}

export async function otherHostNamesGetNoAnswer({ instance }) {
  for (const host of ['evil.example', 'handschlag.example', '127.0.0.2'])
    await assert.rejects(get(instance, '/', { headers: { host } }), host);
  assert.equal(await raw(instance, 'GET / HTTP/1.0\r\n\r\n'), '', 'no name at all');
}

export async function localhostLeadsToTheOneAddress({ instance }) {
  const answer = await get(instance, '/anmelden?a=b', { headers: { host: 'localhost' } });
  assert.equal(answer.status, 302);
  assert.equal(answer.headers.location, `${instance.base}/anmelden?a=b`);
}

export async function staticFilesAreKeptForAYear({ instance }) {
  assert.equal(styles.length, 5);
  for (const path of styles) {
    const answer = await get(instance, path, { headers: { 'accept-encoding': 'gzip' } });
    assert.equal(answer.status, 200, path);
    assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable', path);
    if (!path.endsWith('.woff2'))
      assert.equal(answer.headers['content-encoding'], 'gzip', path);
  }
  const missing = await get(instance, '/statisch/app.0123456789.css');
  assert.equal(missing.status, 404);
  assert.equal(missing.headers['cache-control'], 'no-store');
}

export async function theIconThatBrowsersAskForIsThere({ instance }) {
  const answer = await get(instance, '/favicon.ico');
  assert.equal(answer.status, 200);
  assert.match(answer.headers['content-type'], /^image\/svg\+xml/);
}

export async function errorsOfTheWebServerAreGermanPages({ instance }) {
  const big = { method: 'POST', body: 'a'.repeat(300_000),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': 300_000 } };
  for (const [status, answer] of [
    [413, await get(instance, '/abmelden', big)],
    [404, await get(instance, '/statisch/gibt-es-nicht.css')],
    [405, await get(instance, '/', { method: 'DELETE' })],
  ]) {
    assert.equal(answer.status, status);
    assert.match(answer.text, /<html lang="de">/);
    assert.match(answer.text, /Kennung [0-9a-f]{32}\./, 'the id of the log entry');
    assert.doesNotMatch(answer.text, /nginx/i);
  }
}

export async function unreadableRequestsGetTheSamePageAndNoProductName({ instance }) {
  for (const bytes of ['GARBAGE\r\n\r\n', 'GET / HTTP/3.7\r\n\r\n',
    `GET /${'a'.repeat(9000)} HTTP/1.0\r\n\r\n`, 'GET /%zz HTTP/1.0\r\n\r\n']) {
    const text = await raw(instance, bytes);
    assert.match(text, /Diese Anfrage ist nicht lesbar/, bytes.slice(0, 20));
    assert.doesNotMatch(text, /nginx/i, bytes.slice(0, 20));
  }
}

export async function errorPagesCannotBeAskedForByName({ instance }) {
  assert.equal((await get(instance, '/fehler/502.html')).status, 404);
}

export async function loginsOfOneAddressAreSlowedDown({ instance }) {
  const from = '127.0.0.9'; // so that the other tests may still log in
  const answers = await Promise.all(Array.from({ length: 45 }, () =>
    get(instance, '/anmelden/zu-oft', { method: 'POST', from })));
  const refused = answers.filter(({ status }) => status === 429);
  assert(refused.length >= 5, `${refused.length} of 45 were refused`);
  assert.match(refused[0].text, /zu oft/);
  assert.equal((await get(instance, '/anmelden', { from })).status, 200, 'reading is not slowed down');
}

export async function theErrorPageOfTheWebServerPassesEveryCheck({ guest, checkPage }) {
  const page = await guest();
  await page.goto('/statisch/gibt-es-nicht');
  await checkPage(page);
}

// A page of somebody else's with one of our forms in it, tokens and all.
async function foreignPage(host, action, fields) {
  const inputs = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`).join('');
  const server = createServer((asked, answer) => {
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    answer.end('<!DOCTYPE html><html lang="de"><title>Gewinn</title>' +
      `<form method="post" action="${action}">${inputs}<button>Gewonnen</button></form>`);
  });
  await new Promise((resolve) => { server.listen(0, host, resolve); });
  return server;
}

// In a real browser: another port is the same site, so the cookie comes along and only the origin
// tells; from another site ("localhost") not even the cookie does.
export async function aFormOnAForeignPageIsRefusedInARealBrowser({ login, instance }) {
  const page = await login('projektbuero');
  await page.goto('/task-forces/dateninventur/fragen');
  const fields = Object.fromEntries(await page.$$eval('main form input[type=hidden]', (all) =>
    all.map((e) => [e.name, e.value])));
  const action = `${instance.base}/task-forces/dateninventur/fragen`;
  const server = await foreignPage('127.0.0.1', action,
    { ...fields, frage: 'Von der fremden Seite', wer: 'pmo', bis: '' });
  const { port } = server.address();
  try {
    for (const [host, cookie] of [['127.0.0.1', true], ['localhost', false]]) {
      await page.goto(`http://${host}:${port}/`);
      const [sent, answer] = await Promise.all([
        page.waitForRequest((asked) => asked.url() === action && asked.method() === 'POST'),
        page.waitForResponse((got) => got.url() === action),
        page.getByRole('button').click(),
      ]);
      const headers = await sent.allHeaders();
      assert.equal(headers.origin, `http://${host}:${port}`);
      assert.equal(/handschlag=/.test(headers.cookie ?? ''), cookie, `cookie from ${host}`);
      assert.equal(answer.status(), 403, host);
      await page.waitForLoadState();
    }
  } finally {
    server.close();
  }
  await page.goto('/task-forces/dateninventur');
  assert.doesNotMatch(await page.locator('main').innerText(), /Von der fremden Seite/);
}

// Whatever stands in front may add names of its own: no address on any page comes from them.
export async function noPageRepeatsANameFromTheRequest({ instance }) {
  for (const header of ['x-forwarded-host', 'x-host', 'forwarded', 'x-forwarded-server',
    'x-original-url', 'x-rewrite-url']) {
    const value = header === 'forwarded' ? 'host=boese.example' : 'boese.example';
    for (const path of ['/anmelden', '/', '/gibt-es-nicht', '/oeffentlich/handbuch']) {
      const answer = await get(instance, path, { headers: { [header]: value } });
      assert.doesNotMatch(answer.text, /boese\.example/, `${header} on ${path}`);
      assert.doesNotMatch(answer.headers.location ?? '', /boese\.example/, `${header} on ${path}`);
    }
  }
  // A whole address in the first line is another way to name a host.
  const text = await raw(instance,
    'GET http://boese.example/anmelden HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
  assert.doesNotMatch(text, /boese\.example/);
}
