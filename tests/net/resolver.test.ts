/** Names to addresses, against the lab's own DNS server. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { limits } from '#lib/net/limits.ts';
import { defaultProfile, type NetworkProfile } from '#lib/net/profile.ts';
import { type ResolveOptions, resolve } from '#lib/net/resolver.ts';
import type { DnsEvidence } from '#lib/result/evidence.ts';
import { addressRecord, type RecordData } from '#tests/lab/dns/records.ts';
import { startDns } from '#tests/lab/dns/server.ts';
import type { Bent, NameAnswer } from '#tests/lab/dns/zone.ts';
import { codeOf, failureOf, never } from './servers.ts';

const many = Array.from({ length: 30 }, (_, at) => addressRecord(`127.0.1.${at + 1}`));

const alias = (target: string): RecordData[] => [{ type: 'CNAME', target }];
const half = (faults: Bent['faults']): Bent => ({ records: [addressRecord('127.1.2.3')], ...(faults && { faults }) });

const ZONE: Record<string, NameAnswer> = {
  'one.lab.test': [addressRecord('127.1.2.3')],
  'both.lab.test': [addressRecord('127.1.2.3'), addressRecord('::1')],
  'alias.lab.test': alias('one.lab.test'),
  'aliases.lab.test': alias('alias.lab.test'),
  'lost.lab.test': alias('nobody.lab.test'),
  'empty.lab.test': alias('text.lab.test'),
  'inside.lab.test': alias('exchange.contoso.local'),
  'abroad.lab.test': alias('mail.example.org'),
  'circle.lab.test': alias('circles.lab.test'),
  'circles.lab.test': alias('circle.lab.test'),
  ...Object.fromEntries(
    Array.from({ length: 12 }, (_, at) => [`step-${at}.lab.test`, alias(`step-${at + 1}.lab.test`)]),
  ),
  'step-12.lab.test': [addressRecord('127.1.2.3')],
  'garbage.lab.test': 'garbage',
  'exchange.local': [addressRecord('127.1.2.3')],
  'half-failed.lab.test': half({ AAAA: 'servfail' }),
  'half-refused.lab.test': half({ AAAA: 'refused' }),
  'half-garbage.lab.test': half({ AAAA: 'garbage' }),
  'half-silent.lab.test': half({ AAAA: 'silent' }),
  'other-half-failed.lab.test': { records: [addressRecord('::1')], faults: { A: 'servfail' } },
  'whole-failed.lab.test': { records: [], faults: { A: 'servfail' } },
  'lossy.lab.test': { records: [addressRecord('127.1.2.3')], lossy: true },
  '*.wild.lab.test': [addressRecord('127.1.2.3')],
  'own.wild.lab.test': [addressRecord('127.1.2.4')],
  'synthesized.lab.test': [addressRecord('127.1.2.3'), addressRecord('64:ff9b::7f01:203')],
  'xn--bcher-kva.lab.test': [addressRecord('127.1.2.3')],
  'text.lab.test': [{ type: 'TXT', texts: ['hello'] }],
  'servfail.lab.test': 'servfail',
  'refused.lab.test': 'refused',
  'silent.lab.test': 'silent',
  'internal.lab.test': [addressRecord('10.0.0.1'), addressRecord('192.168.0.1')],
  'mixed.lab.test': [addressRecord('10.0.0.1'), addressRecord('127.1.2.3')],
  'many.lab.test': many,
};

async function lookUp(
  host: string,
  more: Partial<NetworkProfile> = {},
  signal = never,
  port = 443,
  options: ResolveOptions = {},
) {
  const dns = await startDns(new Map(Object.entries(ZONE)), '127.0.0.1', 0);
  onTestFinished(() => void dns.stop());
  const profile = { ...defaultProfile, allow: ['127.0.0.0/8', '::1/128'], resolvers: [`127.0.0.1:${dns.port}`] };
  return resolve(host, port, { ...profile, ...more }, signal, options);
}

const addressesOf = async (...args: Parameters<typeof lookUp>): Promise<string[]> =>
  (await lookUp(...args)).addresses.map(({ address }) => address);

describe('a name', () => {
  test.each([
    ['one.lab.test', ['127.1.2.3']],
    // As clients try them.
    ['both.lab.test', ['::1', '127.1.2.3']],
    ['alias.lab.test', ['127.1.2.3']],
    ['aliases.lab.test', ['127.1.2.3']],
    ['step-1.lab.test', ['127.1.2.3']],
    ['One.LAB.test', ['127.1.2.3']],
    ['one.lab.test.', ['127.1.2.3']],
    ['lossy.lab.test', ['127.1.2.3']],
    ['some.wild.lab.test', ['127.1.2.3']],
    // What the policy forbids is left out where something else remains.
    ['mixed.lab.test', ['127.1.2.3']],
    ['half-failed.lab.test', ['127.1.2.3']],
    ['other-half-failed.lab.test', ['::1']],
  ])('%s leads to %j', async (host, addresses) => {
    expect(await addressesOf(host)).toEqual(addresses);
  });

  test.each([
    ['nobody.lab.test', 'name-not-found', 'NXDOMAIN'],
    ['text.lab.test', 'no-address', 'NODATA'],
    ['servfail.lab.test', 'name-server-failed', 'SERVFAIL'],
    ['refused.lab.test', 'name-server-failed', 'REFUSED'],
    ['abroad.lab.test', 'name-server-failed', 'REFUSED'],
    ['whole-failed.lab.test', 'name-server-failed', 'SERVFAIL'],
    ['garbage.lab.test', 'name-server-failed', 'an answer that cannot be read'],
    ['circle.lab.test', 'name-server-failed', 'the aliases lead in a circle'],
    ['step-0.lab.test', 'name-server-failed', `more than ${limits.aliases} aliases one after the other`],
    ['lost.lab.test', 'name-not-found', 'NXDOMAIN'],
    ['empty.lab.test', 'no-address', 'NODATA'],
    ['not a name', 'name-not-found', 'malformed'],
    [`${'a'.repeat(64)}.lab.test`, 'name-not-found', 'malformed'],
    ['internal.lab.test', 'address-internal', 'private'],
  ])('%s ends as %s (%s)', async (host, code, detail) => {
    expect(await codeOf(lookUp(host))).toEqual([code, detail]);
  });

  test('whose servers stay silent is given up, and says for how long', async () => {
    const failure = await failureOf(lookUp('silent.lab.test'));
    expect(failure.code).toBe('name-server-silent');
    expect(failure.details.waitedMs).toBeGreaterThanOrEqual(6_000);
  });

  test('is asked for no longer once the run is stopped', async () => {
    const cancel = new AbortController();
    const asked = lookUp('silent.lab.test', {}, cancel.signal);
    setImmediate(() => cancel.abort());
    expect((await failureOf(asked)).details.waitedMs).toBeLessThan(1_000);
  });

  test.each([
    ['exchange.contoso.local', 'exchange.contoso.local'],
    ['inside.lab.test', 'exchange.contoso.local'],
    // The lab refuses what is not its own, as some resolvers do with single words.
    ['exchange', 'exchange'],
  ])('%s cannot exist outside, which is said of %s', async (host, named) => {
    expect(await failureOf(lookUp(host))).toMatchObject({ code: 'name-internal', details: { host: named } });
  });

  test('that resolves here is nobody’s business, whatever it is called', async () => {
    expect(await addressesOf('exchange.local')).toEqual(['127.1.2.3']);
  });

  test('that no resolver speaks of may exist anywhere', async () => {
    const failure = await failureOf(lookUp('exchange.local', { resolvers: ['127.0.0.1:1'] }));
    expect(failure.code).toBe('name-server-silent');
  });

  test('whose aliases lead to nothing says where they led', async () => {
    expect((await failureOf(lookUp('lost.lab.test'))).details.target).toBe('nobody.lab.test');
    expect((await failureOf(lookUp('nobody.lab.test'))).details).not.toHaveProperty('target');
  });

  test.each([
    ['half-failed.lab.test', { family: 6, word: 'SERVFAIL', silent: false }],
    ['half-refused.lab.test', { family: 6, word: 'REFUSED', silent: false }],
    ['half-garbage.lab.test', { family: 6, word: 'an answer that cannot be read', silent: false }],
    ['half-silent.lab.test', { family: 6, word: 'time-out', silent: true }],
    ['other-half-failed.lab.test', { family: 4, word: 'SERVFAIL', silent: false }],
  ])('%s has addresses and trouble: %j', async (host, trouble) => {
    expect((await lookUp(host)).troubles).toMatchObject([trouble]);
  });

  test('with addresses of one family only has no trouble', async () => {
    expect((await lookUp('one.lab.test')).troubles).toEqual([]);
  });

  test('keeps apart what the policy forbids, but for what the resolver has made itself', async () => {
    expect((await lookUp('mixed.lab.test')).forbidden).toEqual([{ address: '10.0.0.1', rule: 'private' }]);
    expect((await lookUp('synthesized.lab.test')).forbidden).toEqual([]);
  });

  test('with more addresses than anybody needs is cut to the limit, and the evidence shows them', async () => {
    const { addresses, untried, evidence } = await lookUp('many.lab.test');
    expect(addresses).toHaveLength(limits.addresses);
    expect(untried).toHaveLength(many.length - limits.addresses);
    expect(evidence.kind === 'dns' && evidence.body.answers).toHaveLength(many.length);
  });

  test('shows in the evidence what was answered, what was not, and who was asked', async () => {
    const { evidence } = await lookUp('one.lab.test');
    expect(evidence).toMatchObject({
      kind: 'dns',
      body: {
        resolver: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        answers: [{ family: 4, address: '127.1.2.3', ttl: expect.any(Number) }],
        errors: [{ question: 'AAAA', answer: 'NODATA' }],
      },
    });
    const { details, evidence: seen } = await failureOf(lookUp('internal.lab.test'));
    expect(details.addresses).toEqual(['10.0.0.1', '192.168.0.1']);
    expect(seen).toMatchObject([{ body: { answers: [{ address: '10.0.0.1' }, { address: '192.168.0.1' }] } }]);
  });
});

describe('a wildcard', () => {
  const curious = { wildcard: true };
  const wildcardOf = async (host: string) => (await lookUp(host, {}, never, 443, curious)).wildcard;

  test('is told where any other name beside the host leads to the same place', async () => {
    expect(await wildcardOf('some.wild.lab.test')).toBe('*.wild.lab.test');
  });

  test.each([
    ['own.wild.lab.test', 'leads elsewhere'],
    ['one.lab.test', 'is not there'],
  ])('beside %s %s', async (host) => expect(await wildcardOf(host)).toBeUndefined());

  test('is not asked for unless somebody wants to know, nor above a domain', async () => {
    const names = async (...args: Parameters<typeof lookUp>) => {
      const { evidence } = await lookUp(...args);
      return evidence.kind === 'dns' ? evidence.body.questions?.map(({ name }) => name) : [];
    };
    expect(await names('some.wild.lab.test')).toEqual(['some.wild.lab.test', 'some.wild.lab.test']);
    expect(await names('some.wild.lab.test', {}, never, 443, curious)).toHaveLength(3);
    expect((await failureOf(lookUp('lab.test', {}, never, 443, curious))).evidence).toMatchObject([
      { body: { questions: { length: 2 } } },
    ]);
  });
});

describe('the evidence', () => {
  const evidenceOf = async (...args: Parameters<typeof lookUp>): Promise<DnsEvidence> =>
    (await lookUp(...args)).evidence.body as DnsEvidence;

  test('shows each question, and what came of it', async () => {
    const { questions } = await evidenceOf('aliases.lab.test');
    const row = { name: 'aliases.lab.test', resolver: expect.stringMatching(/^127/), elapsedMs: expect.any(Number) };
    expect(questions).toEqual([
      { ...row, type: 'A', answer: 'NOERROR', records: 3 },
      { ...row, type: 'AAAA', answer: 'NOERROR', records: 2 },
    ]);
  });

  test('shows the aliases from the name that was asked for on', async () => {
    const { aliases } = await evidenceOf('aliases.lab.test');
    expect(aliases?.map(({ name, target }) => [name, target])).toEqual([
      ['aliases.lab.test', 'alias.lab.test'],
      ['alias.lab.test', 'one.lab.test'],
    ]);
  });

  test('has no other aliases than those that are handed on', async () => {
    const chain = ['aliases.lab.test', 'alias.lab.test'];
    const { aliases } = await lookUp('aliases.lab.test');
    expect(aliases?.map(({ name }) => name)).toEqual(chain);
    expect((await lookUp('one.lab.test')).aliases).toEqual([]);
    expect((await evidenceOf('aliases.lab.test')).aliases).toEqual(aliases);
  });

  test('shows a name as people write it', async () => {
    expect((await evidenceOf('xn--bcher-kva.lab.test')).unicode).toBe('bücher.lab.test');
    expect(await evidenceOf('one.lab.test')).not.toHaveProperty('unicode');
  });

  test('shows the resolver that was no use beside the one that was', async () => {
    const dns = await startDns(new Map(Object.entries(ZONE)), '127.0.0.1', 0);
    onTestFinished(() => void dns.stop());
    const resolvers = ['127.0.0.1:1', `127.0.0.1:${dns.port}`];
    const { resolver, questions } = await evidenceOf('one.lab.test', { resolvers });
    expect(resolver).toBe(resolvers.join(', '));
    expect(questions?.map(({ answer }) => answer).toSorted()).toEqual([
      'NODATA',
      'NOERROR',
      'no contact (ECONNREFUSED)',
      'no contact (ECONNREFUSED)',
    ]);
  });
});

describe('without a question to DNS', () => {
  const nobody = { resolvers: ['127.0.0.1:1'] };

  test('an address is itself, if the policy agrees', async () => {
    expect(await addressesOf('127.0.0.1', nobody)).toEqual(['127.0.0.1']);
    expect(await codeOf(lookUp('10.0.0.1', nobody))).toEqual(['target-not-allowed', 'private']);
  });

  test('a pinned host is where the profile says, which needs no other permission', async () => {
    const connect = [{ host: 'pinned.lab.test', port: 443, address: '10.0.0.1', toPort: null }];
    expect(await addressesOf('pinned.lab.test', { ...nobody, connect })).toEqual(['10.0.0.1']);
    expect(await codeOf(lookUp('pinned.lab.test', { connect }, never, 25))).toEqual(['name-not-found', 'NXDOMAIN']);
  });

  test('a pin opens its address to its own host and port only', async () => {
    const connect = [{ host: 'internal.lab.test', port: 443, address: '10.0.0.1', toPort: null }];
    const refused = ['address-internal', 'private'];
    expect(await addressesOf('internal.lab.test', { connect })).toEqual(['10.0.0.1']);
    expect(await codeOf(lookUp('internal.lab.test', { connect }, never, 25))).toEqual(refused);
    const other = connect.map((pin) => ({ ...pin, host: 'other.lab.test' }));
    expect(await codeOf(lookUp('internal.lab.test', { connect: other }))).toEqual(refused);
    expect(await codeOf(lookUp('10.0.0.1', { connect }))).toEqual(['target-not-allowed', 'private']);
  });
});
