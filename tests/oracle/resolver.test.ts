/** Our resolver, asking Knot DNS: it sees what `dig` sees there. */
import { beforeEach, expect, test } from 'vitest';
import { NetFailure } from '#lib/net/failure.ts';
import { defaultProfile } from '#lib/net/profile.ts';
import { resolve } from '#lib/net/resolver.ts';
import type { DnsEvidence } from '#lib/result/evidence.ts';
import { freePort } from '#tests/free-port.ts';
import { needs, output, serve } from './foreign.ts';
import { TemporaryFolder } from './temporary.ts';

const MANY = Array.from({ length: 80 }, (_, at) => `many 60 A 127.0.2.${at + 1}`);

const ZONE = `
$ORIGIN oracle.test.
@        300 SOA   ns hostmaster 1 3600 600 86400 60
@        300 NS    ns
ns       300 A     127.0.0.1
one      60  A     127.0.1.1
both     60  A     127.0.1.2
both     60  AAAA  ::1
six      60  AAAA  ::1
two      60  A     127.0.1.3
two      60  A     127.0.1.4
text     60  TXT   "no address"
alias    60  CNAME next
next     60  CNAME one
lost     60  CNAME nobody
*.wild   60  A     127.0.1.5
${MANY.join('\n')}
`;

/** Starts Knot with that zone, and with a second one whose file is missing, so that it has to fail. */
async function startKnot(): Promise<string> {
  const folder = new TemporaryFolder();
  const port = await freePort();
  folder.write('oracle.test.zone', ZONE);
  const configuration = `
server:
  listen: 127.0.0.1@${port}
  rundir: "${folder.path}"
  udp-workers: 1
  tcp-workers: 1
database:
  storage: "${folder.path}"
log:
  - target: stdout
    any: info
zone:
  - domain: oracle.test
    storage: "${folder.path}"
  - domain: broken.test
    storage: "${folder.path}"
`;
  await serve(
    '/usr/sbin/knotd',
    ['--config', folder.write('knot.conf', configuration)],
    /zone file parsed|loaded, serial/,
  );
  return `127.0.0.1:${port}`;
}

let server: string;
beforeEach(async (context) => {
  needs(context, 'knotd', 'dig');
  server = await startKnot();
});

/** What `dig` gets: all addresses, sorted. */
async function dug(name: string): Promise<string[]> {
  const [address = '', port = ''] = server.split(':');
  const ask = (type: string) => output('dig', [`@${address}`, '-p', port, '+short', '+tries=1', name, type]);
  const lines = (await Promise.all(['A', 'AAAA'].map(ask))).join('').split('\n');
  return lines.filter((line) => /^[\d.]+$|^[\da-f:]+$/.test(line) && line !== '').sort();
}

/** What our resolver gets. */
async function resolved(name: string) {
  const profile = { ...defaultProfile, resolvers: [server], allow: ['127.0.0.0/8', '::1/128'] };
  const resolution = await resolve(name, 443, profile, AbortSignal.timeout(10_000));
  return { ...resolution, seen: resolution.evidence.body as DnsEvidence };
}

test('the same addresses', async () => {
  for (const name of ['one', 'both', 'six', 'two', 'alias', 'any.wild', 'ONE'].map((label) => `${label}.oracle.test`)) {
    const { addresses } = await resolved(name);
    expect(addresses.map(({ address }) => address).sort(), name).toEqual(await dug(name));
  }
});

test('their time to live comes along', async () => {
  const { addresses } = await resolved('one.oracle.test');
  expect(addresses).toEqual([{ address: '127.0.1.1', family: 4, ttl: 60 }]);
});

test('an answer that does not fit into a datagram comes whole, and the first few are used', async () => {
  const { addresses, seen } = await resolved('many.oracle.test');
  expect(await dug('many.oracle.test')).toHaveLength(MANY.length);
  expect(seen.answers).toHaveLength(50);
  expect(addresses).toHaveLength(8);
});

test('what goes wrong has the name that it deserves', async () => {
  for (const [name, code, status] of [
    ['nobody.oracle.test', 'name-not-found', 'NXDOMAIN'],
    ['lost.oracle.test', 'name-not-found', 'NXDOMAIN'],
    ['text.oracle.test', 'no-address', 'NOERROR'],
    ['host.broken.test', 'name-server-failed', 'SERVFAIL'],
    ['host.elsewhere.test', 'name-server-failed', 'REFUSED'],
  ] as const) {
    const failure = await resolved(name).catch((error: unknown) => error);
    expect(failure, name).toBeInstanceOf(NetFailure);
    expect((failure as NetFailure).code, name).toBe(code);
    const [address = '', port = ''] = server.split(':');
    expect(await output('dig', [`@${address}`, '-p', port, '+tries=1', name, 'A']), name).toContain(
      `status: ${status}`,
    );
  }
});
