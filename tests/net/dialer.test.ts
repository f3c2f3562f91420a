/** Connections: one chosen, the others reported; and the way through an outbound proxy. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { dial } from '#lib/net/dialer.ts';
import { NetFailure } from '#lib/net/failure.ts';
import { limits } from '#lib/net/limits.ts';
import { defaultProfile } from '#lib/net/profile.ts';
import { codeOf, door, failureOf, HOST, never, resolved, tcpServer } from './servers.ts';

const quiet = (): void => undefined;
const UNREACHABLE = '127.255.255.255';

/** A port at which nobody listens: it was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('a host', () => {
  test('with one address is connected there', async () => {
    const port = await tcpServer((socket) => socket.end('hello'));
    const dialed = await door().dial(resolved('127.0.0.1'), port, never);
    expect(dialed).toMatchObject({ host: HOST, port, address: { address: '127.0.0.1' } });
    expect(dialed.attempts).toMatchObject([{ address: '127.0.0.1', port, outcome: 'connected' }]);
    expect(String((await once(dialed.socket, 'data'))[0])).toBe('hello');
  });

  test('of whose two addresses the first is dead is connected at the second, and the first is told', async () => {
    const port = await tcpServer(quiet);
    const dialed = await door().dial(resolved('127.0.0.2', '127.0.0.1'), port, never);
    expect(dialed.address.address).toBe('127.0.0.1');
    expect(dialed.attempts.map(({ address, outcome }) => [address, outcome])).toEqual([
      ['127.0.0.2', 'refused'],
      ['127.0.0.1', 'connected'],
    ]);
    expect(dialed.evidence).toEqual({ kind: 'connections', body: { host: HOST, port, attempts: dialed.attempts } });
  });

  test('of which several work is connected at the first, and the others are let go', async () => {
    const others: Promise<unknown>[] = [];
    const keep = (socket: Socket): void => void others.push(once(socket, 'close'));
    const port = await tcpServer(quiet);
    await tcpServer(keep, '127.0.0.2', port);
    const dialed = await door().dial(resolved('127.0.0.1', '127.0.0.2'), port, never);
    expect(dialed.address.address).toBe('127.0.0.1');
    expect(dialed.attempts.map(({ outcome }) => outcome)).toEqual(['connected', 'connected']);
    await Promise.all(others);
  });

  test.each([
    ['closed', ['127.0.0.1', '127.0.0.2'], 'refused', ['127.0.0.1', '127.0.0.2']],
    ['out of reach', [UNREACHABLE], 'unreachable', [UNREACHABLE]],
    // Each outcome speaks of its own addresses.
    ['closed here and out of reach there', [UNREACHABLE, '127.0.0.1'], 'refused', ['127.0.0.1']],
  ])('whose port is %s cannot be reached', async (_name, addresses, code, named) => {
    const port = await closedPort();
    const failure = await failureOf(door().dial(resolved(...addresses), port, never));
    expect(failure).toMatchObject({ code, details: { host: HOST, port, addresses: named } });
    expect(failure.evidence).toMatchObject([{ kind: 'connections', body: { attempts: { length: addresses.length } } }]);
  });

  test('is dialled at the mapped port, and keeps its own one in what is reported', async () => {
    const to = await tcpServer(quiet);
    const dialed = await door({ portMap: [{ from: 443, to }] }).dial(resolved('127.0.0.1'), 443, never);
    expect([dialed.port, dialed.attempts[0]?.port]).toEqual([443, to]);
  });

  test('that is pinned is dialled at the port of the pin, whatever the map says', async () => {
    const toPort = await tcpServer(quiet);
    const connect = [{ host: HOST, port: 443, address: '127.0.0.1', toPort }];
    const net = door({ connect, portMap: [{ from: 443, to: await closedPort() }] });
    expect((await net.dial(resolved('127.0.0.1'), 443, never)).attempts[0]?.port).toBe(toPort);
  });

  test('is not dialled in a run that was stopped', async () => {
    const port = await tcpServer(quiet);
    expect((await codeOf(door().dial(resolved('127.0.0.1'), port, AbortSignal.abort())))[0]).toBe('connect-timeout');
  });
});

describe('a host with addresses of both families', () => {
  const LOOPBACK_SIX = '::1';

  test('is connected over the first one, in the order of the resolver', async () => {
    const port = await tcpServer(quiet);
    await tcpServer(quiet, LOOPBACK_SIX, port);
    const dialed = await door().dial(resolved(LOOPBACK_SIX, '127.0.0.1'), port, never);
    expect(dialed.address).toMatchObject({ address: LOOPBACK_SIX, family: 6 });
    expect(dialed.attempts.map(({ outcome }) => outcome)).toEqual(['connected', 'connected']);
  });

  /** No packet leaves for it; and without an address beyond loopback, a machine could not reach it either. */
  const FAR = '255.255.255.255';

  test('of which this machine can reach one only is not blamed for the other', async () => {
    const port = await tcpServer(quiet);
    const dialed = await dial(resolved(FAR, '127.0.0.1'), port, defaultProfile, never, ['127.0.0.1', '::1']);
    dialed.socket.destroy();
    expect(dialed.address.address).toBe('127.0.0.1');
    expect(dialed.attempts.map(({ outcome }) => outcome)).toEqual(['not tested', 'connected']);
  });

  test('of which this machine can reach none is not blamed at all', async () => {
    const failure = await failureOf(dial(resolved(FAR), 443, defaultProfile, never, ['127.0.0.1', '::1']));
    expect(failure).toMatchObject({ code: 'no-own-address', details: { detail: 'IPv4' } });
  });

  test('whose one refuses has refused, whatever this machine has', async () => {
    const port = await closedPort();
    const [code] = await codeOf(dial(resolved(LOOPBACK_SIX, '127.0.0.1'), port, defaultProfile, never, []));
    expect(code).toBe('refused');
  });
});

describe('through an outbound proxy', () => {
  /** A proxy that answers the first words of its client like this. */
  async function proxy(answer: string, heard: string[] = []) {
    const port = await tcpServer((socket) => {
      let head = '';
      socket.on('data', (bytes) => {
        head += bytes.toString('latin1');
        if (!head.includes('\r\n\r\n')) return;
        heard.push(head);
        head = '';
        socket.write(answer);
        if (!answer.startsWith('HTTP/1.1 200')) socket.end();
      });
    });
    return door({ proxy: `http://127.0.0.1:${port}`, portMap: [{ from: 443, to: 8443 }] });
  }

  test('a tunnel leads to the checked address, not to the name, and nothing behind the answer is lost', async () => {
    const heard: string[] = [];
    const net = await proxy('HTTP/1.1 200 Connection established\r\nX: y\r\n\r\nfirst words', heard);
    const dialed = await net.dial(resolved('192.0.2.1'), 443, never);
    expect(heard).toEqual(['CONNECT 192.0.2.1:8443 HTTP/1.1\r\nHost: 192.0.2.1:8443\r\n\r\n']);
    const [first] = await once(dialed.socket, 'data');
    expect(String(first)).toBe('first words');
  });

  test('an IPv6 address stands in brackets', async () => {
    const heard: string[] = [];
    const net = await proxy('HTTP/1.1 200 OK\r\n\r\n', heard);
    await net.dial(resolved('2001:db8::1'), 443, never);
    expect(heard[0]).toMatch(/^CONNECT \[2001:db8::1\]:8443 /);
  });

  test.each([
    ['a refusal', 'HTTP/1.1 403 Forbidden\r\n\r\n', 'status 403'],
    ['a proxy that wants a password', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', 'status 407'],
    ['something else', 'SSH-2.0-OpenSSH_9\r\n\r\n', 'not an HTTP proxy'],
    ['half an answer', 'HTTP/1.1 4', 'closed the connection'],
    ['an answer without an end', `HTTP/1.1 403 ${'x'.repeat(limits.proxyHeaderBytes)}`, 'not an HTTP proxy'],
    ['nothing', '', 'closed the connection'],
  ])('%s is told as the word of the proxy', async (_name, answer, detail) => {
    const net = await proxy(answer);
    const failure = await failureOf(net.dial(resolved('192.0.2.1'), 443, never));
    expect(failure).toBeInstanceOf(NetFailure);
    expect(failure).toMatchObject({ code: 'proxy-refused', details: { host: HOST, detail } });
    expect(failure.details.proxy).toMatch(/^127\.0\.0\.1:\d+$/);
  });

  test('an address that the proxy cannot reach beside one that it can is not tested', async () => {
    const port = await tcpServer((socket) => {
      socket.once('data', (head) => {
        const isFirst = String(head).includes('192.0.2.1:');
        socket.write(isFirst ? 'HTTP/1.1 502 Bad Gateway\r\n\r\n' : 'HTTP/1.1 200 OK\r\n\r\n');
      });
    });
    const net = door({ proxy: `http://127.0.0.1:${port}` });
    const dialed = await net.dial(resolved('192.0.2.1', '192.0.2.2'), 443, never);
    expect(dialed.address.address).toBe('192.0.2.2');
    expect(dialed.attempts.map(({ outcome }) => outcome)).toEqual(['not tested', 'connected']);
  });

  test('a proxy that is not there is not blamed on the host', async () => {
    const net = door({ proxy: `http://127.0.0.1:${await closedPort()}` });
    expect(await codeOf(net.dial(resolved('192.0.2.1'), 443, never))).toEqual(['proxy-refused', 'ECONNREFUSED']);
  });
});
