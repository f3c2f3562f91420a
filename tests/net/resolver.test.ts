/** Names to addresses, against the lab's own DNS server. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { limits } from '#lib/net/limits.ts';
import { defaultProfile, type NetworkProfile } from '#lib/net/profile.ts';
import { resolve } from '#lib/net/resolver.ts';
import { addressRecord } from '#tests/lab/dns/records.ts';
import { startDns } from '#tests/lab/dns/server.ts';
import type { NameAnswer } from '#tests/lab/dns/zone.ts';
import { codeOf, failureOf, never } from './servers.ts';

const many = Array.from({ length: 30 }, (_, at) => addressRecord(`127.0.1.${at + 1}`));

const ZONE: Record<string, NameAnswer> = {
  'one.lab.test': [addressRecord('127.1.2.3')],
  'both.lab.test': [addressRecord('127.1.2.3'), addressRecord('::1')],
  'alias.lab.test': [{ type: 'CNAME', target: 'one.lab.test' }],
  'text.lab.test': [{ type: 'TXT', texts: ['hello'] }],
  'servfail.lab.test': 'servfail',
  'refused.lab.test': 'refused',
  'silent.lab.test': 'silent',
  'internal.lab.test': [addressRecord('10.0.0.1'), addressRecord('192.168.0.1')],
  'mixed.lab.test': [addressRecord('10.0.0.1'), addressRecord('127.1.2.3')],
  'many.lab.test': many,
};

async function lookUp(host: string, more: Partial<NetworkProfile> = {}, signal = never, port = 443) {
  const dns = await startDns(new Map(Object.entries(ZONE)), '127.0.0.1', 0);
  onTestFinished(() => void dns.stop());
  const profile = { ...defaultProfile, allow: ['127.0.0.0/8', '::1/128'], resolvers: [`127.0.0.1:${dns.port}`] };
  return resolve(host, port, { ...profile, ...more }, signal);
}

const addressesOf = async (...args: Parameters<typeof lookUp>): Promise<string[]> =>
  (await lookUp(...args)).addresses.map(({ address }) => address);

describe('a name', () => {
  test.each([
    ['one.lab.test', ['127.1.2.3']],
    ['both.lab.test', ['127.1.2.3', '::1']],
    ['alias.lab.test', ['127.1.2.3']],
    // What the policy forbids is left out where something else remains.
    ['mixed.lab.test', ['127.1.2.3']],
  ])('%s leads to %j', async (host, addresses) => {
    expect(await addressesOf(host)).toEqual(addresses);
  });

  test.each([
    ['nobody.lab.test', 'name-not-found', 'NXDOMAIN'],
    ['text.lab.test', 'no-address', 'NODATA'],
    ['servfail.lab.test', 'name-server-failed', 'SERVFAIL'],
    ['refused.lab.test', 'name-server-failed', 'REFUSED'],
    ['internal.lab.test', 'address-internal', 'private'],
  ])('%s ends as %s (%s)', async (host, code, detail) => {
    expect(await codeOf(lookUp(host))).toEqual([code, detail]);
  });

  test('whose servers stay silent is given up, and says for how long', async () => {
    const failure = await failureOf(lookUp('silent.lab.test'));
    expect(failure.code).toBe('name-server-silent');
    expect(failure.details.waitedMs).toBeGreaterThanOrEqual(limits.dnsTryMs);
  });

  test('is asked for no longer once the run is stopped', async () => {
    const cancel = new AbortController();
    const asked = lookUp('silent.lab.test', {}, cancel.signal);
    setImmediate(() => cancel.abort());
    expect((await failureOf(asked)).details.waitedMs).toBeLessThan(limits.dnsTryMs);
  });

  test('with more addresses than anybody needs is cut to the limit, and the evidence shows them', async () => {
    const { addresses, evidence } = await lookUp('many.lab.test');
    expect(addresses).toHaveLength(limits.addresses);
    expect(evidence.kind === 'dns' && evidence.body.answers).toHaveLength(many.length);
  });

  test('shows in the evidence what was answered, what was not, and who was asked', async () => {
    const { evidence } = await lookUp('one.lab.test');
    expect(evidence).toMatchObject({
      kind: 'dns',
      body: {
        resolver: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        answers: [{ family: 4, address: '127.1.2.3', ttl: expect.any(Number) }],
        errors: [{ question: 'AAAA', answer: 'ENODATA' }],
      },
    });
    const { details, evidence: seen } = await failureOf(lookUp('internal.lab.test'));
    expect(details.addresses).toEqual(['10.0.0.1', '192.168.0.1']);
    expect(seen).toMatchObject([{ body: { answers: [{ address: '10.0.0.1' }, { address: '192.168.0.1' }] } }]);
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
