/** The handshake: every certificate is taken, every failure has its own name. */
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { limits } from '#lib/net/limits.ts';
import type { HandshakeOptions, TlsSession } from '#lib/net/tls.ts';
import type { ClientCertificate } from '#lib/net/tls-context.ts';
import type { TlsEvidence } from '#lib/result/evidence.ts';
import { commonKey, type Made, make, newKey } from '#tests/judge/certificates.ts';
import { extendedKeyUsage } from '#tests/lab/pki/extensions.ts';
import { codeOf, door, failureOf, HOST, never, resolved, sessionWith, tcpServer, tlsServer } from './servers.ts';

/** Lets the client speak first. */
function onFirstWords(act: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    socket.once('data', () => act(socket));
  };
}

function greetInPlainText(socket: Socket): void {
  socket.write('220 mail.example.test ESMTP\r\n');
}

const ANY_SUITE = 'TLS_AES_256_GCM_SHA384:ALL:@SECLEVEL=0';

/** A fatal alert. RFC 8446 6 */
const alert = (description: number): Uint8Array => Uint8Array.of(0x15, 3, 3, 0, 2, 2, description);

/** In the form of a record; inside, a message that nobody knows. */
const nonsense = Uint8Array.of(22, 3, 3, 0, 4, 99, 0, 0, 0);

/** A server certificate and its authorities, this many in all. */
function chainOf(length: number): Made {
  const key = commonKey();
  const pems: string[] = [];
  let issuer: Made | undefined;
  for (let at = length - 1; at > 0; at--) {
    issuer = make({ name: `CA ${at}`, key, authority: true, ...(issuer && { issuer }) });
    pems.unshift(issuer.pem);
  }
  const leaf = make({ name: HOST, dns: [HOST], key, ...(issuer && { issuer }) });
  return { ...leaf, pem: [leaf.pem, ...pems].join('') };
}

describe('a handshake', () => {
  test('gives the chain as sent, though nobody trusts it', async () => {
    const { port, identity } = await tlsServer(() => undefined);
    const session = await sessionWith(port);
    expect(session.chain).toHaveLength(1);
    expect(session.chain[0]?.replaceAll(/\s/g, '')).toBe(identity.pem.replaceAll(/\s/g, ''));
    expect(session.protocol).toBe('TLSv1.3');
    expect(session.evidence).toMatchObject({ kind: 'tls', body: { host: HOST, protocol: 'TLSv1.3' } });
  });

  test('asks for the host by name, and for HTTP/1.1', async () => {
    const asked: unknown[] = [];
    const { port } = await tlsServer((socket) => asked.push((socket as { servername?: unknown }).servername));
    await sessionWith(port);
    await expect.poll(() => asked).toEqual([HOST]);
  });

  test.each([
    ['an alert', onFirstWords((socket) => socket.end(alert(40))), 'tls-alert', /handshake failure/],
    [
      'an alert about the name',
      onFirstWords((socket) => socket.end(alert(112))),
      'tls-alert',
      /^unrecognized name \(112\): the server has no certificate for this name$/,
    ],
    [
      'a certificate alert before any keys',
      onFirstWords((socket) => socket.end(alert(42))),
      'tls-alert',
      /bad certificate/,
    ],
    [
      'nonsense in a record of TLS',
      onFirstWords((socket) => socket.end(nonsense)),
      'tls-alert',
      /^this side gave up: /,
    ],
    [
      'an alert about the version',
      onFirstWords((socket) => socket.end(alert(70))),
      'tls-too-old',
      /^protocol version \(70\)/,
    ],
    ['plain HTTP', onFirstWords((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')), 'not-tls', /./],
    ['a greeting in plain text', greetInPlainText, 'not-tls', /./],
    ['a polite goodbye', onFirstWords((socket) => socket.end()), 'tls-alert', /closed without an alert/],
    ['a reset', onFirstWords((socket) => socket.resetAndDestroy()), 'reset', /ECONNRESET/],
  ] as const)('that meets %s', async (_name, talk, code, detail) => {
    const failure = await failureOf(sessionWith(await tcpServer(talk)));
    expect(failure.code).toBe(code);
    expect(failure.details).toMatchObject({ host: HOST, detail: expect.stringMatching(detail) });
  });

  test('says what was named and what was stapled', async () => {
    const staple = Buffer.from('anything');
    const { port } = await tlsServer(
      () => undefined,
      {},
      (server) => server.on('OCSPRequest', (_certificate, _issuer, done) => done(null, staple)),
    );
    const session = await sessionWith(port);
    expect(Buffer.from(session.stapledOcsp ?? [])).toEqual(staple);
    expect(session.evidence).toMatchObject({ body: { serverName: HOST, stapledOcsp: staple.length } });
    const plain = await sessionWith((await tlsServer(() => undefined)).port);
    expect(plain.stapledOcsp).toBeNull();
    expect(plain.evidence).toMatchObject({ body: { stapledOcsp: null } });
  });

  test.each([
    ['announces a message of 16 MiB', Uint8Array.of(22, 3, 3, 0, 4, 2, 255, 255, 255), '100 KiB'],
    ['begins anew without end', Uint8Array.of(22, 3, 3, 0, 4, 0, 0, 0, 0), '1 MiB'],
  ])('that %s is too much', async (_what, record, value) => {
    const port = await tcpServer((socket) => {
      const records = Buffer.concat(Array<Uint8Array>(1_000).fill(record));
      const more = (): void => {
        while (!socket.destroyed && socket.write(records));
      };
      socket.on('drain', more);
      socket.once('data', more);
    });
    const failure = await failureOf(sessionWith(port));
    expect(failure).toMatchObject({ code: 'too-large', details: { host: HOST, limit: { value } } });
  });

  test('with a chain longer than anybody needs is refused, names the host, and leaves nothing open', async () => {
    const { port, show } = await tlsServer(() => undefined);
    const net = door();
    show(chainOf(limits.chain));
    expect((await sessionWith(port, net)).chain).toHaveLength(limits.chain);
    show(chainOf(limits.chain + 1));
    const dialed = await net.dial(resolved('127.0.0.1'), port, never);
    const failure = await failureOf(net.handshake(dialed, never));
    expect(failure).toMatchObject({ code: 'too-large', details: { host: HOST, limit: { value: '20 certificates' } } });
    await expect.poll(() => dialed.socket.destroyed).toBe(true);
  });

  test('ends when the run is stopped', async () => {
    const net = door();
    const cancel = new AbortController();
    const port = await tcpServer(onFirstWords(() => cancel.abort()));
    const dialed = await net.dial(resolved('127.0.0.1'), port, never);
    expect(await codeOf(net.handshake(dialed, cancel.signal))).toEqual(['unknown', 'cancelled']);
  });
});

describe('a handshake on other terms', () => {
  async function shake(port: number, options: HandshakeOptions, net = door()): Promise<TlsSession> {
    return net.handshake(await net.dial(resolved('127.0.0.1'), port, never), never, options);
  }

  test('names another host, or none', async () => {
    const asked: unknown[] = [];
    const { port } = await tlsServer((socket) => asked.push((socket as { servername?: unknown }).servername));
    await shake(port, { serverName: 'other.example.test' });
    const bare = await shake(port, { serverName: null });
    await expect.poll(() => asked).toEqual(['other.example.test', false]);
    expect(bare.evidence).toMatchObject({ body: { serverName: null } });
  });

  test.each(['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const)('speaks %s alone', async (version) => {
    const { port } = await tlsServer(() => undefined, { minVersion: 'TLSv1', ciphers: ANY_SUITE });
    const session = await shake(port, { version });
    expect(session.protocol).toBe(version);
    const other = version === 'TLSv1.2' ? 'TLSv1.3' : 'TLSv1.2';
    const strict = await tlsServer(() => undefined, { minVersion: other, maxVersion: other, ciphers: ANY_SUITE });
    const failure = await failureOf(shake(strict.port, { version }));
    expect(failure).toMatchObject({ code: 'tls-too-old', details: { alert: 70 } });
  });

  test('offers these suites alone', async () => {
    const { port } = await tlsServer(() => undefined);
    const ciphers = 'ECDHE-RSA-AES128-GCM-SHA256';
    const session = await shake(port, { version: 'TLSv1.2', ciphers });
    expect(session.socket.getCipher().name).toBe(ciphers);
  });

  test('never makes an ordinary one weaker', async () => {
    const { port } = await tlsServer(() => undefined, {
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
      ciphers: ANY_SUITE,
    });
    await shake(port, { version: 'TLSv1' });
    expect((await failureOf(sessionWith(port))).code).toBe('tls-too-old');
  });
});

describe('a server that wants a client certificate', () => {
  const authority = make({ name: 'Client Authority', authority: true });
  const demanding = { requestCert: true, rejectUnauthorized: true, ca: authority.pem };
  const client = make({ name: 'alice', issuer: authority, wish: { with: [extendedKeyUsage('clientAuth')] } });
  const clientCertificate: ClientCertificate = {
    name: 'alice',
    chain: [client.pem],
    withKey: (terms) => ({ ...terms, key: client.key.privatePem }),
  };
  const request = { method: 'GET', path: '/', headers: [], body: '' } as const;

  test('says so in TLS 1.2 during the handshake', async () => {
    const { port } = await tlsServer(() => undefined, { ...demanding, maxVersion: 'TLSv1.2' });
    const failure = await failureOf(sessionWith(port));
    expect(failure.code).toBe('client-certificate');
    expect(failure.details).toMatchObject({ alert: 40, detail: expect.stringContaining('handshake failure (40)') });
  });

  test('says so in TLS 1.3 with the first answer', async () => {
    const { port } = await tlsServer(() => undefined, demanding);
    const net = door();
    const failure = await failureOf(net.request(await sessionWith(port, net), request, never));
    expect(failure).toMatchObject({ code: 'client-certificate', details: { path: '/' } });
    expect(failure.details.detail).toContain('certificate required (116)');
  });

  test('says so in TLS 1.3 also to a request that comes late', async () => {
    const { port } = await tlsServer(() => undefined, demanding);
    const net = door();
    const session = await sessionWith(port, net);
    await expect.poll(() => session.socket.destroyed).toBe(true);
    expect((await failureOf(net.request(session, request, never))).code).toBe('client-certificate');
  });

  test('says so to whoever waits for it', async () => {
    const { port } = await tlsServer(() => undefined, demanding);
    const net = door();
    expect(await net.refusalAfter(await sessionWith(port, net), never)).toContain('certificate required (116)');
    const wishing = await tlsServer(() => undefined, { ...demanding, rejectUnauthorized: false });
    expect(await net.refusalAfter(await sessionWith(wishing.port, net), never)).toBeNull();
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('lets in who has one, in %s', async (maxVersion) => {
    const seen: unknown[] = [];
    const talk = (socket: TLSSocket): void => {
      seen.push(socket.getPeerCertificate().subject?.CN);
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
    };
    const { port } = await tlsServer(talk, { ...demanding, maxVersion });
    const net = door();
    const session = await net.handshake(await net.dial(resolved('127.0.0.1'), port, never), never, {
      clientCertificate,
    });
    expect((await net.request(session, request, never)).status).toBe(200);
    expect(seen).toEqual(['alice']);
    expect(session.evidence.body).toMatchObject({ clientCertificate: { asked: true, shown: 'alice' } });
    const again = await net.again(session, () => false, never);
    expect((await net.request(again, request, never)).status).toBe(200);
    expect(seen).toEqual(['alice', 'alice']);
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('is told from one that wants none, in %s', async (maxVersion) => {
    const plain = await tlsServer(() => undefined, { maxVersion });
    const wishing = await tlsServer(() => undefined, { ...demanding, maxVersion, rejectUnauthorized: false });
    const net = door();
    const seen: unknown[] = [];
    for (const [port, own] of [
      [plain.port, null],
      [plain.port, clientCertificate],
      [wishing.port, null],
    ] as const) {
      const dialed = await net.dial(resolved('127.0.0.1'), port, never);
      const session = await net.handshake(dialed, never, { clientCertificate: own });
      seen.push((session.evidence.body as TlsEvidence).clientCertificate);
    }
    const [no, yes] = [
      { asked: false, shown: null },
      { asked: true, shown: null },
    ];
    expect(seen).toEqual([no, no, yes]);
  });

  test('never sees it when it is only asked for what a certificate points at', async () => {
    const seen: unknown[] = [];
    const talk = (socket: TLSSocket): void => {
      seen.push(socket.getPeerCertificate().subject?.CN);
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
    };
    const { port } = await tlsServer(talk, { ...demanding, rejectUnauthorized: false });
    const net = door();
    await net.handshake(await net.dial(resolved('127.0.0.1'), port, never), never, { clientCertificate });
    await net.fetch(`https://127.0.0.1:${port}/`, { kind: 'issuer' }, never);
    expect(seen).toEqual(['alice', undefined]);
  });

  test('hears at once if OpenSSL will not show it', async () => {
    const short = make({ name: 'alice', issuer: authority, key: newKey('rsa-1024') });
    const weak = { ...clientCertificate, chain: [short.pem] };
    const net = door();
    expect(net.objectionTo(weak)).toBe('ee key too small');
    expect(net.objectionTo(clientCertificate)).toBeNull();
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('says it of one that it does not take, in %s', async (maxVersion) => {
    const { port } = await tlsServer(() => undefined, { ...demanding, maxVersion, ca: make().pem });
    const net = door();
    const dialed = await net.dial(resolved('127.0.0.1'), port, never);
    const failure = await failureOf(net.handshake(dialed, never, { clientCertificate }));
    expect(failure).toMatchObject({
      code: 'client-certificate',
      details: { detail: expect.stringMatching(/^the one that was given is refused/) },
    });
  });
});

test('a request over a connection that is gone fails at once', async () => {
  const { port } = await tlsServer((socket) => socket.destroy());
  const net = door();
  const session = await sessionWith(port, net);
  await expect.poll(() => session.socket.destroyed).toBe(true);
  const [code] = await codeOf(net.request(session, { method: 'GET', path: '/', headers: [], body: '' }, never));
  expect(code).toBe('closed-early');
});

describe('a fresh connection to the same host', () => {
  const refuseAll = (): boolean => false;

  test('with the same certificate is taken, without asking', async () => {
    const net = door();
    const { port } = await tlsServer(() => undefined);
    const first = await sessionWith(port, net);
    const second = await net.again(first, refuseAll, never);
    expect(second.fingerprint).toBe(first.fingerprint);
    expect(second.socket).not.toBe(first.socket);
  });

  test('with another certificate is taken only if that one is as good', async () => {
    const net = door();
    const server = await tlsServer(() => undefined);
    const first = await sessionWith(server.port, net);
    server.show(make({ name: HOST, dns: [HOST] }));
    const failure = await failureOf(net.again(first, refuseAll, never));
    expect(failure).toMatchObject({ code: 'certificate-changed', details: { host: HOST, port: server.port } });
    expect(failure.details.fingerprints?.[0]).toBe(first.fingerprint);
    expect(failure.details.fingerprints?.[1]).not.toBe(first.fingerprint);
    const seen: string[] = [];
    const accepted = await net.again(first, ({ fingerprint }) => seen.push(fingerprint) > 0, never);
    expect(seen).toEqual([accepted.fingerprint]);
  });
});
