/** The survey of odd servers: what it says of each, and above all what it does not say. */
import type { Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { describe, expect, test } from 'vitest';
import type { Net } from '#lib/net/door.ts';
import { limits } from '#lib/net/limits.ts';
import type { SurveySeen } from '#lib/probes/survey/seen.ts';
import { tlsSurvey } from '#lib/probes/tls-survey.ts';
import { make } from '#tests/judge/certificates.ts';
import {
  certificateMessage,
  fatalAlert,
  type HelloSeen,
  readHello,
  record,
  serverHello,
  serverHelloDone,
} from '#tests/lab/net/tls-bytes.ts';
import { door, HOST, never, resolved, tcpServer, tlsServer } from '#tests/net/servers.ts';

/** Surveys a port; `first` says whether an ordinary handshake is made before. */
async function survey(port: number, first = true, host = HOST, net: Net = door()): Promise<SurveySeen> {
  const dialed = await net.dial({ ...resolved('127.0.0.1'), host }, port, never);
  const session = first ? await net.handshake(dialed, never) : null;
  // Only the upper one of the two may be closed.
  (session ?? dialed).socket.destroy();
  return tlsSurvey.observe(net, { host, port, dialed, session }, never);
}

const codesOf = (seen: SurveySeen): string[] =>
  (tlsSurvey.judge(seen, { host: HOST, port: 443 } as never).findings ?? []).map(({ code }) => code);

const answersOf = ({ versions }: SurveySeen): Record<string, string> =>
  Object.fromEntries(versions.map(({ version, answer }) => [version, answer]));

const accepted = ({ weak }: SurveySeen) => weak.filter(({ answer }) => answer === 'accepted');

/** Answers each hello by hand; null cuts the connection. */
function answering(answer: (hello: HelloSeen, count: number) => Buffer | null): (socket: Socket) => void {
  let count = 0;
  return (socket) => {
    socket.once('data', (bytes) => {
      const hello = readHello(bytes);
      const said = hello && answer(hello, ++count);
      if (said) socket.write(said);
      else socket.resetAndDestroy();
    });
  };
}

const leaf = Buffer.from(make().made.der);
const flight = (version: number, suite: number): Buffer =>
  record(22, version, Buffer.concat([serverHello(version, suite), certificateMessage([leaf]), serverHelloDone]));

describe('a healthy server', () => {
  test('is asked few things, few at a time, and nothing is found', async () => {
    let open = 0;
    let most = 0;
    const { port } = await tlsServer(
      (socket) => socket.end(),
      {},
      (server) =>
        server.on('connection', (socket: Socket) => {
          most = Math.max(most, ++open);
          socket.once('close', () => (open -= 1));
        }),
    );
    const seen = await survey(port);
    expect(codesOf(seen)).toEqual([]);
    expect(answersOf(seen)).toEqual({
      ...{ 'SSL 3.0': 'refused', 'TLS 1.0': 'refused', 'TLS 1.1': 'refused' },
      ...{ 'TLS 1.2': 'accepted', 'TLS 1.3': 'accepted' },
    });
    expect(seen.withoutSni).toMatchObject({ answer: 'accepted', same: true });
    expect(seen.clientCertificate.answer).toBe('no');
    expect(seen.handshakes).toBeLessThanOrEqual(8);
    expect(most).toBeLessThanOrEqual(limits.surveyConnections + 1);
  });

  test('that is known by its address gets no name', async () => {
    const names: unknown[] = [];
    const { port } = await tlsServer((socket) => names.push((socket as { servername?: unknown }).servername));
    const seen = await survey(port, true, '127.0.0.1');
    expect(seen.withoutSni).toBeNull();
    expect(names.every((name) => name === false)).toBe(true);
    expect(answersOf(seen)).toMatchObject({ 'TLS 1.2': 'accepted', 'TLS 1.3': 'accepted' });
  });
});

describe('a client certificate', () => {
  const wishing = { requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.3' } as const;

  test.each([
    ['AES 128', { ciphers: 'TLS_AES_128_GCM_SHA256' }],
    ['AES 256', { ciphers: 'TLS_AES_256_GCM_SHA384' }],
    ['ChaCha20', { ciphers: 'TLS_CHACHA20_POLY1305_SHA256' }],
    ['the curve P-256', { ecdhCurve: 'prime256v1' }],
  ])('is seen to be wished for with %s, though TLS 1.3 hides it', async (_what, options: TlsOptions) => {
    const wished = await tlsServer(() => undefined, { ...wishing, ...options });
    expect((await survey(wished.port)).clientCertificate).toMatchObject({ answer: 'wished', how: /in TLS 1\.3/ });
    const plain = await tlsServer(() => undefined, { minVersion: 'TLSv1.3', ...options });
    expect((await survey(plain.port)).clientCertificate.answer).toBe('no');
  });

  test('is unknown where the server wants another key exchange than ours', async () => {
    const { port } = await tlsServer(() => undefined, { ...wishing, ecdhCurve: 'secp521r1' });
    const seen = await survey(port);
    expect(seen.clientCertificate.answer).toBe('unknown');
    expect(answersOf(seen)).toMatchObject({ 'TLS 1.3': 'accepted' });
  });

  test('names how many issuers are taken in TLS 1.2', async () => {
    const ca = [make({ name: 'One', authority: true }).pem, make({ name: 'Two', authority: true }).pem];
    const { port } = await tlsServer(() => undefined, { ...wishing, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ca });
    expect((await survey(port)).clientCertificate.how).toContain('issued by one of 2');
  });
});

describe('weak suites', () => {
  test('are found one kind after the other, until the server refuses', async () => {
    const hellos: number[] = [];
    const port = await tcpServer(
      answering(({ version, suites }) => {
        const offered = suites.filter((suite) => suite !== 0x00ff);
        if (version === 0x0303 && offered.every(isWeak)) hellos.push(offered.length);
        const chosen = offered.find(isWeak);
        return chosen === undefined || version !== 0x0303 ? fatalAlert(40) : flight(0x0303, chosen);
      }),
    );
    const seen = await survey(port, false);
    expect(accepted(seen).map(({ kind }) => kind)).toEqual(['NULL', 'anonymous', 'export', 'RC4', 'DES', '3DES']);
    expect(hellos).toEqual(hellos.toSorted((a, b) => b - a));
    expect(new Set(hellos).size).toBe(6);
    expect(codesOf(seen)).toEqual(['tls.weak-cipher']);
  });

  test('that were not offered prove nothing', async () => {
    const port = await tcpServer(answering(({ version }) => (version === 0x0303 ? flight(0x0303, 0x1302) : null)));
    const seen = await survey(port, false);
    expect(seen.weak.every(({ answer }) => answer === 'not tested')).toBe(true);
    expect(seen.weak[0]?.detail).toContain('which was not offered');
    expect(codesOf(seen)).not.toContain('tls.weak-cipher');
  });
});

const WEAK = new Set([0x0002, 0x0034, 0x0003, 0x0005, 0x0009, 0x000a]);
const isWeak = (suite: number): boolean =>
  suite < 0x002f ||
  WEAK.has(suite) ||
  (suite >= 0xc001 && suite <= 0xc019) ||
  [
    ...[0x003b, 0x0034, 0x003a, 0x0046, 0x0062, 0x0064, 0x006c, 0x006d, 0x0089, 0x009b, 0x00a6, 0x00a7, 0x00bf, 0x00c5],
  ].includes(suite);

describe('a guard before the server', () => {
  /** Cuts off some connections and hands the others to a real server. */
  async function guarded(
    isCut: (hello: HelloSeen, count: number) => boolean,
    options: TlsOptions = {},
  ): Promise<number> {
    let count = 0;
    const { promise: ready, resolve } = Promise.withResolvers<(socket: Socket) => void>();
    await tlsServer(
      (socket) => socket.end(),
      options,
      (server) => resolve((socket) => server.emit('connection', socket)),
    );
    const serve = await ready;
    return tcpServer((socket) => {
      socket.once('readable', () => {
        const bytes: Buffer = socket.read();
        const hello = bytes && readHello(bytes);
        if (hello && isCut(hello, ++count)) {
          socket.resetAndDestroy();
          return;
        }
        socket.unshift(bytes);
        serve(socket);
      });
    });
  }

  test('that has had enough of us makes nothing look refused', async () => {
    const seen = await survey(await guarded((_hello, count) => count > 1));
    expect(answersOf(seen)).toEqual({
      ...{ 'SSL 3.0': 'not tested', 'TLS 1.0': 'not tested', 'TLS 1.1': 'not tested' },
      ...{ 'TLS 1.2': 'not tested', 'TLS 1.3': 'accepted' },
    });
    expect(seen.weak.every(({ answer }) => answer === 'not tested')).toBe(true);
    expect(seen.withoutSni).toMatchObject({ answer: 'not tested' });
    expect(seen.clientCertificate.answer).toBe('unknown');
    expect(codesOf(seen)).toEqual([]);
  });

  test('that cuts off old hellos without a word has refused them', async () => {
    const seen = await survey(await guarded(({ version }) => version < 0x0303));
    expect(answersOf(seen)).toMatchObject({ 'SSL 3.0': 'refused', 'TLS 1.0': 'refused', 'TLS 1.2': 'accepted' });
    expect(seen.versions[1]?.detail).toBe('the connection is cut off each time');
    expect(codesOf(seen)).toEqual([]);
  });

  test.each([2, 3, 4, 5, 6, 7])('that loses each %dth connection makes no version look refused', async (every) => {
    const options = { minVersion: 'TLSv1', ciphers: 'TLS_AES_256_GCM_SHA384:ALL:!aNULL:!eNULL:@SECLEVEL=0' } as const;
    const seen = await survey(await guarded((_hello, count) => count > 1 && count % every === 0, options));
    const { 'TLS 1.2': newer, 'TLS 1.3': newest } = answersOf(seen);
    expect([newest, newer]).not.toContain('refused');
    expect(codesOf(seen).filter((code) => code !== 'tls.old-protocol-enabled')).toEqual([]);
  });

  test('that answers in plain HTTP is no TLS, and no refusal', async () => {
    const port = await tcpServer((socket) => socket.once('data', () => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')));
    const seen = await survey(port, false);
    expect(Object.values(answersOf(seen))).not.toContain('accepted');
    expect(Object.values(answersOf(seen))).not.toContain('refused');
    expect(codesOf(seen)).toEqual(['tool.not-tested']);
  });
});
