/** Sentences as data: rendered only when somebody looks. */
import { describe, expect, test } from 'vitest';
import { catalogue } from '#lib/result/catalogue/index.ts';
import { type Args, type ArgTypes, fill, sentence, showDate, showDuration } from '#lib/result/message.ts';
import { rendered } from '#lib/result/rendered.ts';
import { findingMessage, text } from '#lib/result/text.ts';
import { titles } from '#lib/result/titles.ts';
import { expired, finding, node, notFound } from './build.ts';

const show = (template: string, types: ArgTypes, args: Args): string => fill(sentence(template, types), args, text);

describe('a sentence', () => {
  test.each<[string, string, ArgTypes, Args, string]>([
    ['one', '{n day|days} left', { n: 'count' }, { n: 1 }, '1 day left'],
    ['none', '{n day|days} left', { n: 'count' }, { n: 0 }, '0 days left'],
    ['many', 'it {n test was|tests were} run', { n: 'count' }, { n: 2 }, 'it 2 tests were run'],
    ['a list', 'at {hosts}', { hosts: 'host' }, { hosts: ['a.test', 'b.test'] }, 'at a.test, b.test'],
    [
      'an international name',
      'at {h}',
      { h: 'host' },
      { h: ['xn--fa-hia.test', 'b.test'] },
      'at faß.test (xn--fa-hia.test), b.test',
    ],
    ['such a name where none belongs', 'at {h}', { h: 'text' }, { h: 'xn--fa-hia.test' }, 'at xn--fa-hia.test'],
    ['a date', 'on {d}', { d: 'date' }, { d: '2026-11-17T23:59:59Z' }, 'on 17 November 2026'],
    ['several dates', '{d}', { d: 'date' }, { d: ['2026-01-02', 'never'] }, '2 January 2026, never'],
    ['bytes', '{b}', { b: 'bytes' }, { b: 1536 }, '1.5 KiB'],
    ['many bytes', '{b}', { b: 'bytes' }, { b: 4 * 1024 * 1024 }, '4 MiB'],
    ['a missing argument', '{host} and {n day|days}', { host: 'host', n: 'count' }, {}, '{host} and {n day|days}'],
    ['an argument that came later', 'a{b?, or not}', { b: 'text' }, {}, 'a, or not'],
    ['an argument that came later, and is there', 'a{b?}', { b: 'text' }, { b: '!' }, 'a!'],
    ['an argument that looks like a placeholder', '{a} {b}', { a: 'text', b: 'text' }, { a: '{b}', b: 'x' }, '{b} x'],
    ['an argument with replacement signs', '{a}', { a: 'text' }, { a: '$& $1 $$' }, '$& $1 $$'],
    ['a text that looks like a date', '{a}', { a: 'text' }, { a: '2026-11-17' }, '2026-11-17'],
  ])('with %s', (_title, template, types, args, expected) => {
    expect(show(template, types, args)).toBe(expected);
  });

  test('takes another one in, without its capital unless that is a name', () => {
    const cause = (key: string, args: Args) =>
      show('It fails: {cause}', { cause: 'message' }, { cause: { key, args } });
    expect(cause('tls.certificate-self-signed', { host: 'a.test', name: 'x' })).toBe(
      'It fails: the certificate of a.test is self-signed: no client trusts it',
    );
    expect(cause('verdict.failed.outlook', { cause: notFound.code })).toMatch(/^It fails: Outlook cannot/);
  });

  test('of a newer program is shown with its arguments rather than hidden', () => {
    expect(text({ key: 'new.code', args: { host: 'a.test' } })).toBe('new.code {"host":"a.test"}');
    expect(text({ key: 'new.code', args: {}, text: 'What the newer one said' })).toBe('What the newer one said');
    expect(text({ key: 'constructor', args: {} })).toBe('constructor {}');
  });
});

test.each([
  [0, '0 ms'],
  [12.4, '12 ms'],
  [999.4, '999 ms'],
  [999.5, '1.0 s'],
  [1_440, '1.4 s'],
  [59_949, '59.9 s'],
  [59_950, '1 min 0 s'],
  [125_000, '2 min 5 s'],
  [119_999, '2 min 0 s'],
])('%d ms are %s', (ms, shown) => expect(showDuration(ms)).toBe(shown));

test('a date is shown in UTC, what is none as it came', () => {
  expect(showDate('2026-12-31T23:30:00Z')).toBe('31 December 2026');
  expect(showDate('soon')).toBe('soon');
});

test('every sentence uses its arguments, and no other', () => {
  for (const [key, { text: template, args }] of Object.entries({ ...catalogue, ...titles })) {
    const used = [...template.matchAll(/\{(\w+)/g)].map(([, name]) => name);
    expect(Object.keys(args), key).toEqual(expect.arrayContaining(used));
  }
});

test('no sentence of the catalogue keeps its capital inside another one, unless it begins with a name', () => {
  const whole = Object.entries(catalogue).filter(([, { text: template }]) => /^[A-Z]/.test(template));
  const kept = whole.filter(([key, { text: template }]) => {
    const inside = show('{cause}', { cause: 'message' }, { cause: { key, args: {} } });
    return inside.charAt(0) === template.charAt(0);
  });
  const names = ['Autodiscover', 'Throughline', 'Outlook', 'Microsoft', 'DNS', 'TLS', 'MAPI', 'RPC'];
  expect(kept.filter(([, { text: template }]) => !names.includes(template.split(' ')[0] ?? ''))).toEqual([]);
});

test('nouns are counted by counts only', () => {
  const counted = Object.entries({ ...catalogue, ...titles }).flatMap(([key, { text: template, args }]) =>
    [...template.matchAll(/\{(\w+) [^|{}]+\|/g)].map(([, name = '']) => [key, (args as ArgTypes)[name]]),
  );
  expect(counted.length).toBeGreaterThan(0);
  expect(counted.filter(([, type]) => type !== 'count')).toEqual([]);
});

describe('on the way out', () => {
  test('every message and finding carries its sentence, whatever holds it', () => {
    const own = finding('a', expired, 'error');
    const copy = rendered(node('a', 'failed', { findings: [own], children: [node('a/b', 'passed')] }));
    expect(copy.title.text).toBe('Test of a');
    expect(copy.children[0]?.title.text).toBe('Test of a/b');
    expect(copy.findings[0]).toEqual({ ...own, text: text(findingMessage(own)) });
    expect(copy.findings[0]?.text).toBe('The certificate of a.test expired 2 days ago, on 18 November 2026');
  });

  test('messages inside messages too, and the original stays as it was', () => {
    const verdict = { key: 'verdict.failed.tls', args: { target: 'a.test', cause: findingMessage(expired) } };
    const before = structuredClone(verdict);
    const copy = rendered(verdict);
    expect(copy).toMatchObject({
      text: expect.stringContaining('a.test is not in order: the certificate of'),
      args: { cause: { text: expect.any(String) } },
    });
    expect(verdict).toEqual(before);
  });

  test('what is no message is left alone', () => {
    const values = [null, 1, 'x', { key: 'run.title' }, { code: 'x', args: {} }, { key: 7, args: {} }];
    expect(rendered(values)).toEqual(values);
  });
});
