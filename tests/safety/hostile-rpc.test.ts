/** RPC proxies that mean ill, in hand-made bytes: every conversation ends, and costs little, whatever they send. */
import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { RpcConnection } from '#lib/sessions/rpc-http/connection.ts';
import { type Opened, openConnection } from '#lib/sessions/rpc-http/open.ts';
import { door, failureOf, never, sessionWith, tlsServer } from '#tests/net/servers.ts';
import {
  A3,
  BIND_ACK,
  C2,
  type FakeProxy,
  type Manners,
  OPENING,
  proxyWith,
  response,
} from '#tests/sessions/rpc-http/proxy.ts';
import { held } from './memory.ts';

const TARGET = { server: 'ex01.contoso.example', port: 6_004 };
const NSPI = { name: 'NSPI', uuid: 'f5cc5a18-4264-101a-8c59-08002b2f8426', major: 56, minor: 0, opnums: {} };
const PATIENCE = { a3Ms: 2_000, c2Ms: 2_000, answerMs: 2_000 };
const PING = Buffer.from('0500140310000000140000000000000001000000', 'hex');
const CHUNKED = 'HTTP/1.1 200 Success\r\nContent-Type: application/rpc\r\nTransfer-Encoding: chunked\r\n\r\n';

/** In chunks of one octet. */
const inOctets = (bytes: Uint8Array): Buffer =>
  Buffer.concat([...bytes].map((octet) => Buffer.from([0x31, 0x0d, 0x0a, octet, 0x0d, 0x0a])));

async function opening(manners: Manners): Promise<[Opened, FakeProxy]> {
  const proxy = await proxyWith(manners);
  return [await openConnection(proxy.net, proxy.way, null, TARGET, never, PATIENCE), proxy];
}

async function opened(manners: Manners): Promise<[RpcConnection, FakeProxy]> {
  const [seen, proxy] = await opening(manners);
  if (seen.kind !== 'open') throw new Error(JSON.stringify(seen.failure));
  onTestFinished(() => seen.connection.close());
  return [seen.connection, proxy];
}

const call = (connection: RpcConnection) =>
  connection.call({
    ...{ name: 'NspiBind', opnum: 0, encode: () => new Uint8Array(60) },
    decode: (stub) => stub.length,
  });

/** Goes on as fast as the peer reads, until it hangs up. */
function pour(socket: Socket | undefined, piece: Buffer): void {
  const more = (): void => {
    while (socket !== undefined && !socket.destroyed && socket.write(piece));
  };
  socket?.on('drain', more);
  more();
}

/** What is said in answer to the first call, without end. */
const PIECES: readonly [name: string, piece: Buffer, outcome: string][] = [
  ['signs of life', Buffer.concat(Array(500).fill(PING)), 'too-much'],
  [
    'fragments of nothing',
    Buffer.concat(Array(500).fill(response(2, Buffer.alloc(0), Buffer.alloc(0))[0])),
    'malformed',
  ],
  ['fragments in the middle', Buffer.concat(Array(50).fill(middle(5_000))), 'malformed'],
  ['late answers to others', Buffer.concat(Array(50).fill(response(1, Buffer.alloc(5_000))[0])), 'too-much'],
  ['answers to calls that nobody made', Buffer.concat(response(77, Buffer.alloc(5_000))), 'malformed'],
  [
    'requests to us',
    Buffer.concat(Array(50).fill(Buffer.from('05000003100000001800000002000000' + '0000000000000000', 'hex'))),
    'unexpected',
  ],
  ['what is no PDU', Buffer.alloc(64 * 1024, 0x41), 'malformed'],
];

function middle(length: number): Buffer {
  const [first = Buffer.alloc(0)] = response(2, Buffer.alloc(length), Buffer.alloc(1));
  first[3] = 0;
  return first;
}

test.each(PIECES)('%s without end', async (_name, piece, outcome) => {
  const [connection, proxy] = await opened({ answer: (_pdu, at) => (at === 0 ? [BIND_ACK] : []) });
  expect((await connection.bind(NSPI, null)).kind).toBe('bound');
  let ended: unknown;
  const cost = await held(async () => {
    const called = call(connection);
    pour(proxy.sockets.out, piece);
    ended = await called;
  });
  expect(ended).toMatchObject({ kind: 'failed', failure: { kind: outcome } });
  expect(JSON.stringify(connection.takeEvidence()).length).toBeLessThan(1_500_000);
  expect(cost).toBeLessThan(150);
});

test('a first fragment that is followed by more and more', async () => {
  const [first = Buffer.alloc(0)] = response(2, Buffer.alloc(5_000), Buffer.alloc(1));
  const [connection, proxy] = await opened({ answer: (_pdu, at) => (at === 0 ? [BIND_ACK] : [first]) });
  await connection.bind(NSPI, null);
  const called = call(connection);
  setTimeout(() => pour(proxy.sockets.out, Buffer.concat(Array(20).fill(middle(5_000)))), 50);
  expect(await called).toMatchObject({ kind: 'failed', failure: { kind: 'malformed', error: { code: 'too-large' } } });
});

test('pieces of one octet, of which nobody takes any', async () => {
  const [connection, proxy] = await opened({
    opening: [CHUNKED, inOctets(Buffer.concat([A3, C2]))],
    answer: () => [],
  });
  const piece = inOctets(Buffer.concat(Array(200).fill(PING)));
  const cost = await held(async () => {
    pour(proxy.sockets.out, piece);
    await new Promise((later) => setTimeout(later, 1_000));
  });
  // Whatever the sockets of both sides keep stands in it as well.
  expect(cost).toBeLessThan(60);
  expect((await connection.bind(NSPI, null)).kind).toBe('failed');
});

test.each<[string, string, Buffer]>([
  ['a page without end', 'HTTP/1.1 500 No\r\nContent-Type: text/html\r\n\r\n', Buffer.alloc(64 * 1024, 'x')],
  [
    'a page in chunks of one octet',
    'HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n',
    Buffer.from('1\r\nx\r\n'.repeat(10_000)),
  ],
  ['headers without end', 'HTTP/1.1 200 OK\r\n', Buffer.from(`X-More: ${'y'.repeat(500)}\r\n`.repeat(100))],
  ['interim answers without end', '', Buffer.from('HTTP/1.1 102 Processing\r\n\r\n'.repeat(500))],
  ['an extension of a chunk without end', CHUNKED, Buffer.from(`1;${'x'.repeat(64 * 1024)}`)],
])(
  '%s on either channel',
  async (_name, head, piece) => {
    for (const verb of ['RPC_IN_DATA', 'RPC_OUT_DATA']) {
      const sockets: Socket[] = [];
      const { port } = await tlsServer((socket) => {
        sockets.push(socket);
        socket.once('data', (asked: Buffer) => {
          if (!asked.toString('latin1').startsWith(verb)) return;
          socket.write(head);
          pour(socket, piece);
        });
      });
      const net = door();
      const way = { session: await sessionWith(port, net), accept: () => false };
      const started = performance.now();
      let ended = '';
      const cost = await held(async () => {
        ended = await openConnection(net, way, null, TARGET, AbortSignal.timeout(8_000), PATIENCE).then(
          (seen) => (seen.kind === 'open' ? 'open' : seen.failure.kind),
          (error) => error.code,
        );
      });
      expect(ended).not.toBe('open');
      expect(performance.now() - started).toBeLessThan(12_000);
      expect(cost).toBeLessThan(150);
      net.close();
      await Promise.all(sockets.map((socket) => socket.destroyed || new Promise((gone) => socket.once('close', gone))));
    }
  },
  40_000,
);

test('a connection that is closed while somebody waits ends that wait, and both channels', async () => {
  const [connection, proxy] = await opened({ answer: (_pdu, at) => (at === 0 ? [BIND_ACK] : []) });
  await connection.bind(NSPI, null);
  const called = call(connection).then(
    ({ kind }) => kind,
    (error) => error.name,
  );
  connection.close();
  expect(await called).not.toBe('returned');
  const both = [proxy.sockets.in, proxy.sockets.out];
  await Promise.all(both.map((socket) => socket?.destroyed || new Promise((gone) => socket?.once('close', gone))));
});

test.each([0, 1, 3, 10, 30, 100])('told to stop after %i ms it leaves nothing open', async (ms) => {
  const proxy = await proxyWith({ opening: [OPENING[0] ?? ''] });
  const stop = new AbortController();
  setTimeout(() => stop.abort(), ms);
  await failureOf(openConnection(proxy.net, proxy.way, null, TARGET, stop.signal, PATIENCE)).catch((error) => {
    expect(error.name).toBe('AbortError');
  });
  const both = [proxy.sockets.in, proxy.sockets.out];
  await Promise.all(
    both.map((socket) => !socket || socket.destroyed || new Promise((gone) => socket.once('close', gone))),
  );
});
