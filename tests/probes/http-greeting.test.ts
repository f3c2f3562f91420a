/** The first page: who has none is left alone, who wants a client certificate is named. */
import type { TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { httpGreeting } from '#lib/probes/http-greeting.ts';
import { door, failureOf, HOST, never, sessionWith, tlsServer } from '#tests/net/servers.ts';

const START = Date.parse('2026-11-20T12:00:00Z');

/** Asks a server; the clock moves one second with each look at it. */
async function greet(talk: (socket: TLSSocket) => void, signal = never, options = {}) {
  const { port } = await tlsServer(talk, options);
  const net = door();
  let looks = 0;
  const now = (): number => START + 1_000 * looks++;
  return httpGreeting.observe(net, { host: HOST, port, session: await sessionWith(port, net), now }, signal);
}

describe('a web server', () => {
  test('is asked once, without credentials, and timed', async () => {
    const heard: string[] = [];
    const seen = await greet((socket) => {
      socket.on('data', (bytes: Buffer) => {
        heard.push(bytes.toString());
        socket.end('HTTP/1.1 302 Found\r\nLocation: /owa/\r\nContent-Length: 0\r\n\r\n');
      });
    });
    expect(seen).toMatchObject({ answer: { status: 302, path: '/' }, sentAt: START, receivedAt: START + 1_000 });
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatch(/^GET \/ HTTP\/1\.1\r\n/);
    expect(heard[0]).not.toMatch(/authorization|cookie/i);
  });

  test('that wants a client certificate in TLS 1.3 says so here', async () => {
    const demanding = { requestCert: true, rejectUnauthorized: true };
    expect((await failureOf(greet(() => undefined, never, demanding))).code).toBe('client-certificate');
  });
});

test.each([
  ['IMAP', (socket: TLSSocket) => socket.write('* OK IMAP4rev1 ready\r\n')],
  ['SMTP', (socket: TLSSocket) => socket.write('220 mail.example.test ESMTP\r\n')],
  ['LDAP, which closes', (socket: TLSSocket) => socket.once('data', () => socket.end())],
  ['something that cuts the connection', (socket: TLSSocket) => socket.once('data', () => socket.destroy())],
  ['something that hangs up at once', (socket: TLSSocket) => socket.end()],
] as const)('%s is no web server, and nothing is wrong with that', async (_what, talk) => {
  const seen = await greet(talk);
  expect(seen).toBeNull();
  expect(httpGreeting.judge(seen, { host: HOST } as never)).toMatchObject({ ok: false, notNeeded: true });
});

test('the run can be stopped meanwhile', async () => {
  const stop = new AbortController();
  expect(await greet((socket) => socket.once('data', () => stop.abort()), stop.signal)).toBeNull();
});
