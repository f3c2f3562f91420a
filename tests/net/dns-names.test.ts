/** Names: chains of aliases, and those that cannot exist outside. */
import { describe, expect, test } from 'vitest';
import { type Chain, follow, recordsOf, startAt } from '#lib/net/dns/aliases.ts';
import { whyInternal } from '#lib/net/dns/internal-names.ts';
import type { DnsRecord } from '#lib/net/dns/message.ts';
import { limits } from '#lib/net/limits.ts';

const alias = (name: string, target: string): DnsRecord => ({ type: 'CNAME', name, target, ttl: 1 });
const address = (name: string, last: number): DnsRecord => ({ type: 'A', name, address: `192.0.2.${last}`, ttl: 1 });

const shown = ({ end, aliases, broken }: Chain) => [end, aliases.length, broken];

describe('aliases', () => {
  test.each<[string, DnsRecord[], unknown[]]>([
    ['none', [address('a', 1)], ['a', 0, null]],
    ['one', [alias('a', 'b')], ['b', 1, null]],
    [
      'two, in the wrong order, among others',
      [alias('b', 'c'), address('c', 1), alias('x', 'y'), alias('A', 'B')],
      ['c', 2, null],
    ],
    ['two for one name: the first counts', [alias('a', 'b'), alias('a', 'c')], ['b', 1, null]],
    ['one to itself', [alias('a', 'A')], ['A', 1, 'circle']],
    ['a circle of three', [alias('a', 'b'), alias('b', 'c'), alias('c', 'a')], ['a', 3, 'circle']],
    [
      'a circle that the first one is not part of',
      [alias('a', 'b'), alias('b', 'c'), alias('c', 'b')],
      ['b', 3, 'circle'],
    ],
  ])('%s', (_name, records, expected) => expect(shown(follow(startAt('a'), records))).toEqual(expected));

  const line = (length: number): DnsRecord[] => Array.from({ length }, (_, at) => alias(`n${at}`, `n${at + 1}`));

  test('as many as resolvers follow, and no more', () => {
    expect(shown(follow(startAt('n0'), line(limits.aliases)))).toEqual([`n${limits.aliases}`, limits.aliases, null]);
    expect(follow(startAt('n0'), line(limits.aliases + 1)).broken).toBe('too-long');
    expect(follow(startAt('n0'), line(900)).aliases).toHaveLength(limits.aliases + 1);
  });

  test('go on with the next answer, and remember where they have been', () => {
    const first = follow(startAt('a'), [alias('a', 'b')]);
    expect(shown(follow(first, [alias('b', 'c')]))).toEqual(['c', 2, null]);
    expect(shown(follow(first, [alias('b', 'a')]))).toEqual(['a', 2, 'circle']);
  });
});

test('addresses belong to one name and one type, each once', () => {
  const records = [address('a', 1), address('b', 2), address('A', 1), address('a', 3)];
  expect(recordsOf('a', 'A', records).map((one) => one.address)).toEqual(['192.0.2.1', '192.0.2.3']);
  expect(recordsOf('a', 'AAAA', records)).toEqual([]);
});

test.each([
  ['exchange', 'a single word'],
  ['localhost', 'a single word'],
  ['exchange.', 'a single word'],
  ['mail.contoso.local', '.local is'],
  ['MAIL.Contoso.LOCAL', '.local is'],
  ['mail.contoso.internal', '.internal is'],
  ['mail.lan', '.lan is'],
  ['mail.corp', '.corp is'],
  ['printer.home.arpa', '.home.arpa is'],
  ['home.arpa', '.home.arpa is'],
])('%s: %s', (host, why) => expect(whyInternal(host)).toContain(why));

test.each([
  'mail.contoso.example',
  'mail.lab.test',
  'local.contoso.example',
  'mail.notlocal',
  'corp.contoso.example',
  '1.0.0.10.in-addr.arpa',
  'xhome.arpa',
])('%s can exist outside', (host) => expect(whyInternal(host)).toBeNull());
