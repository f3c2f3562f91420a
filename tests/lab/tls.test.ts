/** The oddities of TLS, shown with Node's own client and with bytes read by hand: each fault is the one that its world promises. */
import { once } from 'node:events';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, connectTo, handshake, mailHost } from './client.ts';
import { type Lab, startLab } from './lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any' });
});
afterAll(() => lab.stop());

const ANY = { ciphers: 'TLS_AES_256_GCM_SHA384:ALL:COMPLEMENTOFALL:@SECLEVEL=0', minVersion: 'TLSv1' } as const;

const shake = (world: string, options: ConnectionOptions = {}): Promise<TLSSocket> =>
  handshake(lab, mailHost(world), options);

/** What came of a handshake: version and suite, or the code of its failure. */
async function outcomeOf(world: string, options: ConnectionOptions): Promise<string> {
  try {
    const tls = await shake(world, options);
    const said = `${tls.getProtocol()} ${tls.getCipher().name}`;
    tls.destroy();
    return said;
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
}

describe('versions and suites', () => {
  test.each([
    ['tls-old-versions', { maxVersion: 'TLSv1' }, /^TLSv1 /],
    ['tls-old-versions', { maxVersion: 'TLSv1.1' }, /^TLSv1\.1 /],
    ['tls-old-versions', {}, /^TLSv1\.3 /],
    ['tls-only-13', { maxVersion: 'TLSv1.2' }, /PROTOCOL_VERSION/],
    ['tls-only-13', {}, /^TLSv1\.3 /],
    ['tls-null', { ciphers: 'NULL:@SECLEVEL=0', maxVersion: 'TLSv1.2' }, / NULL-SHA256$/],
    ['tls-null', { maxVersion: 'TLSv1.2' }, / ECDHE-/],
    ['tls-anonymous', { ciphers: 'aNULL:@SECLEVEL=0', maxVersion: 'TLSv1.2' }, / AECDH-AES256-SHA$/],
    ['tls-anonymous', { maxVersion: 'TLSv1.2' }, / ECDHE-/],
    ['healthy', { maxVersion: 'TLSv1.1' }, /PROTOCOL_VERSION/],
    ['healthy', { ciphers: 'NULL:aNULL:@SECLEVEL=0', maxVersion: 'TLSv1.2' }, /HANDSHAKE_FAILURE/],
  ] as const)('%s, asked with %j', async (world, options, outcome) => {
    expect(await outcomeOf(world, { ...ANY, ...options })).toMatch(outcome);
  });
});

/** The words of a client of old that offers one suite, and what is said to them. RFC 5246 7.4.1.2 */
async function answerTo(world: string, version: number, suite: number): Promise<Buffer> {
  const body = Buffer.concat([
    Buffer.of(3, version),
    Buffer.alloc(32, 1),
    Buffer.of(0, 0, 2, suite >> 8, suite & 0xff, 1, 0),
  ]);
  const hello = Buffer.concat([Buffer.of(22, 3, 1, 0, body.length + 4, 1, 0, 0, body.length), body]);
  const socket = await connectTo(lab, mailHost(world));
  socket.write(hello);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return answer;
}

describe('what OpenSSL has forgotten', () => {
  test.each([
    ['tls-rc4', 3, 0x0005, 22],
    ['tls-3des', 3, 0x000a, 22],
    ['tls-export', 3, 0x0003, 22],
    ['tls-ssl3', 0, 0x002f, 22],
    ['tls-rc4', 3, 0x000a, 21],
    ['tls-ssl3', 0, 0x0005, 21],
    ['healthy', 3, 0x0005, 21],
  ])('%s answers a hello of version 3.%d with suite %d', async (world, version, suite, type) => {
    expect((await answerTo(world, version, suite))[0]).toBe(type);
  });

  test.each(['tls-rc4', 'tls-3des', 'tls-export', 'tls-ssl3'])('%s serves all others as usual', async (world) => {
    const answer = await ask(lab, mailHost(world), { method: 'GET', path: '/' });
    answer.resume();
    expect(answer.statusCode).toBe(404);
  });
});

describe('names', () => {
  test('without one there is another certificate', async () => {
    const [named, bare] = [
      await shake('no-sni-other-certificate'),
      await shake('no-sni-other-certificate', { servername: '' }),
    ];
    const host = mailHost('no-sni-other-certificate');
    expect(named.getPeerX509Certificate()?.checkHost(host)).toBeDefined();
    expect(bare.getPeerX509Certificate()?.checkHost(host)).toBeUndefined();
    for (const tls of [named, bare]) tls.destroy();
  });

  test('without one there is an alert', async () => {
    (await shake('no-sni-refused')).destroy();
    await expect(shake('no-sni-refused', { servername: '' })).rejects.toThrow('alert number 112');
  });

  test('the one that Outlook wants stands among the alternatives only', async () => {
    const tls = await shake('principal-in-san');
    const certificate = tls.getPeerX509Certificate();
    tls.destroy();
    expect(certificate?.checkHost('outlook.principal-in-san.lab.test')).toBeDefined();
    expect(certificate?.subject).not.toContain('outlook');
  });
});

describe('client certificates', () => {
  const get = (world: string) => ask(lab, mailHost(world), { method: 'GET', path: '/' });

  test('are wished for, and not missed', async () => {
    const answer = await get('client-certificate-wished');
    answer.resume();
    expect(answer.statusCode).toBe(404);
  });

  test('are demanded during the handshake', async () => {
    await expect(shake('client-certificate-demanded-12')).rejects.toThrow('alert number 40');
    const tls = await shake('client-certificate-demanded');
    const [error] = (await once(tls.resume(), 'error')) as [Error];
    expect(error.message).toContain('alert number 116');
  });

  test.each([
    ['client-certificate-iis', '403.7'],
    ['client-certificate-untrusted', '403.16'],
  ])('%s asks after the request', async (world, number) => {
    const answer = await get(world);
    const page = (await answer.toArray()).join('');
    expect([answer.statusCode, page.includes(number)]).toEqual([403, true]);
  });
});

test('a clock is wrong by an hour', async () => {
  const answer = await ask(lab, mailHost('clock-wrong'), { method: 'GET', path: '/' });
  answer.resume();
  const ahead = Date.parse(answer.headers.date ?? '') - Date.now();
  expect(Math.round(ahead / 60_000)).toBe(60);
});

describe('broken and hostile handshakes', () => {
  test.each([
    ['tls-alert-internal-error', /alert number 80/],
    ['tls-alert-unrecognized-name', /alert number 112/],
    ['tls-truncated', /disconnected before secure/],
    ['tls-garbage', /unexpected message/],
    ['tls-huge-message', /excessive message size/],
  ])('%s', async (world, message) => {
    await expect(shake(world)).rejects.toThrow(message);
  });

  test('one begins anew for ever', async () => {
    const socket = await connectTo(lab, mailHost('tls-endless'));
    socket.write('anything');
    let heard = 0;
    for await (const piece of socket) {
      heard += (piece as Buffer).length;
      if (heard > 1_000_000) break;
    }
    expect(heard).toBeGreaterThan(1_000_000);
  });

  test('one sends a byte now and then', async () => {
    const socket = await connectTo(lab, mailHost('tls-dribble'));
    const [first] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(first).toEqual(Buffer.of(22));
  });
});
