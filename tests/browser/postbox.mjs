// postbox.mjs -- a mail server on the loopback that takes every letter and shows it to the tests.
import { once } from 'node:events';
import { createServer } from 'node:net';

// Quoted-printable (RFC 2045), as UTF-8.
function decode(text) {
  const joined = text.replaceAll(/=\r\n/g, '').replaceAll('\r\n', '\n');
  return Buffer.from(joined.replaceAll(/=([0-9A-F]{2})/g,
    (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString('utf8');
}

// One conversation; a letter ends with a line that holds one full stop.
function receive(socket, take) {
  let rest = '';
  let to = '';
  let inside = false;
  const say = (line) => socket.write(`${line}\r\n`);
  const answer = (line) => {
    to = /^RCPT TO:<(.*)>/i.exec(line)?.[1] ?? to;
    inside = line === 'DATA';
    say(inside ? '354 go on' : line === 'QUIT' ? '221 bye' : '250 ok');
  };
  say('220 postbox');
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1');
    for (let end; (end = rest.indexOf(inside ? '\r\n.\r\n' : '\r\n')) >= 0;) {
      const piece = rest.slice(0, end);
      rest = rest.slice(end + (inside ? 5 : 2));
      if (!inside) {
        answer(piece);
        continue;
      }
      take({ to, text: decode(piece.slice(piece.indexOf('\r\n\r\n') + 4)) });
      inside = false;
      say('250 taken');
    }
  });
}

export async function openPostbox() {
  const letters = [];
  const server = createServer((socket) => receive(socket, (letter) => letters.push(letter)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${server.address().port}`,
    letters,
    // The newest letter to this address that says something like it, once it is there.
    async letterTo(address, what) {
      for (let i = 0; i < 300; i++) {
        const found = letters.findLast(({ to, text }) => to === address && what.test(text));
        if (found)
          return found.text;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error(`no letter to ${address}; there are ${letters.map(({ to }) => to)}`);
    },
    close: () => server.close(),
  };
}
