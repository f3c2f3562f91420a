/** Documents that were cut, grown or made to hurt: a value comes back, soon, and small. */
import { describe, expect, test } from 'vitest';
import { decodeJsonResponse } from '#lib/wire/autodiscover/json.ts';
import { decodePoxResponse } from '#lib/wire/autodiscover/pox.ts';
import { decodeGetUserSettings } from '#lib/wire/autodiscover/soap.ts';
import { MAX_DEPTH, MAX_ELEMENTS } from '#lib/wire/xml/reader.ts';
import { type Recorded, recorded, utf8 } from './recorded.ts';

const decoders = { decodePoxResponse, decodeGetUserSettings, decodeJsonResponse };

describe.each(Object.entries(decoders))('%s', (_name, decode) => {
  test.each<Recorded>(['mobilesync.xml', 'pox-unknown-address.xml', 'v2-unknown-protocol.json'])(
    '%s, cut at every byte, is answered by a value',
    (file) => {
      const whole = recorded(file);
      for (let end = 0; end < whole.length; end++) {
        const result = decode(whole.subarray(0, end), 'text/xml');
        if (!result.ok) expect(result.fault.reason.length).toBeGreaterThan(0);
      }
    },
  );

  test.each<[string, Uint8Array]>([
    ['zeros', new Uint8Array(4_000)],
    ['every byte', Uint8Array.from({ length: 4_096 }, (_, at) => at)],
    ['half a UTF-16 character', Uint8Array.of(0xff, 0xfe, 0x3c)],
    ['brackets without end', utf8('['.repeat(1_000_000))],
    ['braces without end', utf8('{"a":'.repeat(200_000))],
    ['angles without end', utf8('<'.repeat(1_000_000))],
    ['a title without end', utf8(`<html>${'<title '.repeat(100_000)}`)],
    ['a declaration without end', utf8(`<?xml ${' encoding'.repeat(100_000)}`)],
    ['declarations without end', utf8('x<?xml '.repeat(100_000))],
  ])('%s are refused at once', (_title, bytes) => {
    const started = performance.now();
    expect(decode(bytes, 'text/xml; charset=utf-8').ok).toBe(false);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

const RESPONSE = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';
const fault = (body: string) => {
  const result = decodePoxResponse(utf8(body), 'text/xml');
  return result.ok ? result.response.kind : result.fault.kind;
};

test('a cut document is truncated wherever XML has begun', () => {
  const whole = recorded('pox.xml');
  const kinds = new Set(
    Array.from({ length: whole.length - 1 }, (_, end) => {
      const result = decodePoxResponse(whole.subarray(0, end + 1), 'text/xml');
      return result.ok ? 'read' : result.fault.kind;
    }),
  );
  // Without the last line break it is whole.
  expect(kinds).toEqual(new Set(['truncated', 'read']));
});

test('bombs, foreign entities, depth and crowds are refused', () => {
  const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('');
  expect(fault(`<!DOCTYPE a [<!ENTITY l0 "ha">${laughs}]><Autodiscover>&l9;</Autodiscover>`)).toBe('malformed');
  expect(fault('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Autodiscover>&x;</Autodiscover>')).toBe(
    'malformed',
  );
  expect(fault('<a>'.repeat(MAX_DEPTH + 1))).toBe('too-deep');
  expect(fault(`<a>${'<b/>'.repeat(MAX_ELEMENTS)}</a>`)).toBe('too-many');
  expect(fault('<Autodiscover a="1" a="2"/>')).toBe('malformed');
});

test('the largest documents cost little, and little is kept of them', () => {
  const name = 'N'.repeat(256);
  const deep = `${`<${name}>`.repeat(90)}${'<b c="d"/>'.repeat(9_000)}${`</${name}>`.repeat(90)}`;
  const wide = '<Protocol Type="mapiHttp"><MailStore><ExternalUrl>https://m/</ExternalUrl></MailStore></Protocol>';
  for (const inside of [deep, wide.repeat(6_000), `<Account>${wide.repeat(6_000)}</Account>`]) {
    const body = utf8(`<Autodiscover><Response xmlns="${RESPONSE}">${inside}</Response></Autodiscover>`);
    const started = performance.now();
    const result = decodePoxResponse(body, 'text/xml');
    expect(result).toMatchObject({
      ok: true,
      untidy: expect.arrayContaining([expect.objectContaining({ code: 'cut-short' })]),
    });
    expect(JSON.stringify(result).length).toBeLessThan(3_000_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  }
});

test('names that mean something to JavaScript are names', () => {
  const result = decodePoxResponse(
    utf8(`<Autodiscover><Response xmlns="${RESPONSE}"><__proto__ __proto__="1">2</__proto__><constructor/>
      <Account><Protocol><Type>toString</Type><hasOwnProperty>3</hasOwnProperty></Protocol></Account></Response></Autodiscover>`),
  );
  expect(result).toMatchObject({
    response: {
      unknown: [
        { path: '__proto__', value: '2' },
        { path: '__proto__@__proto__', value: '1' },
        { path: 'constructor', value: '' },
        { path: 'Account/Protocol/hasOwnProperty', value: '3' },
      ],
      protocols: [{ type: 'toString', urls: [] }],
    },
  });
});
