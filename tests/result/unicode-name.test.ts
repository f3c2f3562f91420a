/** International names for people: the vectors of RFC 3492 7.1, and what must not be shown. */
import { domainToASCII, domainToUnicode } from 'node:url';
import { describe, expect, test } from 'vitest';
import { showHost } from '#lib/result/message.ts';
import { decodePunycode, unicodeName } from '#lib/result/unicode-name.ts';

/** RFC 3492 7.1: the code points, and the Punycode. Capital letters carry the case of the original there. */
const VECTORS: readonly (readonly [name: string, codes: string, punycode: string])[] = [
  [
    'A Arabic (Egyptian)',
    '0644 064A 0647 0645 0627 0628 062A 0643 0644 0645 0648 0634 0639 0631 0628 064A 061F',
    'egbpdaj6bu4bxfgehfvwxn',
  ],
  ['B Chinese (simplified)', '4ED6 4EEC 4E3A 4EC0 4E48 4E0D 8BF4 4E2D 6587', 'ihqwcrb4cv8a8dqg056pqjye'],
  ['C Chinese (traditional)', '4ED6 5011 7232 4EC0 9EBD 4E0D 8AAA 4E2D 6587', 'ihqwctvzc91f659drss3x8bo0yb'],
  [
    'D Czech',
    '0050 0072 006F 010D 0070 0072 006F 0073 0074 011B 006E 0065 006D 006C 0075 0076 00ED 010D 0065 0073 006B 0079',
    'Proprostnemluvesky-uyb24dma41a',
  ],
  [
    'E Hebrew',
    '05DC 05DE 05D4 05D4 05DD 05E4 05E9 05D5 05D8 05DC 05D0 05DE 05D3 05D1 05E8 05D9 05DD 05E2 05D1 05E8 05D9 05EA',
    '4dbcagdahymbxekheh6e0a7fei0b',
  ],
  [
    'G Japanese',
    '306A 305C 307F 3093 306A 65E5 672C 8A9E 3092 8A71 3057 3066 304F 308C 306A 3044 306E 304B',
    'n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa',
  ],
  [
    'I Russian',
    '043F 043E 0447 0435 043C 0443 0436 0435 043E 043D 0438 043D 0435 0433 043E 0432 043E 0440 044F 0442 043F 043E 0440 0443 0441 0441 043A 0438',
    'b1abfaaepdrnnbgefbadotcwatmq2g4l',
  ],
  [
    'K Vietnamese',
    '0054 1EA1 0069 0073 0061 006F 0068 1ECD 006B 0068 00F4 006E 0067 0074 0068 1EC3 0063 0068 1EC9 006E 00F3 0069 0074 0069 1EBF 006E 0067 0056 0069 1EC7 0074',
    'TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g',
  ],
  ['L 3 年 B 組 …', '0033 5E74 0042 7D44 91D1 516B 5148 751F', '3B-ww4c5e180e575a65lsy2b'],
  [
    'M …-with-SUPER-MONKEYS',
    '5B89 5BA4 5948 7F8E 6075 002D 0077 0069 0074 0068 002D 0053 0055 0050 0045 0052 002D 004D 004F 004E 004B 0045 0059 0053',
    '-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n',
  ],
  [
    'P Maji de Koi suru 5 …',
    '004D 0061 006A 0069 3067 004B 006F 0069 3059 308B 0035 79D2 524D',
    'MajiKoi5-783gue6qz075azm5e',
  ],
  ['R …', '305D 306E 30B9 30D4 30FC 30C9 3067', 'd9juau41awczczp'],
  ['S -> $1.00 <-', '002D 003E 0020 0024 0031 002E 0030 0030 0020 003C 002D', '-> $1.00 <--'],
];

test.each(VECTORS)('%s', (_name, codes, punycode) => {
  const text = String.fromCodePoint(...codes.split(' ').map((code) => Number.parseInt(code, 16)));
  expect(decodePunycode(punycode)).toBe(text);
});

test.each([
  ['a number that never ends', 'bcher-kva9'],
  ['a sign that is no digit', 'bcher-k_a'],
  ['a code point beyond Unicode', '99999999'],
  ['half of a pair', punycode('\ud800')],
])('%s is no Punycode', (_name, input) => expect(decodePunycode(input)).toBeNull());

describe('a name', () => {
  test.each([
    ['xn--bcher-kva.example', 'bücher.example'],
    ['autodiscover.XN--MNCHEN-3YA.Example', 'autodiscover.münchen.Example'],
    ['*.xn--fa-hia.example', '*.faß.example'],
    ['xn--wgv71a119e.xn--jp-8h0a.example', null],
    ['xn--e1afmkfd.xn--80akhbyknj4f', 'пример.испытание'],
    // Nothing to say beside what DNS says.
    ['mail.example.test', null],
    ['192.0.2.1', null],
    ['2001:db8::1', null],
    ['', null],
    // What cannot be read, or pretends.
    ['xn--.example', null],
    ['xn--a.example', null],
    ['xn--abc-.example', null],
    ['xn--bcher-k!a.example', null],
    [`xn--${'a'.repeat(70)}.example`, null],
    ['xn--Bcher-kva9.xn--bcher-kva.example', null],
    // Right to left: Arabic, Hebrew.
    ['xn--egbpdaj6bu4bxfgehfvwxn.example', null],
    ['xn--4dbcagdahymbxekheh6e0a7fei0b.example', null],
  ])('%s is shown as %s', (host, shown) => expect(unicodeName(host)).toBe(shown));

  test.each([
    ['a joiner that nobody sees', 'a\u200db'],
    ['an override of the direction', 'a\u202eb'],
    ['a control', 'ü\u0007'],
    ['a fraction slash', 'example\u2044login'],
    ['a full stop of another script', 'example。com'],
    ['a capital letter', 'BÜCHER'],
    ['a letter in its full width', 'ａbc'],
    ['a mark without a letter', '\u0301a'],
    ['a symbol', 'a☂b'],
  ])('with %s keeps its A-label alone', (_what, label) => {
    expect(unicodeName(`xn--${punycode(label)}.example`)).toBeNull();
  });

  test('is what Node makes of it, for what Node accepts', () => {
    for (const name of ['grüße.example', 'ελλάδα.example', '例え.example', 'ñandú.xn--p1ai', 'đà-nẵng.example']) {
      const ascii = domainToASCII(name);
      expect(unicodeName(ascii)).toBe(domainToUnicode(ascii));
    }
  });

  test('is shown in both forms', () => {
    expect(showHost('xn--bcher-kva.example')).toBe('bücher.example (xn--bcher-kva.example)');
    expect(showHost('mail.example.test')).toBe('mail.example.test');
  });
});

/** RFC 3492 6.3, for labels that no checking encoder would take. */
function punycode(label: string): string {
  const codes = [...label].map((character) => character.codePointAt(0) ?? 0);
  const basic = codes.filter((code) => code < 128);
  let [n, delta, bias, handled] = [128, 0, 72, basic.length];
  let output = String.fromCharCode(...basic) + (basic.length > 0 ? '-' : '');
  for (; handled < codes.length; n++, delta++) {
    const next = Math.min(...codes.filter((code) => code >= n));
    delta += (next - n) * (handled + 1);
    n = next;
    for (const code of codes) {
      if (code < n) delta += 1;
      if (code !== n) continue;
      output += integer(delta, bias);
      bias = adapted(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled += 1;
    }
  }
  return output;
}

function integer(value: number, bias: number): string {
  let text = '';
  let rest = value;
  for (let k = 36; ; k += 36) {
    const t = Math.min(26, Math.max(1, k - bias));
    if (rest < t) return text + digit(rest);
    text += digit(t + ((rest - t) % (36 - t)));
    rest = Math.floor((rest - t) / (36 - t));
  }
}

function digit(value: number): string {
  return 'abcdefghijklmnopqrstuvwxyz0123456789'.charAt(value);
}

function adapted(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : delta >> 1;
  rest += Math.floor(rest / points);
  let k = 0;
  for (; rest > 455; k += 36) rest = Math.floor(rest / 35);
  return k + Math.floor((36 * rest) / (rest + 38));
}
