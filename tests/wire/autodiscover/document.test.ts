/** Documents that are not as they should be: read where they can be, named for what they are where not. */
import { describe, expect, test } from 'vitest';
import { decodePoxResponse, type PoxResult } from '#lib/wire/autodiscover/pox.ts';
import { recorded, utf8 } from './recorded.ts';

const text = new TextDecoder().decode(recorded('pox.xml'));
const bare = text.slice(text.indexOf('?>') + 2).trim();
const utf16 = (document: string) => new Uint8Array(Buffer.from(document, 'utf16le'));
const swapped = (document: string) => new Uint8Array(Buffer.from(document, 'utf16le').swap16());
const marked = (mark: readonly number[], bytes: Uint8Array) => Uint8Array.of(...mark, ...bytes);

function codes(result: PoxResult): readonly string[] {
  if (!result.ok) throw new Error(`refused: ${result.fault.reason}`);
  return result.untidy.map(({ code }) => code);
}

/** Settings and nothing else: the same as out of the tidy document. */
function settings(result: PoxResult): unknown {
  return result.ok ? result.response : result.fault;
}

const tidy = settings(decodePoxResponse(utf8(text)));

describe('the same settings come out of a document', () => {
  const xml = 'text/xml';
  test.each<[string, string | Uint8Array, string | null, readonly string[]]>([
    ['without a declaration', bare, xml, []],
    ['without a type', text, null, []],
    ['of another XML type', text, 'application/xml; charset="UTF-8"', []],
    ['in ASCII, whatever it is said to be', text, 'text/xml; charset=iso-8859-1', []],
    ['with comments and instructions around it', `<!-- a -->${bare}<!-- b --><?c?>\n`, xml, []],
    ['with a byte order mark', marked([0xef, 0xbb, 0xbf], utf8(text)), xml, ['byte-order-mark']],
    [
      'in UTF-16 with a mark',
      marked([0xff, 0xfe], utf16(text.replace('UTF-8', 'utf-16'))),
      xml,
      ['byte-order-mark', 'utf-16'],
    ],
    [
      'in UTF-16, the other way round',
      marked([0xfe, 0xff], swapped(bare)),
      'text/xml; charset=utf-16',
      ['byte-order-mark', 'utf-16'],
    ],
    ['in UTF-16 without a mark', utf16(bare), xml, ['utf-16']],
    ['in UTF-16, swapped, without a mark', swapped(bare), xml, ['utf-16']],
    ['in UTF-16 that is declared UTF-8', utf16(text), xml, ['utf-16', 'encoding-lies']],
    ['that is declared UTF-16 and is not', text.replace('UTF-8', 'utf-16'), xml, ['encoding-lies']],
    ['that is promised to be UTF-16 and is not', text, 'text/xml; charset=UTF-16', ['charset-lies']],
    ['of a character set that nobody knows', text, 'text/xml; charset=x-mine', ['charset-unknown']],
    ['that comes as HTML', text, 'text/html; charset=utf-8', ['content-type']],
    ['behind white space', `\n\n  ${text}`, xml, ['leading-content']],
    ['behind a warning', `Warning: no such file\n${text}`, xml, ['leading-content']],
    ['behind a warning with markup', `<br />\n<b>Notice</b>: x in <b>y</b><br />\n${text}`, xml, ['leading-content']],
    ['before a second one', `${text}${bare}`, xml, ['trailing-content']],
    ['before text', `${text}0`, xml, ['trailing-content']],
    ['before a comment that does not end', `${text}<!-- `, xml, ['trailing-content']],
    ['with prefixes', bare.replace(/<(\/?)(?=\w)/g, '<$1p:').replaceAll('xmlns=', 'xmlns:p='), xml, ['prefix']],
    ['without namespaces', bare.replace(/ xmlns="[^"]*"/g, ''), xml, ['namespace-missing']],
    ['of https namespaces', bare.replaceAll('="http://', '="https://'), xml, ['namespace-https']],
    ['of another namespace', bare.replaceAll('http://schemas.microsoft.com', 'urn:x'), xml, ['namespace-wrong']],
    [
      'with both namespaces alike',
      bare.replace('outlook/responseschema/2006a', 'responseschema/2006'),
      xml,
      ['namespace-wrong'],
    ],
    [
      'in lower case',
      bare.replace(/<(\/?)(Autodiscover|Response|User|Protocol|EwsUrl)\b/g, (all) => all.toLowerCase()),
      xml,
      ['odd-case'],
    ],
    ['with padded values', bare.replace(/>(https[^<]*)</g, '>\n $1\t<'), xml, ['padded-value']],
  ])('%s', (_title, document, type, expected) => {
    const result = decodePoxResponse(typeof document === 'string' ? utf8(document) : document, type);
    expect(settings(result)).toEqual(tidy);
    expect(codes(result)).toEqual(expected);
  });
});

describe('letters beyond ASCII', () => {
  const named = (bytes: Uint8Array, type: string | null) => {
    const result = decodePoxResponse(bytes, type);
    const response = result.ok ? result.response : null;
    return [response?.kind === 'settings' ? response.user.displayName : null, codes(result)];
  };
  const document = (name: string) => text.replace('Alice Example', name);
  const latin1 = (name: string, encoding: string) =>
    new Uint8Array(Buffer.from(document(name).replace('UTF-8', encoding), 'latin1'));

  test.each<[string, Uint8Array, string | null, string, readonly string[]]>([
    ['UTF-8', utf8(document('Jörg')), 'text/xml; charset=utf-8', 'Jörg', []],
    [
      'UTF-8 that is promised to be Latin-1',
      utf8(document('Jörg')),
      'text/xml; charset=iso-8859-1',
      'Jörg',
      ['charset-lies'],
    ],
    ['Latin-1 as declared', latin1('Jörg', 'iso-8859-1'), 'text/xml', 'Jörg', []],
    [
      'Latin-1 as promised, but not as declared',
      latin1('Jörg', 'UTF-8'),
      'text/xml; charset=iso-8859-1',
      'Jörg',
      ['encoding-lies'],
    ],
    ['Latin-1 that nobody tells', latin1('Jörg', 'UTF-8'), null, 'J\ufffdrg', ['broken-characters']],
  ])('%s', (_title, bytes, type, name, expected) => {
    expect(named(bytes, type)).toEqual([name, expected]);
  });
});

test('a note says where, five times at most', () => {
  const result = decodePoxResponse(utf8(bare.replace(/>([^<>\n]+)</g, '> $1<')), 'text/plain');
  const [type, padded] = result.ok ? result.untidy : [];
  expect(type).toEqual({ code: 'content-type', breaks: false, words: 'it comes as text/plain' });
  expect(padded?.words).toBe(
    'white space around the value of AutoDiscoverSMTPAddress, DisplayName, LegacyDN, DeploymentId, AccountType, …',
  );
});

test('a declaration inside the settings is no second document', () => {
  const inside = bare.replace('Alice Example', '<![CDATA[<?xml version="1.0"?><a/>]]>');
  const result = decodePoxResponse(utf8(inside), 'text/xml');
  expect(codes(result)).toEqual([]);
  expect(result).toMatchObject({ response: { user: { displayName: '<?xml version="1.0"?><a/>' } } });
});

describe('what is no document', () => {
  test.each<[string, string, string]>([
    ['', 'empty', 'the answer is empty'],
    [' \r\n\ufeff ', 'empty', 'the answer is empty'],
    ['<!DOCTYPE html><html><head><title> Sign \n in </title></head>', 'html', 'a web page ("Sign in")'],
    ['<html><body><p>one<br>two</body></html>', 'html', 'a web page'],
    ['<!-- x --><html><p></html>', 'html', 'a web page'],
    [
      '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html xmlns="z"><head><title>T</title></head></html>',
      'html',
      'a web page ("T")',
    ],
    ['{"Protocol":"AutodiscoverV1"}', 'json', 'JSON instead of XML'],
    ['[1]', 'json', 'JSON instead of XML'],
    ['{"Protocol":', 'text', 'plain text'],
    ['It works!', 'text', 'plain text'],
  ])('%j is %s', (document, kind, reason) => {
    expect(decodePoxResponse(utf8(document))).toEqual({ ok: false, fault: { kind, reason, line: 1, column: 1 } });
  });

  test('XML that breaks is shown where it breaks', () => {
    const broken = text.replace('</EwsUrl>', '</EwsURL>');
    const line = broken.slice(0, broken.indexOf('</EwsURL>')).split('\n').length;
    expect(decodePoxResponse(utf8(broken))).toMatchObject({ fault: { kind: 'malformed', line } });
    expect(decodePoxResponse(utf8(`junk\n${broken}`))).toMatchObject({
      fault: { line: 1, reason: 'non-whitespace before first tag.' },
    });
  });

  test('XML that ends too soon is called truncated, with its last line', () => {
    const cut = text.slice(0, text.indexOf('</Account>'));
    expect(decodePoxResponse(utf8(cut))).toMatchObject({ fault: { kind: 'truncated', line: cut.split('\n').length } });
  });
});
