/** Finding a path. RFC 4158 */
import { describe, expect, test } from 'vitest';
import type { Certificate } from '#tests/lab/pki/certificate.ts';
import { basicConstraints, extendedKeyUsage, nameConstraints } from '#tests/lab/pki/extensions.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { makeCertificate, type Wish } from '#tests/lab/pki/usual.ts';
import { authority, brief, type Given, HOST, judge, read, server } from './chains.ts';

const root = authority('Root');
const issuing = authority('Issuing', { issuer: root });
const leaf = server(issuing);
const stranger = authority('Stranger');

/** How it ends, and who is in the path: by the names of the subjects. */
function ended(given: Given): string {
  const { ending, path } = judge(given);
  return [ending, ...path.map(({ subject }) => subject.rdns.at(-1)?.[0]?.value)].join(' ');
}

describe('the end', () => {
  const namesake = authority('Issuing', { issuer: root, key: pooledKey('p-256', 'namesake') });
  const own = makeCertificate({ names: [HOST], subject: { CN: 'own' } });
  const damaged = server(issuing, { badSignature: true });

  test.each<readonly [string, Given, string]>([
    ['an anchor', { leaf, others: [issuing], anchors: [root] }, `anchored ${HOST} Issuing Root`],
    ['an authority that is an anchor', { leaf, anchors: [issuing] }, `anchored ${HOST} Issuing`],
    ['itself, an anchor', { leaf, anchors: [leaf] }, `anchored ${HOST}`],
    ['itself, self-signed and an anchor', { leaf: own, anchors: [own] }, 'anchored own'],
    ['itself', { leaf: own, anchors: [root] }, 'self-signed own'],
    ['no issuer', { leaf, anchors: [root] }, `issuer-missing ${HOST}`],
    ['no issuer of the issuer', { leaf, others: [issuing], anchors: [stranger] }, `issuer-missing ${HOST} Issuing`],
    [
      'a root that is no anchor',
      { leaf, others: [issuing, root], anchors: [stranger] },
      `untrusted-root ${HOST} Issuing Root`,
    ],
    ['another key', { leaf, others: [namesake], anchors: [root] }, `bad-signature ${HOST}`],
    ['a damaged signature', { leaf: damaged, others: [issuing], anchors: [root] }, `bad-signature ${HOST}`],
    [
      'a damaged signature of its own',
      { leaf: makeCertificate({ names: [HOST], subject: { CN: 'own' }, badSignature: true }) },
      'bad-signature own',
    ],
    [
      'another key, beside the right one',
      { leaf, others: [namesake, issuing], anchors: [root] },
      `anchored ${HOST} Issuing Root`,
    ],
    ['nothing at all', { leaf }, `issuer-missing ${HOST}`],
  ])('%s', (_what, given, expected) => {
    expect(ended(given)).toBe(expected);
  });

  test('a wrong signature is a problem, too, and the rest is judged', () => {
    const old = server(issuing, { badSignature: true, days: [-90, -1] });
    expect(judge({ leaf: old, others: [issuing], anchors: [root] }).problems.map(brief)).toEqual([
      'expired at 0',
      'bad-signature at 0',
    ]);
  });

  test('what is there is judged without an anchor', () => {
    const old = authority('Issuing', { issuer: root, days: [-90, -1] });
    expect(judge({ leaf, others: [old, root] }).problems.map(brief)).toEqual(['expired at 1']);
  });
});

test('order, repetitions and strangers do no harm', () => {
  const second = authority('Second', { issuer: issuing });
  const below = server(second);
  const others = [stranger, root, issuing, below, second, stranger, issuing, server(stranger)];
  expect(ended({ leaf: below, others, anchors: [root] })).toBe(`anchored ${HOST} Second Issuing Root`);
});

/** Two certificates for one name and key, of which one has something wrong. */
describe('of several ways the best is taken', () => {
  const bad: readonly (readonly [string, Wish])[] = [
    ['expired', { days: [-90, -1] }],
    ['not valid yet', { days: [1, 90] }],
    ['no authority', { with: [basicConstraints(false)] }],
    ['for mail', { with: [extendedKeyUsage('emailProtection')] }],
    ['for other names', { with: [nameConstraints({ permitted: [{ dns: 'other.test' }] })] }],
    ['without an identifier', { without: ['subjectKeyIdentifier'] }],
    ['weakly signed', { hash: 'sha1' }],
  ];

  test.each(bad)('one is %s', (_what, wish) => {
    const other = authority('Issuing', { issuer: root, ...wish });
    for (const others of [
      [other, issuing],
      [issuing, other],
    ])
      expect(judge({ leaf, others, anchors: [root] })).toMatchObject({ problems: [], path: { length: 3 } });
  });

  test.each(bad)('a root is %s, and another has signed the same', (_what, wish) => {
    const above = authority('Above', wish);
    const cross = authority('Issuing', { issuer: above });
    for (const others of [
      [cross, issuing],
      [issuing, cross],
    ])
      expect(judge({ leaf, others, anchors: [above, root] })).toMatchObject({ problems: [], path: { length: 3 } });
  });

  test('the lightest, where none is without a problem', () => {
    const old = authority('Issuing', { issuer: root, days: [-90, -1] });
    const nameless = authority('Issuing', { issuer: root, without: ['keyUsage'] });
    expect(judge({ leaf, others: [old, nameless], anchors: [root] }).problems.map(brief)).toEqual([
      'missing-extension at 1 (strict)',
    ]);
  });

  test('the shortest, where several are', () => {
    const above = authority('Above');
    const cross = authority('Root', { issuer: above });
    expect(ended({ leaf, others: [cross, issuing], anchors: [above, root] })).toBe(`anchored ${HOST} Issuing Root`);
    expect(ended({ leaf, others: [cross, issuing], anchors: [above] })).toBe(`anchored ${HOST} Issuing Root Above`);
  });

  test('an expired root, and the same authority below a younger one', () => {
    const expired = authority('Root', { days: [-900, -1] });
    const younger = authority('Younger');
    const cross = authority('Root', { issuer: younger });
    const given = { leaf, others: [issuing, expired, cross], anchors: [expired, younger] };
    expect(judge(given)).toMatchObject({ ending: 'anchored', problems: [], path: { length: 4 } });
  });
});

/** RFC 4158 2.3, figure 7: A and C signed each other, and both of them B. */
test.each([
  ['A', 'C'],
  ['C', 'A'],
])('the only good way leads through %s and then %s', (first, second) => {
  const [old, b] = [{ days: [-90, -1] as const }, authority('B')];
  const signed = (by: Certificate, name: string, wish: Wish = {}) => authority(name, { issuer: by, ...wish });
  const edges = [
    signed(authority(first), 'B'),
    signed(authority(second), 'B', old),
    signed(authority(second), first),
    signed(authority(first), second),
    signed(root, first, old),
    signed(root, second),
  ];
  const path = `anchored ${HOST} B ${first} ${second} Root`;
  expect(ended({ leaf: server(b), others: edges, anchors: [root] })).toBe(path);
  expect(ended({ leaf: server(b), others: edges.toReversed(), anchors: [root] })).toBe(path);
});

test('circles end', () => {
  const names = ['A', 'B', 'C'];
  const keys: Certificate[] = names.map((name) => authority(name));
  const circle = keys.flatMap((from) =>
    keys.filter((to) => to !== from).map((to) => authority(cn(to), { issuer: from })),
  );
  const below = server(authority('A', { issuer: stranger }));
  expect(judge({ leaf: below, others: circle, anchors: [root] }).ending).toBe('issuer-missing');
  expect(judge({ leaf: below, others: [...circle, authority('C', { issuer: root })], anchors: [root] })).toMatchObject({
    ending: 'anchored',
    problems: [],
  });
});

const cn = (certificate: Certificate): string => read(certificate).subject.rdns.at(-1)?.[0]?.value ?? '';

test('names are compared as names, not as octets', () => {
  const spaced = authority('Spaced  NAME');
  const below = server({ ...spaced, subject: authority('spaced name').subject });
  expect(judge({ leaf: below, anchors: [spaced] })).toMatchObject({ ending: 'anchored', problems: [] });
});
