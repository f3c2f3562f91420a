/** Codes of the transport, and the pages that come with them. */
import { describe, expect, test } from 'vitest';
import { isRequestType } from '#lib/wire/mapi-http/request-types.ts';
import { readNumber, responseCode, sentenceOf } from '#lib/wire/mapi-http/response-code.ts';

test('codes by their numbers', () => {
  expect(responseCode(0)?.name).toBe('Success');
  expect(responseCode(6)?.name).toBe('Invalid Context Cookie');
  expect(responseCode(10)?.name).toBe('Context Not Found');
  expect(responseCode(16)).toMatchObject({ code: 16, name: 'Endpoint Disabled' });
  expect(responseCode(18)?.name).toBe('Endpoint Shutting Down');
  expect([responseCode(19), responseCode(-1), responseCode(0.5)]).toEqual([null, null, null]);
});

test('numbers in headers', () => {
  expect(['0', ' 15 ', '4294967295'].map(readNumber)).toEqual([0, 15, 4_294_967_295]);
  expect(['', '-1', '0x1', '1e3', '12345678901', '1 2'].map(readNumber)).toEqual(Array(6).fill(null));
});

test('the request that an answer names may be written in any case', () => {
  expect(isRequestType('getspecialtable ', 'GetSpecialTable')).toBe(true);
  expect(isRequestType('Bind', 'Unbind')).toBe(false);
});

describe('what a page says', () => {
  const said = (html: string): string | null => sentenceOf(new Uint8Array(Buffer.from(html)));

  test.each([
    [
      '<html><body><h1>Diagnostic Information</h1>\r\n<p>The cookie\r\n is <b>old</b>.</p><p>x</p>',
      'The cookie is old .',
    ],
    ['<P class="a">A &lt;sequence&gt; &amp; more</P>', 'A <sequence> & more'],
    ['<pre>no</pre><p></p><p> </p><p>yes', 'yes'],
    ['<title>T</title><style>p { }</style><script>var a</script><h1>Sign in</h1>', 'Sign in'],
    ['<p>1 < 2</p>', '1 < 2'],
    ['plain words', 'plain words'],
    ['a\0b\u{202e}c', 'a\u{fffd}b\u{fffd}c'],
  ])('%j', (html, sentence) => {
    expect(said(html)).toBe(sentence);
  });

  test('nothing', () => {
    expect(['', '<p></p>', '<!-- cut', '<p', '\r\n'].map(said)).toEqual(Array(5).fill(null));
  });

  test('cut, and in time, however long', () => {
    expect(said(`<p>${'word '.repeat(1_000)}</p>`)).toHaveLength(300);
    const started = performance.now();
    for (const piece of ['<p', '<p>', '</p', '&', '<', ' ', '<p >', '&amp', 'ä'])
      said(piece.repeat(1_000_000 / piece.length));
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('no text in another encoding, but no fault either', () => {
    expect(sentenceOf(Uint8Array.of(0xff, 0xfe, 0x41))).toBe('\u{fffd}\u{fffd}A');
  });
});
