/** Names that authorities may issue for. RFC 5280 4.2.1.10, 6.1.3, 6.1.4 */
import { describe, expect, test } from 'vitest';
import { element, explicit, implicit, integer, oid, sequence, utf8String } from '#tests/lab/pki/der.ts';
import { type Extension, extensionIds, nameConstraints, subjectAltName } from '#tests/lab/pki/extensions.ts';
import { encodeGeneralName, type GeneralName } from '#tests/lab/pki/names.ts';
import type { Wish } from '#tests/lab/pki/usual.ts';
import { authority, brief, chainOf, HOST, judgeOrdered, problemsOf, type Row, server } from './chains.ts';

type Limits = Parameters<typeof nameConstraints>[0];
const limited = (limits: Limits): Wish => ({ with: [nameConstraints(limits)] });
const permits = (...permitted: readonly GeneralName[]): Wish => limited({ permitted });
const excludes = (...excluded: readonly GeneralName[]): Wish => limited({ excluded });
const named = (...names: readonly GeneralName[]): Wish => ({ with: [subjectAltName([{ dns: HOST }, ...names])] });
const AT_0 = ['name-constraint at 0'];
const MAIL: GeneralName = { mail: 'anna@example.test' };
const PERSON: GeneralName = { directory: { C: 'DE', O: 'Test' } };

test.each<Row>([
  ['permitted', { issuing: permits({ dns: 'example.test' }) }, []],
  ['permitted by another kind of name alone', { issuing: permits({ mail: 'example.test' }) }, []],
  ['not permitted', { issuing: permits({ dns: 'other.test' }) }, AT_0],
  ['permitted among others', { issuing: permits({ dns: 'other.test' }, { dns: 'example.test' }) }, []],
  ['excluded', { issuing: excludes({ dns: 'example.test' }) }, AT_0],
  ['not excluded', { issuing: excludes({ dns: 'other.test' }) }, []],
  ['permitted and excluded', { issuing: limited({ permitted: [{ dns: 'test' }], excluded: [{ dns: HOST }] }) }, AT_0],
  ['excluded by the root', { root: excludes({ dns: 'example.test' }) }, AT_0],
  [
    'permitted by the root, not by the authority',
    { root: permits({ dns: 'test' }), issuing: permits({ dns: 'a.test' }) },
    AT_0,
  ],
  [
    'permitted by the authority, not by the root',
    { root: permits({ dns: 'a.test' }), issuing: permits({ dns: 'test' }) },
    AT_0,
  ],
  ['all excluded', { issuing: excludes({ dns: '' }) }, AT_0],
  ['all permitted', { issuing: permits({ dns: '' }) }, []],
])('a host %s', (_what, wishes, problems) => {
  expect(problemsOf(wishes)).toEqual(problems);
});

test.each<Row>([
  ['an address inside', { issuing: permits({ ip: '192.0.2.0/24' }), leaf: named({ ip: '192.0.2.9' }) }, []],
  ['an address outside', { issuing: permits({ ip: '192.0.2.0/24' }), leaf: named({ ip: '192.0.3.9' }) }, AT_0],
  [
    'an address of the other family',
    { issuing: permits({ ip: '192.0.2.0/24' }), leaf: named({ ip: '2001:db8::1' }) },
    AT_0,
  ],
  ['an excluded address', { issuing: excludes({ ip: '2001:db8::/32' }), leaf: named({ ip: '2001:db8::1' }) }, AT_0],
  ['a mailbox inside', { issuing: permits({ mail: 'example.test' }), leaf: named(MAIL) }, []],
  ['a mailbox outside', { issuing: permits({ mail: 'other.test' }), leaf: named(MAIL) }, AT_0],
  [
    'a mailbox in the subject',
    { issuing: permits({ mail: 'other.test' }), leaf: { subject: { CN: HOST, emailAddress: 'anna@example.test' } } },
    AT_0,
  ],
  [
    'an address of the web outside',
    { issuing: permits({ uri: 'other.test' }), leaf: named({ uri: 'https://example.test/' }) },
    AT_0,
  ],
  ['a subject inside', { issuing: permits(PERSON), leaf: { subject: { C: 'DE', O: 'Test', CN: HOST } } }, []],
  ['a subject outside', { issuing: permits(PERSON), leaf: { subject: { C: 'DE', O: 'Other', CN: HOST } } }, AT_0],
  ['an excluded directory name', { issuing: excludes(PERSON), leaf: named(PERSON) }, AT_0],
  ['a wildcard inside', { issuing: permits({ dns: 'example.test' }), leaf: named({ dns: '*.example.test' }) }, []],
  ['a wildcard that is wider', { issuing: permits({ dns: HOST }), leaf: named({ dns: '*.example.test' }) }, AT_0],
  [
    'a wildcard for what is excluded',
    { issuing: excludes({ dns: 'a.example.test' }), leaf: named({ dns: '*.example.test' }) },
    AT_0,
  ],
  ['a dot at the beginning', { issuing: permits({ dns: '.example.test' }) }, ['name-constraint at 1 (strict)']],
  ['a wildcard for a subtree', { issuing: permits({ dns: '*.test' }) }, [...AT_0, 'name-constraint at 1']],
  [
    'a mask with holes',
    { issuing: excludes({ raw: element(0x87, Uint8Array.of(10, 0, 0, 0, 255, 0, 255, 0)) }) },
    ['name-constraint at 1'],
  ],
  [
    'a common name that may pass for a host',
    { issuing: permits({ dns: 'other.test' }), leaf: { names: [] } },
    ['name-constraint at 0', 'common-name-only at 0'],
  ],
])('%s', (_what, wishes, problems) => {
  expect(problemsOf(wishes).toSorted()).toEqual(problems.toSorted());
});

/** Subtrees that no writer writes by itself. */
const raw = (...trees: readonly Uint8Array[]): Wish => {
  const extension: Extension = {
    id: extensionIds.nameConstraints,
    critical: true,
    value: sequence(explicit(0, ...trees)),
  };
  return { with: [extension] };
};
const base = encodeGeneralName({ dns: 'example.test' });
const other: GeneralName = { other: { type: '1.3.6.1.4.1.311.20.2.3', value: utf8String('anna@example.test') } };

test.each<Row>([
  ['a least depth', { issuing: raw(sequence(base, implicit(0, integer(1)))) }, ['name-constraint at 1']],
  ['a greatest depth', { issuing: raw(sequence(base, implicit(1, integer(3)))) }, ['name-constraint at 1']],
  ['a kind of name that nobody compares, and that is not there', { issuing: permits(other) }, []],
  ['a kind of name that nobody compares', { issuing: permits(other), leaf: named(other) }, AT_0],
  [
    'a registered number',
    { issuing: excludes({ raw: implicit(8, oid('1.2.3')) }), leaf: named({ raw: implicit(8, oid('1.2.3')) }) },
    AT_0,
  ],
])('%s', (_what, wishes, problems) => {
  expect(problemsOf(wishes)).toEqual(problems);
});

describe('authorities in between', () => {
  const EXCLUDED = excludes({ dns: 'inner.test' });
  const root = authority('Root', EXCLUDED);

  test('are bound by what is above them', () => {
    const issuing = authority('Issuing', { issuer: root, names: ['inner.test'] });
    expect(judgeOrdered([server(issuing), issuing, root]).problems.map(brief)).toEqual(['name-constraint at 1']);
  });

  test('are not, where they issued themselves a new certificate', () => {
    const renewed = authority('Root', { issuer: root, names: ['inner.test'], key: authority('Renewed').key });
    expect(judgeOrdered([server(renewed), renewed, root]).problems.map(brief)).toEqual([]);
  });
});

test('who forbids what is told', () => {
  const chain = chainOf({ issuing: permits({ dns: 'other.test' }) });
  expect(judgeOrdered(chain).problems).toMatchObject([
    { kind: 'name-constraint', name: HOST, subtree: 'other.test', issuer: 'Issuing', spec: 'RFC 5280 4.2.1.10' },
  ]);
});

test('of several subtrees none is named', () => {
  const chain = chainOf({ issuing: permits({ dns: 'a.test' }, { dns: 'b.test' }) });
  expect(judgeOrdered(chain).problems).toMatchObject([{ name: HOST, subtree: null }]);
});

test('too many names and subtrees are refused soon', () => {
  const many = (count: number, tail: string): GeneralName[] =>
    Array.from({ length: count }, (_, n) => ({ dns: `a${n}.${tail}` }));
  const chain = chainOf({
    issuing: permits(...many(1_000, 'other.test')),
    leaf: named(...many(1_000, 'example.test')),
  });
  const begin = performance.now();
  expect(judgeOrdered(chain).problems.map(brief)).toEqual(['name-constraint at 0']);
  expect(performance.now() - begin).toBeLessThan(500);
});
