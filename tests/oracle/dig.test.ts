/** The lab's DNS server, asked by `dig`. */
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { addressRecord } from '#tests/lab/dns/records.ts';
import { startDns } from '#tests/lab/dns/server.ts';
import type { NameAnswer, Zone } from '#tests/lab/dns/zone.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { needs, output } from './foreign.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: ['healthy', 'servfail', 'dns-refused', 'one-dead-address'] });
});
afterAll(() => lab.stop());
beforeEach((context) => needs(context, 'dig'));

interface Reply {
  readonly status: string;
  readonly flags: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
  readonly answers: readonly string[];
  /** What dig complains about: a message that is too long, a part that it cannot read. */
  readonly warnings: readonly string[];
}

async function dig(port: number, ...question: readonly string[]): Promise<Reply> {
  const server = ['@127.0.0.1', '-p', String(port), '+tries=1', '+timeout=3', '+noedns', '+nocookie'];
  return read(await output('dig', [...server, ...question]));
}

function read(text: string): Reply {
  const counts = [...text.matchAll(/(QUERY|ANSWER|AUTHORITY|ADDITIONAL): (\d+)/g)];
  return {
    status: /status: (\w+)/.exec(text)?.[1] ?? 'none',
    flags: /flags: ([\w ]*);/.exec(text)?.[1]?.split(' ') ?? [],
    counts: Object.fromEntries(counts.map(([, name = '', count]) => [name, Number(count)])),
    answers: [...text.matchAll(/^[^;\s]\S*\s+\d+\s+IN\s+(?!SOA)(\S+\s+\S+)$/gm)].map(([, answer = '']) =>
      answer.replace(/\s+/, ' '),
    ),
    warnings: text.match(/^;; (?:Warning|WARNING|Got bad|Truncated).*$/gm) ?? [],
  };
}

test.for<[name: string, type: string, status: string, answers: string[]]>([
  ['autodiscover.healthy.lab.test', 'A', 'NOERROR', ['A 127.77.1.2']],
  ['AUTODISCOVER.Healthy.Lab.Test', 'A', 'NOERROR', ['A 127.77.1.2']],
  ['autodiscover.healthy.lab.test', 'AAAA', 'NOERROR', []],
  ['healthy.lab.test', 'A', 'NOERROR', []],
  ['nobody.lab.test', 'A', 'NXDOMAIN', []],
  ['servfail.lab.test', 'A', 'SERVFAIL', []],
  ['dns-refused.lab.test', 'A', 'REFUSED', []],
  ['example.org', 'A', 'REFUSED', []],
  ['lab.test', 'NS', 'NOERROR', ['NS ns.lab.test.']],
])('%s %s', async ([name, type, status, answers]) => {
  for (const transport of ['+notcp', '+tcp']) {
    const reply = await dig(lab.ports.dns, transport, name, type);
    expect(reply).toMatchObject({ status, answers, warnings: [] });
    expect(reply.flags).toContain('qr');
  }
});

test('where there is nothing, the start of authority says for how long', async () => {
  for (const name of ['healthy.lab.test', 'nobody.lab.test']) {
    const { counts } = await dig(lab.ports.dns, name, 'A');
    expect(counts).toMatchObject({ ANSWER: 0, AUTHORITY: 1 });
  }
});

test('a host with two addresses has both', async () => {
  const { answers } = await dig(lab.ports.dns, 'autodiscover.one-dead-address.lab.test', 'A');
  expect(answers).toHaveLength(2);
});

test('what does not fit into a datagram is cut, and comes whole over TCP', async () => {
  const addresses = Array.from({ length: 60 }, (_, at) => addressRecord(`127.0.1.${at + 1}`));
  const { port, stop } = await startDns(new Map([['many.lab.test', addresses]]) satisfies Zone, '127.0.0.1', 0);
  onTestFinished(async () => void (await stop()));
  const cut = await dig(port, '+ignore', 'many.lab.test', 'A');
  expect(cut.flags).toContain('tc');
  expect(cut.answers.length).toBeLessThan(60);
  const whole = await dig(port, 'many.lab.test', 'A');
  expect(whole.flags).not.toContain('tc');
  expect(whole.answers).toHaveLength(60);
});

test('a client that can take more in a datagram gets more', async () => {
  const addresses = Array.from({ length: 40 }, (_, at) => addressRecord(`127.0.1.${at + 1}`));
  const { port, stop } = await startDns(new Map([['some.lab.test', addresses]]) satisfies Zone, '127.0.0.1', 0);
  onTestFinished(async () => void (await stop()));
  expect((await dig(port, '+ignore', 'some.lab.test', 'A')).flags).toContain('tc');
  const more = await dig(port, '+ignore', '+edns=0', '+bufsize=1232', 'some.lab.test', 'A');
  expect([more.answers.length, more.warnings, more.counts.ADDITIONAL]).toEqual([40, [], 1]);
});

test('a wildcard answers for what is not there, and for nothing else', async () => {
  const zone: Zone = new Map([
    ['*.wild.lab.test', [addressRecord('127.0.0.7')]],
    ['own.wild.lab.test', [addressRecord('127.0.0.8')]],
    ['below.there.wild.lab.test', [addressRecord('127.0.0.9')]],
  ]);
  const { port, stop } = await startDns(zone, '127.0.0.1', 0);
  onTestFinished(async () => void (await stop()));
  const ask = async (name: string) => (({ status, answers }) => [status, ...answers])(await dig(port, name, 'A'));
  expect(await ask('any.wild.lab.test')).toEqual(['NOERROR', 'A 127.0.0.7']);
  expect(await ask('a.b.wild.lab.test')).toEqual(['NOERROR', 'A 127.0.0.7']);
  expect(await ask('own.wild.lab.test')).toEqual(['NOERROR', 'A 127.0.0.8']);
  expect(await ask('there.wild.lab.test')).toEqual(['NOERROR']);
  expect(await ask('other.there.wild.lab.test')).toEqual(['NXDOMAIN']);
  expect(await ask('elsewhere.lab.test')).toEqual(['NXDOMAIN']);
});

test('what is bent is bent as promised', async () => {
  const zone: Zone = new Map<string, NameAnswer>([
    ['half.lab.test', { records: [addressRecord('127.0.0.7')], faults: { AAAA: 'servfail' } }],
    ['lost.lab.test', [{ type: 'CNAME', target: 'nobody.lab.test' }]],
    ['away.lab.test', [{ type: 'CNAME', target: 'www.example.org' }]],
    ['garbage.lab.test', 'garbage'],
  ]);
  const { port, stop } = await startDns(zone, '127.0.0.1', 0);
  onTestFinished(async () => void (await stop()));
  expect((await dig(port, 'half.lab.test', 'A')).answers).toEqual(['A 127.0.0.7']);
  expect((await dig(port, 'half.lab.test', 'AAAA')).status).toBe('SERVFAIL');
  // RFC 6604: the status is that of the name at the end.
  expect(await dig(port, 'lost.lab.test', 'A')).toMatchObject({
    status: 'NXDOMAIN',
    answers: ['CNAME nobody.lab.test.'],
  });
  expect(await dig(port, 'away.lab.test', 'A')).toMatchObject({
    status: 'NOERROR',
    answers: ['CNAME www.example.org.'],
  });
  expect((await dig(port, 'exchange.contoso.local', 'A')).status).toBe('NXDOMAIN');
  expect((await dig(port, 'garbage.lab.test', 'A')).warnings).not.toEqual([]);
});

test('an alias is followed', async () => {
  const zone: Zone = new Map([
    ['alias.lab.test', [{ type: 'CNAME', target: 'real.lab.test' }]],
    ['real.lab.test', [addressRecord('2001:db8::1')]],
  ]);
  const { port, stop } = await startDns(zone, '127.0.0.1', 0);
  onTestFinished(async () => void (await stop()));
  expect((await dig(port, 'alias.lab.test', 'AAAA')).answers).toEqual(['CNAME real.lab.test.', 'AAAA 2001:db8::1']);
});
