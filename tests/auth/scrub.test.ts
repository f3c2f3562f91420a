/** The secret in every spelling that a server may choose, and no text that takes longer than its length allows. */
import { describe, expect, test } from 'vitest';
import { scrubber } from '#lib/auth/scrub.ts';
import { Secret } from '#lib/auth/secret.ts';

const PASSWORD = 'Grüße: <L&b>"\\x';
const scrub = scrubber('alice', Secret.of(PASSWORD));

/** Every character written by one rule. */
const each = (write: (code: number) => string, text = PASSWORD): string =>
  [...text].map((character) => write(character.codePointAt(0) ?? 0)).join('');

const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const named = (text: string): string => text.replaceAll(/[&<>"']/g, (one) => NAMED[one] ?? one);
const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const unit = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;
const bytes = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const form = (text: string): string => new URLSearchParams({ p: text }).toString().slice(2);

describe('hidden and nothing else', () => {
  test.each([
    ['as it is', PASSWORD],
    ['decimal entities', each((code) => `&#${code};`)],
    ['decimal entities with zeros', each((code) => `&#${String(code).padStart(7, '0')};`)],
    ['hexadecimal entities', each((code) => `&#x${code.toString(16)};`)],
    ['hexadecimal entities in capitals', each((code) => `&#X${code.toString(16).toUpperCase()};`)],
    ['named entities', named(PASSWORD)],
    ['named entities in capitals', named(PASSWORD).replaceAll(/&\w+;/g, (entity) => entity.toUpperCase())],
    ['percent', encodeURIComponent(PASSWORD)],
    ['a form', form(PASSWORD)],
    ['JSON', json(PASSWORD)],
    ['JSON, all escaped', each(unit)],
    ['JSON, all escaped, in capitals', each((code) => unit(code).toUpperCase().replace('U', 'u'))],
    ['UTF-8 taken for Latin-1', Buffer.from(PASSWORD).toString('latin1')],
    ['JSON in XML', named(json(PASSWORD))],
    ['XML in JSON', json(named(PASSWORD))],
    ['a URL in XML', named(encodeURIComponent(PASSWORD))],
    ['XML in a URL', encodeURIComponent(named(PASSWORD))],
    ['partly escaped, entities', PASSWORD.replace('<', '&lt;').replace('ü', '&#252;')],
    ['partly escaped, percent', PASSWORD.replace('ü', '%C3%BC').replace('"', '%22')],
    ['partly escaped, JSON', PASSWORD.replace('"', '\\"').replace('\\x', '\\\\x')],
    ['entities of several kinds', PASSWORD.replace('<', '&lt;').replace('&b', '&#38;b').replace('ß', '&#xdf;')],
  ])('%s', (_name, spelled) => {
    expect(scrub(`a%&<\\ ${spelled} b%&<\\`)).toBe('a%&<\\ [hidden] b%&<\\');
  });

  test.each([
    ['percent', bytes],
    ['percent, capitals', (text: string) => bytes(text).replaceAll(/[a-f]/g, (digit) => digit.toUpperCase())],
  ])('every byte in %s, whatever stands around it', (_name, spell) => {
    for (const before of ['', 'x', 'xyz', 'twelve bytes', 'ä'])
      for (const after of ['', 'y', 'and more of it, more than twelve']) {
        const clean = scrub(spell(`${before}${PASSWORD}${after}`));
        expect(clean, `${before} ${after}`).toContain('[hidden]');
        expect(clean, `${before} ${after}`).not.toContain(spell('L&b>"'));
      }
  });

  test('a wholly ASCII password in a run of percent escapes', () => {
    const clean = scrubber('alice', Secret.of('hunter22'))(`a=${bytes('x="hunter22"&y=1')}&b=1`);
    expect(clean).toMatch(/^a=.*\[hidden\].*&b=1$/);
    expect(clean).not.toContain(bytes('unter2'));
  });
});

describe('Base64', () => {
  // 0xfb and 0xff bytes give the letters in which the two alphabets differ.
  const value = 'ÿûÿ>>>???~~~secret';
  const clean = scrubber('alice', Secret.of(value));

  test.each([
    ['', ''],
    ['1', ''],
    ['12', ''],
    ['123', 'after'],
    ['alice:', 'x'],
    ['bob@example.test:', ''],
  ])('behind "%s"', (before, after) => {
    for (const alphabet of ['base64', 'base64url'] as const) {
      const token = Buffer.from(before + value + after).toString(alphabet);
      expect(clean(`<Basic ${token}>, then ${token}.`), alphabet).toBe('<Basic [hidden]>, then [hidden].');
    }
  });

  test('of a short password behind its user name', () => {
    const basic = Buffer.from('alice:pw').toString('base64');
    expect(scrubber('alice', Secret.of('pw'))(`pw ${basic} pw`)).toBe('pw [hidden] pw');
    expect(scrubber('alice', Secret.of(''))('Basic YWxpY2U6 x')).toBe('Basic [hidden] x');
  });
});

test.each([
  ['a page', '<a href="/x?y=1+2&amp;z=%20%zz%">\\u00zz \\ &#99999999; &unknown; &#xffffff; 100%</a>'],
  ['lone surrogates', 'a\ud800b\udc00'],
  ['nothing', ''],
])('%s without the secret is left alone', (_name, text) => {
  expect(scrub(text)).toBe(text);
});

test('several beside each other, and a text that is nothing but the secret', () => {
  expect(scrub(PASSWORD)).toBe('[hidden]');
  expect(scrub(`${PASSWORD}${named(PASSWORD)}|${json(PASSWORD)}`)).toBe('[hidden][hidden]|[hidden]');
});

describe('the work grows with the text alone', () => {
  const SHORT = 12_500;
  const TIMES = 8;

  test.each([
    ['backslashes', '\\'.repeat(100), '\\'],
    ['backslashes, then another letter', '\\'.repeat(100), `${'\\'.repeat(99)}x`],
    ['one letter and another', `${'a'.repeat(255)}b`, 'a'],
    ['the letter after the others', `b${'a'.repeat(255)}`, 'a'],
    ['entities', `${'a'.repeat(255)}b`, '&#97;'],
    ['entities that never end', `${'&'.repeat(255)}b`, '&#'],
    ['percent', `${'a'.repeat(255)}b`, '%61'],
    ['a plus', `${' '.repeat(255)}b`, '+'],
    ['Base64', `${'a'.repeat(255)}b`, 'YWFh'],
    ['nothing but finds', 'aaaa', 'a'],
  ])('%s', (_name, password, piece) => {
    const clean = scrubber('alice', Secret.of(password));
    const short = piece.repeat(SHORT / piece.length);
    const long = short.repeat(TIMES);
    clean(long);
    // Proportional work takes 8 times as long, quadratic work 64 times: between them there is room for a machine that does other things.
    expect(fastest(() => clean(long)) / fastest(() => clean(short))).toBeLessThan(3 * TIMES);
  });
});

/** The best of several: what else the machine does comes on top of it, never below. */
function fastest(work: () => void): number {
  const times = Array.from({ length: 7 }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...times);
}
