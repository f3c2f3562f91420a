/** What kind of document a body is, before anybody tries to read it as the promised one. */
import { expect, test } from 'vitest';
import { bodyKind } from '#lib/probes/judging/body.ts';
import { answer } from './table.ts';

const utf16 = (text: string): Uint8Array => Uint8Array.of(0xff, 0xfe, ...Buffer.from(text, 'utf16le'));

test.each<[string, string | Uint8Array, string, string]>([
  ['XML with a declaration', '<?xml version="1.0"?><a/>', '', 'xml'],
  ['XML behind blanks', '\r\n  <Autodiscover>', 'text/plain', 'xml'],
  ['XML behind a byte order mark', '\uFEFF<a/>', '', 'xml'],
  ['XML in UTF-16', utf16('<a/>'), '', 'xml'],
  ['what is declared as XML', 'oops', 'application/XML; charset=utf-8', 'xml'],
  ['a tag that begins like html', '<htmlish/>', '', 'xml'],
  ['a web page', '<!DOCTYPE HTML><title>\n Sign in </title>', '', 'a web page ("Sign in")'],
  ['a web page without a title', '<HTML lang="en">', '', 'a web page'],
  ['a web page by its type', '<p>Hello', 'text/html', 'a web page'],
  ['a title that goes on for ever', `<html><title>${'x'.repeat(500)}`, '', `a web page ("${'x'.repeat(120)}")`],
  ['JSON', '{}', 'application/json', 'a document of type application/json'],
  ['nothing', '', 'text/plain', 'an empty answer'],
  ['text without a type', 'hello', '', 'something without a type'],
])('%s', (_name, body, type, expected) => {
  const headers = type === '' ? [] : [['content-TYPE', type] as const];
  const kind = bodyKind(answer({ body, headers }));
  expect(kind.kind === 'xml' ? 'xml' : kind.what).toBe(expected);
});
