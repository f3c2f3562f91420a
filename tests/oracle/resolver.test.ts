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
hollow   60  CNAME text
round    60  CNAME about
about    60  CNAME round
away     60  CNAME www.example.org.
*.wild   60  A     127.0.1.5
own.wild 60  A     127.0.1.6
xn--bcher-kva 60 A 127.0.1.7
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

/** The status that `dig` gets, its flags, and what is in the answer. */
async function status(name: string, type: string, ...options: string[]) {
  const [address = '', port = ''] = server.split(':');
  const said = await output('dig', [`@${address}`, '-p', port, '+tries=1', ...options, name, type]);
  return {
    status: /status: (\w+)/.exec(said)?.[1],
    flags: /flags: ([\w ]*);/.exec(said)?.[1]?.split(' ') ?? [],
    aliases: [...said.matchAll(/^(\S+)\.\s+\d+\s+IN\s+CNAME\s+(\S+)\.$/gm)].map(([, from, to]) => [from, to]),
    answers: Number(/ANSWER: (\d+)/.exec(said)?.[1]),
  };
}

/** What our resolver gets. */
async function resolved(name: string, wildcard = false) {
  const profile = { ...defaultProfile, resolvers: [server], allow: ['127.0.0.0/8', '::1/128'] };
  const resolution = await resolve(name, 443, profile, AbortSignal.timeout(10_000), { wildcard });
  return { ...resolution, seen: resolution.evidence.body as DnsEvidence };
}

/** The failure with which our resolver ends. */
async function failed(name: string): Promise<{ failure: NetFailure; seen: DnsEvidence }> {
  const failure = await resolved(name).catch((error: unknown) => error);
  if (!(failure instanceof NetFailure)) throw new Error(`${name} was found`);
  return { failure, seen: failure.evidence[0]?.body as DnsEvidence };
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

test('it came over TCP, as `dig` does it when the flag says that it was cut', async () => {
  const { seen } = await resolved('many.oracle.test');
  const cut = await status('many.oracle.test', 'A', '+ignore', '+bufsize=1232');
  expect(cut.flags).toContain('tc');
  expect(seen.questions?.map(({ type, resolver, answer }) => [type, resolver, answer])).toEqual([
    ['A', server, 'TRUNCATED'],
    ['AAAA', server, 'NODATA'],
    ['A', `${server} over TCP`, 'NOERROR'],
  ]);
});

test('the same aliases, in their order', async () => {
  for (const name of ['alias.oracle.test', 'one.oracle.test']) {
    const { seen } = await resolved(name);
    const aliases = seen.aliases?.map(({ name: from, target }) => [from, target]);
    expect(aliases, name).toEqual((await status(name, 'A')).aliases);
  }
});

test('a wildcard is told from a record of its own', async () => {
  expect((await resolved('any.wild.oracle.test', true)).wildcard).toBe('*.wild.oracle.test');
  expect((await resolved('own.wild.oracle.test', true)).wildcard).toBeUndefined();
  expect((await resolved('one.oracle.test', true)).wildcard).toBeUndefined();
  expect(await dug('never-heard-of.wild.oracle.test')).toEqual(await dug('any.wild.oracle.test'));
});

test('an international name is asked for as DNS has it', async () => {
  const { addresses, seen } = await resolved('xn--bcher-kva.oracle.test');
  expect(addresses.map(({ address }) => address)).toEqual(await dug('xn--bcher-kva.oracle.test'));
  expect(seen.unicode).toBe('bücher.oracle.test');
});

test('no such name and no such record are two things, also behind an alias', async () => {
  for (const [name, word] of [
    ['nobody.oracle.test', 'NXDOMAIN'],
    ['lost.oracle.test', 'NXDOMAIN'],
    ['text.oracle.test', 'NODATA'],
    ['hollow.oracle.test', 'NODATA'],
  ] as const) {
    const { seen } = await failed(name);
    expect(
      seen.errors.map(({ answer }) => answer),
      name,
    ).toEqual([word, word]);
    const said = await status(name, 'A');
    expect(said.status, name).toBe(word === 'NODATA' ? 'NOERROR' : word);
    expect(said.answers, name).toBe(said.aliases.length);
    expect(
      seen.aliases?.map(({ name: from, target }) => [from, target]),
      name,
    ).toEqual(said.aliases);
  }
});

test('aliases in a circle, and out of the zone, are followed as far as they lead', async () => {
  expect((await failed('round.oracle.test')).failure.details.detail).toBe('the aliases lead in a circle');
  const { failure, seen } = await failed('away.oracle.test');
  expect(failure).toMatchObject({ code: 'name-server-failed', details: { target: 'www.example.org' } });
  // Knot gives its reason; `dig` shows it as "EDE: 20 (Not Authoritative)".
  const questions = seen.questions?.map(({ name, answer }) => `${name} ${answer}`);
  expect(questions).toContain('www.example.org REFUSED (not authoritative)');
});

test('what goes wrong has the name that it deserves', async () => {
  for (const [name, code, word] of [
    ['nobody.oracle.test', 'name-not-found', 'NXDOMAIN'],
    ['lost.oracle.test', 'name-not-found', 'NXDOMAIN'],
    ['text.oracle.test', 'no-address', 'NOERROR'],
    ['host.broken.test', 'name-server-failed', 'SERVFAIL'],
    ['host.elsewhere.test', 'name-server-failed', 'REFUSED'],
  ] as const) {
    expect((await failed(name)).failure.code, name).toBe(code);
    expect((await status(name, 'A')).status, name).toBe(word);
  }
});
