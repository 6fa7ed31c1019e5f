// instance.mjs -- one private instance for a test run: own port, own directory, demo data.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// The first line with the password, then "mail  name, place" for each person.
function readLogins(text) {
  const password = /password (\S+)/.exec(text)?.[1];
  const people = [...text.matchAll(/^\s+(\S+@\S+)\s+(.+)$/gm)]
    .map(([, mail, name]) => ({ mail, name, password }));
  if (!password || people.length === 0)
    throw new Error(`no demo logins in:\n${text}`);
  return people;
}

// Settings of its own, instead of those nginx/run.sh writes, which fills in address and socket.
const settingsIn = (dir, more) => [
  'base_url =', 'cooperation = Smarte Region Vierland', `data = ${dir}/data`,
  `views = ${root}/views`, `pages = ${root}/views/pages`, 'socket =', 'workers = 4',
  'development = yes', ...more, ''].join('\n');

export async function startInstance(settings) {
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), 'handschlag-browser-'));
  if (settings)
    await writeFile(join(dir, 'handschlag.conf'), settingsIn(dir, settings));
  const process_ = spawn(join(root, 'nginx/run.sh'), [String(port), dir]);
  let output = '';
  let stopping = false;
  const started = new Promise((resolve, reject) => {
    const listen = (chunk) => {
      output += chunk;
      if (output.includes('Ctrl-C'))
        resolve();
    };
    process_.stdout.on('data', listen);
    process_.stderr.on('data', listen);
    process_.on('exit', (code) => {
      if (!stopping)
        reject(new Error(`run.sh ended with ${code}:\n${output}`));
    });
  });
  // Whoever stops the tests stops what they started.
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      process_.kill('SIGTERM');
      process.exitCode = 1;
      setTimeout(() => process.exit(), 2000);
    });
  await started;
  const logins = readLogins(await readFile(join(dir, 'demo-logins.txt'), 'utf8'));
  return {
    base: `http://127.0.0.1:${port}`,
    port,
    dir,
    logins,
    log: () => readFile(join(dir, 'log/handschlag.log'), 'utf8'),
    async stop() {
      stopping = true;
      if (process_.exitCode === null) {
        process_.kill('SIGTERM');
        await once(process_, 'exit');
      }
      await rm(dir, { recursive: true, force: true });
    },
  };
}
