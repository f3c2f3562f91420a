/** SRV records: their order, how many are used, and that "there is none" is something else than "nobody knows". */
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Found } from '#lib/net/dns/lookup.ts';
import type { ServiceRecord } from '#lib/net/dns/message.ts';
import { limits } from '#lib/net/limits.ts';
import { type ServiceLookup, type ServiceOutcome, serviceOf } from '#lib/net/services.ts';
import type { ServiceEvidence } from '#lib/result/evidence.ts';
import type { RecordData } from '#tests/lab/dns/records.ts';
import { startDns } from '#tests/lab/dns/server.ts';
import type { NameAnswer } from '#tests/lab/dns/zone.ts';
import { codeOf, door, failureOf, never } from './servers.ts';

const srv = (target: string, priority = 0, weight = 0, port = 443): RecordData => {
  return { type: 'SRV', priority, weight, port, target };
};

const ZONE: Record<string, NameAnswer> = {
  '_one._tcp.lab.test': [srv('mail.lab.test', 10, 5, 8443)],
  '_several._tcp.lab.test': [
    srv('last.lab.test', 20, 100),
    srv('light.lab.test', 10, 0),
    srv('second-of-equals.lab.test', 10, 30),
    srv('heavy.lab.test', 10, 60),
    srv('First-of-equals.lab.test', 10, 30),
  ],
  '_none._tcp.lab.test': [srv('.', 0, 0, 0)],
  '_odd._tcp.lab.test': [srv('mail.lab.test'), srv('.', 1, 0, 0)],
  '_twice._tcp.lab.test': [srv('mail.lab.test'), srv('MAIL.lab.test'), srv('mail.lab.test', 0, 0, 444)],
  '_thousand._tcp.lab.test': Array.from({ length: 1_000 }, (_, at) => srv(`h${at}.lab.test`, 1_000 - at)),
  '_alias._tcp.lab.test': [{ type: 'CNAME', target: '_one._tcp.lab.test' }],
  '_lost._tcp.lab.test': [{ type: 'CNAME', target: '_nobody._tcp.lab.test' }],
  '_circle._tcp.lab.test': [{ type: 'CNAME', target: '_circles._tcp.lab.test' }],
  '_circles._tcp.lab.test': [{ type: 'CNAME', target: '_circle._tcp.lab.test' }],
  '_text._tcp.lab.test': [{ type: 'TXT', texts: ['hello'] }],
  '_servfail._tcp.lab.test': 'servfail',
  '_refused._tcp.lab.test': 'refused',
  '_garbage._tcp.lab.test': 'garbage',
  '_silent._tcp.lab.test': 'silent',
};

async function lookUp(service: string, signal = never): Promise<ServiceLookup> {
  const dns = await startDns(new Map(Object.entries(ZONE)), '127.0.0.1', 0);
  onTestFinished(() => void dns.stop());
  return door({ resolvers: [`127.0.0.1:${dns.port}`] }).resolveService(service, signal);
}

const targets = ({ records }: ServiceLookup): string[] => records.map(({ target }) => target);

const seenIn = ({ evidence }: ServiceLookup): ServiceEvidence => {
  if (evidence.kind !== 'srv') throw new Error('no evidence of services');
  return evidence.body;
};

describe('the hosts of a service', () => {
  test('come with all that the record says', async () => {
    expect(await lookUp('_one._tcp.lab.test')).toMatchObject({
      name: '_one._tcp.lab.test',
      outcome: 'found',
      records: [{ priority: 10, weight: 5, port: 8443, target: 'mail.lab.test', ttl: 60 }],
      dropped: 0,
      aliases: [],
    });
  });

  test('are tried by priority, then the heavier one first, then by name', async () => {
    expect(targets(await lookUp('_several._tcp.lab.test'))).toEqual([
      'heavy.lab.test',
      'First-of-equals.lab.test',
      'second-of-equals.lab.test',
      'light.lab.test',
      'last.lab.test',
    ]);
  });

  test('are in the same order, however the server turns its answer around', () => {
    const records = Array.from({ length: 6 }, (_, at): ServiceRecord => {
      return { type: 'SRV', name: 's', priority: at % 2, weight: 10 * (at % 3), port: 443, target: `h${at}`, ttl: 60 };
    });
    const turned = records.map((_, at) => [...records.slice(at), ...records.slice(0, at)]);
    const orders = turned.map((one) => targets(serviceOf('s', seen({ outcome: 'found', records: one }))).join());
    expect(new Set(orders).size).toBe(1);
  });

  test('that stand there twice are one', async () => {
    expect((await lookUp('_twice._tcp.lab.test')).records.map(({ port }) => port)).toEqual([443, 444]);
  });

  test('are cut to as many as anybody tries, the first ones in order, and the rest is counted', async () => {
    const service = await lookUp('_thousand._tcp.lab.test');
    expect(service.records).toHaveLength(limits.serviceHosts);
    expect(targets(service).slice(0, 2)).toEqual(['h999.lab.test', 'h998.lab.test']);
    expect(service.dropped).toBe(1_000 - limits.serviceHosts);
    const { dropped, records, questions } = seenIn(service);
    expect([dropped, records.length]).toEqual([service.dropped, limits.serviceHosts]);
    expect(questions.map(({ type, answer, records: count }) => [type, answer, count])).toEqual([
      ['SRV', 'TRUNCATED', 0],
      ['SRV', 'NOERROR', 1_000],
    ]);
    expect(questions[1]?.resolver).toMatch(/ over TCP$/);
  });

  test('are found behind an alias', async () => {
    const service = await lookUp('_alias._tcp.lab.test');
    expect(targets(service)).toEqual(['mail.lab.test']);
    expect(service.aliases).toMatchObject([{ name: '_alias._tcp.lab.test', target: '_one._tcp.lab.test' }]);
    expect(seenIn(service).aliases).toEqual(service.aliases);
  });
});

describe('a service', () => {
  test.each<[string, ServiceOutcome, string]>([
    ['_none._tcp.lab.test', 'not-available', 'NOERROR'],
    ['_nobody._tcp.lab.test', 'no-such-name', 'NXDOMAIN'],
    ['_lost._tcp.lab.test', 'no-such-name', 'NXDOMAIN'],
    ['_text._tcp.lab.test', 'no-data', 'NODATA'],
    ['_one._tcp.lab.test.', 'found', 'NOERROR'],
    ['_ONE._TCP.Lab.Test', 'found', 'NOERROR'],
  ])('%s is %s', async (name, outcome, answer) => {
    const service = await lookUp(name);
    expect(service.outcome).toBe(outcome);
    expect(service.records.length > 0).toBe(outcome === 'found');
    expect(seenIn(service).answer).toBe(answer);
  });

  test('is decidedly not available only where nothing else is said', async () => {
    const { outcome, records } = await lookUp('_odd._tcp.lab.test');
    expect([outcome, records.map(({ target }) => target)]).toEqual(['found', ['mail.lab.test', '.']]);
    expect(seenIn(await lookUp('_none._tcp.lab.test')).records).toMatchObject([{ target: '.' }]);
  });

  test.each([
    ['_servfail._tcp.lab.test', 'name-server-failed', 'SERVFAIL'],
    ['_refused._tcp.lab.test', 'name-server-failed', 'REFUSED'],
    ['_garbage._tcp.lab.test', 'name-server-failed', 'an answer that cannot be read'],
    ['_circle._tcp.lab.test', 'name-server-failed', 'the aliases lead in a circle'],
    [`_${'a'.repeat(63)}._tcp.lab.test`, 'name-not-found', 'malformed'],
    ['', 'name-not-found', 'malformed'],
  ])('%s ends as %s (%s)', async (name, code, detail) => {
    expect(await codeOf(lookUp(name))).toEqual([code, detail]);
  });

  test('about which nobody can tell says what was asked for, and keeps what was seen', async () => {
    const { details, evidence } = await failureOf(lookUp('_servfail._tcp.lab.test'));
    expect(details).toMatchObject({ host: '_servfail._tcp.lab.test', what: 'SRV records' });
    expect(evidence).toMatchObject([{ kind: 'srv', body: { answer: 'SERVFAIL', records: [] } }]);
  });

  test('is asked for no longer once the run is stopped', async () => {
    const cancel = new AbortController();
    const asked = lookUp('_silent._tcp.lab.test', cancel.signal);
    setImmediate(() => cancel.abort());
    const { code, details } = await failureOf(asked);
    expect(code).toBe('name-server-silent');
    expect(details.waitedMs).toBeLessThan(1_000);
  });
});

function seen(found: Pick<Found<ServiceRecord>, 'outcome' | 'records'>) {
  const rest = { type: 'SRV', word: 'NOERROR', aliases: [], end: 's', resolver: null } as const;
  return { found: { ...rest, ...found }, resolvers: [], elapsedMs: 0, questions: [] };
}
