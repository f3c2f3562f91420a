/** Our resolver, asking Knot DNS: it sees what `dig` sees there. */
import { beforeEach, expect, test } from 'vitest';
import { NetFailure } from '#lib/net/failure.ts';
import { defaultProfile } from '#lib/net/profile.ts';
import { resolve } from '#lib/net/resolver.ts';
import { resolveService, type ServiceHost } from '#lib/net/services.ts';
import type { DnsEvidence } from '#lib/result/evidence.ts';
import { freePort } from '#tests/free-port.ts';
import { needs, output, serve } from './foreign.ts';
import { TemporaryFolder } from './temporary.ts';

const MANY = Array.from({ length: 80 }, (_, at) => `many 60 A 127.0.2.${at + 1}`);

const MANY_HOSTS = Array.from({ length: 1_000 }, (_, at) => `_many._tcp 60 SRV ${at} 0 443 host-${at}`);

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
_one._tcp     60 SRV 10 5 8443 one
_several._tcp 60 SRV 20 100 443 one
_several._tcp 60 SRV 10 0   443 two
_several._tcp 60 SRV 10 60  444 both
_several._tcp 60 SRV 10 60  443 six
_several._tcp 60 SRV 10 60  443 elsewhere.example.org.
_none._tcp    60 SRV 0 0 0 .
_alias._tcp   60 CNAME _one._tcp
_lost._tcp    60 CNAME _nobody._tcp
_text._tcp    60 TXT "no service"
${MANY.join('\n')}
${MANY_HOSTS.join('\n')}
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

/** What `dig` gets of a service: a line for each record, sorted. */
async function dugService(name: string): Promise<string[]> {
  const [address = '', port = ''] = server.split(':');
  const said = await output('dig', [`@${address}`, '-p', port, '+short', '+tries=1', name, 'SRV']);
  return said
    .split('\n')
    .filter((line) => /^\d+ \d+ \d+ /.test(line))
    .sort();
}

const serviceOf = (name: string) => resolveService(name, [server], AbortSignal.timeout(10_000));

const lineOf = ({ priority, weight, port, target }: ServiceHost): string =>
  `${priority} ${weight} ${port} ${target === '.' ? '' : target}.`;

test('the same hosts of a service, also behind an alias', async () => {
  for (const [name, count] of [
    ['_one._tcp.oracle.test', 1],
    ['_several._tcp.oracle.test', 5],
    ['_alias._tcp.oracle.test', 1],
  ] as const) {
    const { records, aliases } = await serviceOf(name);
    expect(records, name).toHaveLength(count);
    expect(records.map(lineOf).sort(), name).toEqual(await dugService(name));
    expect(
      aliases.map(({ name: from, target }) => [from, target]),
      name,
    ).toEqual((await status(name, 'SRV')).aliases);
  }
});

test('the hosts of a service come in the order of RFC 2782', async () => {
  const { records } = await serviceOf('_several._tcp.oracle.test');
  expect(records.map(lineOf)).toEqual([
    '10 60 444 both.oracle.test.',
    '10 60 443 elsewhere.example.org.',
    '10 60 443 six.oracle.test.',
    '10 0 443 two.oracle.test.',
    '20 100 443 one.oracle.test.',
  ]);
});

test('a thousand hosts of a service come whole, over TCP', async () => {
  const { records, dropped } = await serviceOf('_many._tcp.oracle.test');
  expect((await status('_many._tcp.oracle.test', 'SRV', '+ignore', '+bufsize=1232')).flags).toContain('tc');
  expect(await dugService('_many._tcp.oracle.test')).toHaveLength(records.length + dropped);
  expect(records.map(({ priority }) => priority)).toEqual(Array.from({ length: records.length }, (_, at) => at));
});

test('a service that is not there, or decidedly not, is neither an error nor one of the others', async () => {
  for (const [name, outcome, word] of [
    ['_none._tcp.oracle.test', 'not-available', 'NOERROR'],
    ['_nobody._tcp.oracle.test', 'no-such-name', 'NXDOMAIN'],
    ['_lost._tcp.oracle.test', 'no-such-name', 'NXDOMAIN'],
    ['_text._tcp.oracle.test', 'no-data', 'NOERROR'],
  ] as const) {
    expect((await serviceOf(name)).outcome, name).toBe(outcome);
    expect((await status(name, 'SRV')).status, name).toBe(word);
  }
  expect(await dugService('_none._tcp.oracle.test')).toEqual(['0 0 0 .']);
  await expect(serviceOf('_one._tcp.broken.test')).rejects.toMatchObject({ code: 'name-server-failed' });
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
