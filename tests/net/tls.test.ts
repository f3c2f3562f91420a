/** The handshake: every certificate is taken, every failure has its own name. */
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { limits } from '#lib/net/limits.ts';
import { commonKey, type Made, make } from '#tests/judge/certificates.ts';
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

/** A fatal alert. RFC 8446 6 */
const alert = (description: number): Uint8Array => Uint8Array.of(0x15, 3, 3, 0, 2, 2, description);

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
    expect(session.objection).toMatch(/SELF_SIGNED|UNABLE/);
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
    ['an alert about the name', onFirstWords((socket) => socket.end(alert(112))), 'tls-alert', /unrecognized name/],
    ['an alert about the version', onFirstWords((socket) => socket.end(alert(70))), 'tls-too-old', /PROTOCOL_VERSION/],
    ['plain HTTP', onFirstWords((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')), 'not-tls', /./],
    ['a greeting in plain text', greetInPlainText, 'not-tls', /./],
    ['a polite goodbye', onFirstWords((socket) => socket.end()), 'tls-alert', /closed without an alert/],
    ['a reset', onFirstWords((socket) => socket.resetAndDestroy()), 'reset', /ECONNRESET/],
  ] as const)('that meets %s', async (_name, talk, code, detail) => {
    const failure = await failureOf(sessionWith(await tcpServer(talk)));
    expect(failure.code).toBe(code);
    expect(failure.details).toMatchObject({ host: HOST, detail: expect.stringMatching(detail) });
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
