/** What certificates point at: fetched within limits, and never from an address that the policy refuses, however it is reached. */
import type { Socket } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Net } from '#lib/net/door.ts';
import { NetFailure } from '#lib/net/failure.ts';
import { type Fetched, type FetchOptions, fetchOver, type Way } from '#lib/net/fetch.ts';
import { limits } from '#lib/net/limits.ts';
import type { NetworkProfile } from '#lib/net/profile.ts';
import type { Resolution } from '#lib/net/resolver.ts';
import type { Evidence, ExchangeEvidence } from '#lib/result/evidence.ts';
import { freePort } from '#tests/free-port.ts';
import { addressRecord } from '#tests/lab/dns/records.ts';
import { startDns } from '#tests/lab/dns/server.ts';
import { door, failureOf, HOST, never, resolved, tcpServer, tlsServer } from './servers.ts';

const CRL: FetchOptions = { kind: 'crl' };

/** Answers each request by what it asks for, and remembers all of it. */
function answering(answers: Readonly<Record<string, string | Uint8Array>>, heard: string[] = []) {
  return (socket: Socket): void => {
    let head = '';
    socket.on('data', (bytes: Buffer) => {
      head += bytes.toString('latin1');
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (!head.includes('\r\n\r\n') || head.length < head.indexOf('\r\n\r\n') + 4 + length) return;
      heard.push(head);
      socket.end(answers[head.split(' ')[1] ?? ''] ?? 'HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone');
    });
  };
}

const ok = (body: string, type = 'application/pkix-crl'): string =>
  `HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

const redirect = (to: string, status = '302 Found'): string =>
  `HTTP/1.1 ${status}\r\nLocation: ${to}\r\nContent-Length: 0\r\n\r\n`;

/** A door for which the name of the authority is at this port of ours. */
function doorTo(port: number, profile: Partial<NetworkProfile> = {}): Net {
  const pins = [80, 443].map((from) => ({ host: HOST, port: from, address: '127.0.0.1', toPort: port }));
  return door({ allow: [], connect: pins, ...profile });
}

async function fetched(answers: Record<string, string | Uint8Array>, path = '/list', heard: string[] = []) {
  const port = await tcpServer(answering(answers, heard));
  return doorTo(port).fetch(`http://${HOST}${path}`, CRL, never);
}

function exchangesOf(evidence: readonly Evidence[]): ExchangeEvidence[] {
  return evidence.flatMap((one) => (one.kind === 'exchange' ? [one.body] : []));
}

const told = (answer: Fetched) => [answer.kind, answer.kind === 'delivered' ? '' : answer.detail];

describe('what is asked for', () => {
  test('is delivered with its type, and recorded by its size', async () => {
    const heard: string[] = [];
    const answer = await fetched({ '/list?a=1': ok('\u0000\u0001bytes') }, '/list?a=1', heard);
    expect(answer).toMatchObject({
      kind: 'delivered',
      url: `http://${HOST}/list?a=1`,
      contentType: 'application/pkix-crl',
    });
    expect(answer.kind === 'delivered' && Buffer.from(answer.body).toString()).toBe('\u0000\u0001bytes');
    expect(heard[0]).toMatch(new RegExp(`^GET /list\\?a=1 HTTP/1\\.1\r\nhost: ${HOST}\r\n`));
    expect(exchangesOf(answer.evidence)).toMatchObject([
      { method: 'GET', url: `http://${HOST}/list?a=1`, address: '127.0.0.1', status: 200, responseBody: '[7 bytes]' },
    ]);
    expect(exchangesOf(answer.evidence)[0]).toMatchObject({ responseBytes: 7, truncated: false });
    expect(exchangesOf(answer.evidence)[0]?.timings).toMatchObject({ tlsMs: null, connectMs: expect.any(Number) });
  });

  test('is posted where there is a body, byte for byte', async () => {
    const heard: string[] = [];
    const port = await tcpServer(answering({ '/': ok('answer') }, heard));
    const question = Uint8Array.of(0x30, 0, 0xff, 0x80);
    const answer = await doorTo(port).fetch(`http://${HOST}`, { kind: 'ocsp', body: question }, never);
    expect(answer.kind).toBe('delivered');
    expect(heard[0]).toMatch(/^POST \/ HTTP\/1\.1\r\n/);
    expect(heard[0]?.toLowerCase()).toContain('\r\ncontent-type: application/ocsp-request\r\n');
    expect(heard[0]?.slice(-4)).toBe('\u0030\u0000\u00ff\u0080');
    expect(exchangesOf(answer.evidence)[0]).toMatchObject({ method: 'POST', requestBody: '[4 bytes]' });
  });

  test('may come over https from a server whose certificate nobody trusts', async () => {
    const { port } = await tlsServer(answering({ '/list': ok('list') }));
    const answer = await doorTo(port).fetch(`https://${HOST}/list`, CRL, never);
    expect(answer).toMatchObject({ kind: 'delivered', url: `https://${HOST}/list` });
    expect(exchangesOf(answer.evidence)).toMatchObject([
      { url: `https://${HOST}/list`, timings: { tlsMs: expect.any(Number) } },
    ]);
  });

  test('is taken whatever its type is: the signature says what it is worth', async () => {
    expect(await fetched({ '/list': ok('list', 'text/html') })).toMatchObject({
      kind: 'delivered',
      contentType: 'text/html',
    });
  });

  test('is not used where the status is another, but then its text is kept', async () => {
    const answer = await fetched({});
    expect(told(answer)).toEqual(['status', '404']);
    expect(exchangesOf(answer.evidence)).toMatchObject([{ status: 404, responseBody: 'gone' }]);
  });

  test.each([
    ['ldap:///CN=List?certificateRevocationList', 'ldap:'],
    ['file:///etc/passwd', 'file:'],
    ['javascript:alert(1)', 'javascript:'],
    ['', 'no address'],
    ['http://', 'no address'],
    ['http://host:0/', 'no address'],
    [`http://host/${'x'.repeat(limits.fetchUrl)}`, 'no address'],
    ['http://alice:secret@host/', 'an address with a user name'],
  ])('is not asked for at %s', async (url, detail) => {
    const answer = await door().fetch(url, CRL, never);
    expect(answer).toEqual({ kind: 'not-supported', detail, evidence: [] });
  });
});

describe('a redirect', () => {
  test('is followed, relative or not, and every hop is recorded', async () => {
    const answers = { '/list': redirect('/b/'), '/b/': redirect('c', '301 Moved'), '/b/c': ok('list') };
    const answer = await fetched(answers);
    expect(answer).toMatchObject({ kind: 'delivered', url: `http://${HOST}/b/c` });
    expect(exchangesOf(answer.evidence).map(({ url, status }) => [url, status])).toEqual([
      [`http://${HOST}/list`, 302],
      [`http://${HOST}/b/`, 301],
      [`http://${HOST}/b/c`, 200],
    ]);
  });

  test('keeps what is posted', async () => {
    const heard: string[] = [];
    const port = await tcpServer(answering({ '/': redirect('/b', '308 Moved'), '/b': ok('answer') }, heard));
    await doorTo(port).fetch(`http://${HOST}/`, { kind: 'ocsp', body: Buffer.from('ask') }, never);
    expect(heard.map((head) => [head.split(' HTTP')[0], head.slice(-3)])).toEqual([
      ['POST /', 'ask'],
      ['POST /b', 'ask'],
    ]);
  });

  test('in a circle ends', async () => {
    const heard: string[] = [];
    expect(told(await fetched({ '/list': redirect('/list') }, '/list', heard))).toEqual(['too-many-redirects', '3']);
    expect(heard).toHaveLength(limits.fetchRedirects + 1);
  });

  test.each([
    ['another scheme', 'ldap://directory.example.test/', ['not-supported', 'ldap:']],
    ['nowhere', 'http://', ['not-supported', 'no address']],
  ])('to %s is not followed', async (_name, to, expected) => {
    const answer = await fetched({ '/list': redirect(to) });
    expect(told(answer)).toEqual(expected);
    expect(answer.evidence).toHaveLength(1);
  });

  test('without a goal is a status like others', async () => {
    const answer = await fetched({ '/list': 'HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n' });
    expect(told(answer)).toEqual(['status', '302']);
  });
});

describe('the policy', () => {
  test.each([
    ['an address of this machine', 'http://127.0.0.1/', 'loopback'],
    ['the same, written as a number', 'http://2130706433/', 'loopback'],
    ['the same in IPv6', 'http://[::1]:8080/', 'loopback'],
    ['the same, hidden in IPv6', 'http://[::ffff:127.0.0.1]/', 'IPv4 inside IPv6'],
    ['a private address', 'https://10.0.0.1/list', 'private'],
    ['the metadata service of a cloud', 'http://169.254.169.254/latest/', 'link-local'],
  ])('refuses %s', async (_name, url, rule) => {
    const failure = await failureOf(door({ allow: [] }).fetch(url, CRL, never));
    expect(failure).toMatchObject({ code: 'target-not-allowed', details: { detail: rule } });
  });

  test.each(['http://127.0.0.1/', '//10.0.0.1/list', 'http://[fd00::1]/'])(
    'refuses what a redirect leads to: %s',
    async (to) => {
      const failure = await failureOf(fetched({ '/list': redirect(to) }));
      expect(failure.code).toBe('target-not-allowed');
      // The way there is told as well.
      expect(exchangesOf(failure.evidence)).toMatchObject([{ url: `http://${HOST}/list`, status: 302 }]);
    },
  );

  test('refuses a host whose pinned port is another one', async () => {
    const port = await tcpServer(answering({ '/list': ok('list') }));
    const pins = [{ host: 'other.example.test', port: null, address: '127.0.0.1', toPort: port }];
    const net = door({ allow: [], connect: pins });
    expect(await net.fetch('http://other.example.test/list', CRL, never)).toMatchObject({ kind: 'delivered' });
    expect((await failureOf(net.fetch(`http://127.0.0.1:${port}/list`, CRL, never))).code).toBe('target-not-allowed');
  });

  test('holds for names: what DNS gives out is checked at every hop', async () => {
    const port = await tcpServer(answering({ '/list': redirect('http://inside.lab.test/') }));
    const zone = new Map([
      ['list.lab.test', [addressRecord('127.0.0.1')]],
      ['inside.lab.test', [addressRecord('10.0.0.1')]],
    ]);
    const dns = await startDns(zone, '127.0.0.1', 0);
    onTestFinished(() => void dns.stop());
    const net = door({ resolvers: [`127.0.0.1:${dns.port}`], portMap: [{ from: 80, to: port }] });
    const failure = await failureOf(net.fetch('http://list.lab.test/list', CRL, never));
    expect(failure).toMatchObject({ code: 'address-internal', details: { host: 'inside.lab.test' } });
    const kinds = failure.evidence.map(({ kind }) => kind);
    expect(kinds).toEqual(['exchange', 'dns']);
    expect((await failureOf(net.fetch('http://nobody.lab.test/', CRL, never))).code).toBe('name-not-found');
  });

  test('holds behind an outbound proxy, which is given the checked address', async () => {
    const heard: string[] = [];
    const proxy = await tcpServer((socket) => {
      socket.once('data', (bytes: Buffer) => {
        heard.push(String(bytes).split('\r\n')[0] ?? '');
        answering({ '/list': ok('list') })(socket);
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
      });
    });
    const pins = [{ host: HOST, port: null, address: '192.0.2.1', toPort: null }];
    const net = door({ allow: [], connect: pins, proxy: `http://127.0.0.1:${proxy}` });
    expect(await net.fetch(`http://${HOST}/list`, CRL, never)).toMatchObject({ kind: 'delivered' });
    expect(heard).toEqual(['CONNECT 192.0.2.1:80 HTTP/1.1']);
    expect((await failureOf(net.fetch('http://10.0.0.1/', CRL, never))).code).toBe('target-not-allowed');
    expect(heard).toHaveLength(1);
  });
});

describe('a limit', () => {
  test('of addresses: a name with many of them does not have us knock at many doors', async () => {
    const dialed: number[] = [];
    const many = Array.from({ length: 8 }, (_, at) => `192.0.2.${at}`);
    const way = {
      resolve: async () => resolved(...many),
      dial: async (to: Resolution) => {
        dialed.push(to.addresses.length);
        throw new NetFailure('refused', { host: to.host });
      },
    } as unknown as Way;
    expect((await failureOf(fetchOver(way, 'http://ca.example.test/', CRL, never))).code).toBe('refused');
    expect(dialed).toEqual([limits.fetchAddresses]);
  });

  test.each([
    ['issuer', limits.issuerBytes, '256 KiB'],
    ['ocsp', limits.ocspBytes, '64 KiB'],
    ['crl', limits.crlBytes, '20 MiB'],
  ] as const)('holds for %s: as long as it may be, and one byte more', async (kind, most, value) => {
    const port = await tcpServer(answering({ '/full': ok('x'.repeat(most)), '/over': ok('x'.repeat(most + 1)) }));
    const net = doorTo(port);
    const full = await net.fetch(`http://${HOST}/full`, { kind }, never);
    expect(full.kind === 'delivered' && full.body.length).toBe(most);
    const failure = await failureOf(net.fetch(`http://${HOST}/over`, { kind }, never));
    expect(failure).toMatchObject({ code: 'too-large', details: { host: HOST, limit: { value } } });
  });

  test('ends an answer that never does', async () => {
    const port = await tcpServer((socket) => {
      const more = (): void => {
        while (socket.writable && socket.write('x'.repeat(16_384)));
      };
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n\r\n', more));
      socket.on('drain', more);
    });
    const failure = await failureOf(doorTo(port).fetch(`http://${HOST}/`, { kind: 'ocsp' }, never));
    expect(failure.code).toBe('too-large');
  });

  /** Sets the clock of fetches to "too late" once the server says so. */
  function clock(): () => void {
    const late = new AbortController();
    const native = AbortSignal.timeout.bind(AbortSignal);
    const spy = vi
      .spyOn(AbortSignal, 'timeout')
      .mockImplementation((ms) => (ms === limits.fetchMs ? late.signal : native(ms)));
    onTestFinished(() => spy.mockRestore());
    return () => late.abort();
  }

  test.each([
    ['nothing', ''],
    ['half a head', 'HTTP/1.1 200 OK\r\nContent-'],
    ['half a body', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'],
  ])('ends the wait for a host that says %s and stays silent', async (_name, words) => {
    const now = clock();
    const port = await tcpServer(
      (socket) => void socket.once('data', () => socket.write(words, () => setImmediate(now))),
    );
    const failure = await failureOf(doorTo(port).fetch(`http://${HOST}/`, CRL, never));
    expect(failure).toMatchObject({ code: 'http-timeout', details: { host: HOST, waitedMs: limits.fetchMs } });
    expect(exchangesOf(failure.evidence)).toHaveLength(1);
  });

  test('ends the wait for a handshake', async () => {
    const now = clock();
    const port = await tcpServer((socket) => void socket.once('data', now));
    expect((await failureOf(doorTo(port).fetch(`https://${HOST}/`, CRL, never))).code).toBe('http-timeout');
  });

  test('leaves no connection behind', async () => {
    const now = clock();
    const gone = Promise.withResolvers<void>();
    const port = await tcpServer((socket) => {
      socket.once('close', () => gone.resolve());
      socket.once('data', now);
    });
    await failureOf(doorTo(port).fetch(`http://${HOST}/`, CRL, never));
    await gone.promise;
  });

  test('of the step is not called slowness of the host', async () => {
    const now = clock();
    const step = new AbortController();
    const port = await tcpServer(
      (socket) =>
        void socket.once('data', () => {
          step.abort();
          now();
        }),
    );
    const failure = await failureOf(doorTo(port).fetch(`http://${HOST}/`, CRL, step.signal));
    expect(failure).toMatchObject({ code: 'unknown', details: { detail: 'cancelled' } });
  });
});

test.each([
  ['nonsense', 'SSH-2.0-OpenSSH_9\r\n', 'not-http'],
  ['nothing', '', 'closed-early'],
  ['half a body', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf', 'closed-early'],
])('a host that answers with %s fails as such', async (_name, words, code) => {
  const port = await tcpServer((socket) => void socket.once('data', () => socket.end(words)));
  expect((await failureOf(doorTo(port).fetch(`http://${HOST}/`, CRL, never))).code).toBe(code);
});

test('a host that hangs up at once, or is not there, fails as such', async () => {
  const port = await tcpServer((socket) => socket.resetAndDestroy());
  expect((await failureOf(doorTo(port).fetch(`http://${HOST}/`, CRL, never))).code).toMatch(/reset|closed-early/);
  const dead = await failureOf(doorTo(await freePort()).fetch(`http://${HOST}/`, CRL, never));
  expect(dead).toMatchObject({ code: 'refused', details: { host: HOST } });
});
