/** Servers of MAPI over HTTP that mean ill, in hand-made bytes: what they get out of a client, and what they cost it. */

import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { Secret } from '#lib/auth/secret.ts';
import type { SignInMethod } from '#lib/auth/signed-request.ts';
import { MapiContext, type MapiReply } from '#lib/sessions/mapi-http/context.ts';
import { ping } from '#lib/sessions/mapi-http/ping.ts';
import { codeOf, door, HOST, never, sessionWith, tlsServer } from '#tests/net/servers.ts';
import { held } from './memory.ts';

const BOMB = gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 1 });

/** Says something to the n-th request of all, counted from 0. */
type Answer = (socket: Socket, at: number, head: string) => void;

interface Played {
  readonly context: MapiContext;
  readonly heads: string[];
  readonly sockets: Socket[];
}

const BASIC: SignInMethod = { scheme: 'Basic', user: 'alice', password: Secret.of('Kanarie-2f9c1b') };

async function serverWith(
  answer: Answer,
  method: SignInMethod | null = BASIC,
  mailbox = 'alice@example.test',
): Promise<Played> {
  const [heads, sockets]: [string[], Socket[]] = [[], []];
  const { port } = await tlsServer((socket) => {
    sockets.push(socket);
    let waiting = '';
    socket.on('data', (piece: Buffer) => {
      waiting += piece.toString('latin1');
      for (let end = waiting.indexOf('\r\n\r\n'); end >= 0; end = waiting.indexOf('\r\n\r\n')) {
        heads.push(waiting.slice(0, end));
        waiting = waiting.slice(end + 4);
        answer(socket, heads.length - 1, heads.at(-1) ?? '');
      }
    });
  });
  const net = door();
  const session = await sessionWith(port, net);
  const way = { session, accept: () => false };
  const endpoint = { host: HOST, path: '/mapi/emsmdb/?MailboxId=x', way, method, mailbox };
  const context = new MapiContext(net, { ...endpoint, application: 'Outlook/16.0.1.1' });
  onTestFinished(() => context.close());
  return { context, heads, sockets };
}

const ask = (context: MapiContext, ms = 5_000): Promise<MapiReply<Uint8Array>> =>
  context.send(
    {
      type: 'Execute',
      decode: (body) => body,
      patience: { firstByteMs: ms, pauseMs: ms, totalMs: ms },
    },
    never,
  );

const MAPI = 'Content-Type: application/mapi-http\r\n';
const WELL = `HTTP/1.1 200 OK\r\n${MAPI}X-ResponseCode: 0\r\n`;
const withBody = (head: string, body: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n`), Buffer.from(body)]);
const answered = withBody(WELL, 'PROCESSING\r\nDONE\r\n\r\nx');

/** Goes on as fast as the peer reads, until it hangs up. */
function pour(socket: Socket, head: string, piece: Buffer): void {
  socket.write(head);
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece));
  };
  socket.on('drain', more);
  more();
}

test('a password that is refused after all is not shown again, whatever is asked', async () => {
  const { context, heads } = await serverWith((socket, at) =>
    socket.write(at === 0 ? answered : 'HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n'),
  );
  expect((await ask(context)).outcome.kind).toBe('answered');
  for (let more = 0; more < 5; more++) {
    const { outcome, answer } = await ask(context);
    expect([outcome.kind, answer.status]).toEqual(['http', 401]);
  }
  expect(heads.filter((head) => /authorization: basic/i.test(head))).toHaveLength(2);
});

test('a server that hangs up on every request is asked twice for each, and no more', async () => {
  const { context, heads, sockets } = await serverWith((socket, at) => {
    if (at === 0) socket.write(answered);
    else socket.destroy();
  });
  expect((await ask(context)).outcome.kind).toBe('answered');
  for (let more = 0; more < 3; more++) await codeOf(ask(context));
  expect(heads.length).toBeLessThanOrEqual(1 + 2 * 3);
  // The first one was the session in which the certificate was judged.
  expect(sockets.length).toBeLessThanOrEqual(2 + 2 * 3);
});

test.each([301, 302, 307, 308])('nobody is sent elsewhere by %i', async (status) => {
  const other = await tlsServer(() => {
    throw new Error('somebody came');
  });
  const { context, heads } = await serverWith((socket) =>
    socket.write(
      `HTTP/1.1 ${status} There\r\nLocation: https://localhost:${other.port}/mapi/emsmdb/\r\nContent-Length: 0\r\n\r\n`,
    ),
  );
  expect((await ask(context)).outcome.kind).toBe('http');
  expect(heads).toHaveLength(1);
});

test('of cookies without number only as many come back as a header takes', async () => {
  const cookies = Array.from({ length: 15 }, (_, at) => `Set-Cookie: c${at}=${'v'.repeat(4_000)}; path=/\r\n`).join('');
  const { context, heads } = await serverWith((socket) =>
    socket.write(withBody(`${WELL}${cookies}`, 'PROCESSING\r\nDONE\r\n\r\nx')),
  );
  for (let more = 0; more < 3; more++) expect((await ask(context)).outcome.kind).toBe('answered');
  expect(heads.at(-1)?.length).toBeGreaterThan(8_000);
  expect(heads.at(-1)?.length).toBeLessThan(16 * 1024);
});

test('a cookie that comes back elsewhere is in no evidence', async () => {
  const value = 'c00c1e-5e55i0n-2f9c1b';
  const { context } = await serverWith((socket, at, head) => {
    const sent = /cookie: (.*)/i.exec(head)?.[1] ?? '';
    if (at === 0) socket.write(withBody(`${WELL}Set-Cookie: MapiContext=${value}\r\n`, 'PROCESSING\r\nDONE\r\n\r\nx'));
    else socket.write(withBody(`HTTP/1.1 500 No\r\nX-Debug: ${sent}\r\n`, `<p>Your session ${sent} is over.</p>`));
  });
  const first = await ask(context);
  const second = await ask(context);
  expect(second.answer.body.toString()).toContain(value);
  for (const { legs } of [first, second]) expect(JSON.stringify(legs)).not.toContain(value);
});

test('cookies cannot begin another header', async () => {
  const { context, heads } = await serverWith((socket) =>
    socket.write(
      withBody(
        `${WELL}Set-Cookie: a=b\tc\u0080; x\r\nSet-Cookie: =\r\nSet-Cookie: \r\n`,
        'PROCESSING\r\nDONE\r\n\r\nx',
      ),
    ),
  );
  await ask(context);
  await ask(context).catch(() => undefined);
  for (const head of heads) expect(head.split('\r\n').filter((line) => !/^[\w-]+: |^POST /.test(line))).toEqual([]);
});

test.each(['Ærø@example.test', '用户@example.test', '"a b"@example.test'])(
  'a mailbox called %s goes as UTF-8',
  async (name) => {
    const { context, heads } = await serverWith((socket) => socket.write(answered), null, name);
    expect((await ask(context)).outcome.kind).toBe('answered');
    const [, sent = ''] = /X-AnchorMailbox: (.*)/.exec(heads[0] ?? '') ?? [];
    expect(Buffer.from(sent, 'latin1').toString()).toBe(name);
  },
);

test.each<[string, Answer, RegExp]>([
  [
    'PENDING as fast as it is read',
    (socket) => pour(socket, `${WELL}\r\nPROCESSING\r\n`, Buffer.from('PENDING\r\n'.repeat(1_000))),
    /^malformed too-large$/,
  ],
  [
    'a body without end',
    (socket) => pour(socket, `${WELL}\r\nPROCESSING\r\nDONE\r\n\r\n`, Buffer.alloc(64 * 1024)),
    /^too-large$/,
  ],
  [
    'a body in chunks of one octet',
    (socket) =>
      pour(
        socket,
        `${WELL}Transfer-Encoding: chunked\r\n\r\n16\r\nPROCESSING\r\nDONE\r\n\r\nxx\r\n`,
        Buffer.from('1\r\nx\r\n'.repeat(10_000)),
      ),
    /too-large$|^http-timeout$/,
  ],
  [
    'a page of an error in chunks of one octet',
    (socket) =>
      pour(
        socket,
        'HTTP/1.1 500 No\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n',
        Buffer.from('1\r\nx\r\n'.repeat(10_000)),
      ),
    /^too-large$|^http-timeout$/,
  ],
  [
    'much packed into little',
    (socket) => socket.write(withBody(`${WELL}Content-Encoding: gzip\r\n`, BOMB)),
    /^malformed bad-value$/,
  ],
  [
    'headers without end',
    (socket) => pour(socket, WELL, Buffer.from(`X-More: ${'y'.repeat(500)}\r\n`.repeat(50))),
    /^too-large$/,
  ],
  [
    'interim answers without end',
    (socket) => pour(socket, '', Buffer.from('HTTP/1.1 100 Continue\r\n\r\n'.repeat(1_000))),
    /^not-http$|^http-timeout$/,
  ],
  [
    'an extension of a chunk without end',
    (socket) => pour(socket, `${WELL}Transfer-Encoding: chunked\r\n\r\n1;`, Buffer.alloc(16 * 1024, 'x')),
    /^too-large$|^not-http$|^http-timeout$/,
  ],
  ['silence', () => undefined, /^http-timeout$/],
  ['silence in the middle', (socket) => socket.write(`${WELL}\r\nPROCESSING\r\n`), /^http-timeout$/],
])(
  '%s is survived, at little cost',
  async (_name, answer, expected) => {
    const { context, sockets } = await serverWith(answer, null);
    const started = performance.now();
    let ended = '';
    const cost = await held(async () => {
      ended = await ask(context, 3_000).then(
        ({ outcome }) => (outcome.kind === 'malformed' ? `malformed ${outcome.error.code}` : outcome.kind),
        (failure) => failure.code,
      );
    });
    await context.close();
    expect(ended).toMatch(expected);
    expect(performance.now() - started).toBeLessThan(15_000);
    expect(cost).toBeLessThan(150);
    await Promise.all(
      sockets.slice(1).map((socket) => socket.destroyed || new Promise((gone) => socket.once('close', gone))),
    );
  },
  30_000,
);

test('an answer that nobody asked for is not taken for the next one', async () => {
  const { context } = await serverWith((socket, at) => {
    socket.write(at === 0 ? Buffer.concat([answered, withBody(WELL, 'PROCESSING\r\nDONE\r\n\r\nforged')]) : answered);
  });
  expect((await ask(context)).outcome).toMatchObject({ kind: 'answered' });
  const second = await ask(context).catch((failure) => failure.code);
  if (typeof second !== 'string') {
    const { outcome } = second;
    expect(outcome.kind === 'answered' && Buffer.from(outcome.value).toString()).toBe('x');
  }
});

test('it stops at once when it is told to, at whatever moment', async () => {
  const { context } = await serverWith((socket) => void socket.write(`${WELL}\r\nPROCESSING\r\n`));
  for (const ms of [0, 1, 5, 20, 100]) {
    const stop = new AbortController();
    const asked = ping(context, stop.signal).then(
      () => 'answered',
      () => 'stopped',
    );
    setTimeout(() => stop.abort(), ms);
    expect(await asked).toBe('stopped');
  }
});
