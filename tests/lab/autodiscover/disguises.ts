/** Settings that say what they should, in a form that they should not have. */
import type { Body, Handler, HttpAnswer } from '../http/message.ts';
import { answerAutodiscover, type PoxBend } from './pox.ts';
import { element } from './xml.ts';

/** The usual answer, with its text changed. An answer that holds no text stays as it is. */
function rewritten(
  change: (document: string) => Body,
  contentType = 'text/xml; charset=utf-8',
  bend: PoxBend = {},
): Handler {
  const usual = answerAutodiscover(bend);
  return (...about) => {
    const answer = usual(...about) as HttpAnswer;
    const body = typeof answer.body === 'string' ? change(answer.body) : (answer.body ?? '');
    return { ...answer, headers: [['Content-Type', contentType]], body };
  };
}

/** As some documentation prints them. */
export const httpsNamespaces = rewritten((text) => text.replaceAll('"http://schemas.', '"https://schemas.'));

/** The inner namespace stands on the outermost element as well. */
export const wrongNamespaces = rewritten((text) => {
  const [, inner = ''] = /<Response xmlns="([^"]*)"/.exec(text) ?? [];
  return text.replace(/<Autodiscover xmlns="[^"]*"/, `<Autodiscover xmlns="${inner}"`);
});

/** UTF-16, little-endian, with a byte order mark, and declared as what it is. */
export const utf16 = rewritten((text) => {
  const declared = text.replace('encoding="utf-8"', 'encoding="utf-16"');
  return Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(declared, 'utf16le')]);
}, 'text/xml; charset=utf-16');

/** UTF-8, though document and header say something else; one element in it has an umlaut. */
export const wrongCharset = rewritten(
  (text) => text.replace('encoding="utf-8"', 'encoding="utf-16"'),
  'text/xml; charset=iso-8859-1',
  { extra: [element('Greeting', 'Grüße')] },
);

/** A page of a program in between, in place of the settings. */
export const webPage = rewritten(
  () => '<!DOCTYPE html>\n<html lang="en"><head><title>Welcome</title></head><body><p>It works.</p></body></html>\n',
  'text/html; charset=utf-8',
);

export const emptyBody = rewritten(() => '');

/** Entities that hold one another: a kilobyte that becomes gigabytes where somebody follows them. */
export const nestedEntities = rewritten((text) => {
  const levels = Array.from({ length: 10 }, (_, level) => {
    const inside = level === 0 ? 'boom' : `&e${level - 1};`.repeat(10);
    return `<!ENTITY e${level} "${inside}">`;
  });
  return withEntities(text, levels, '&e9;');
});

/** Entities outside the document: a file of the reader's machine, and a page that tells who reads. */
export function externalEntities(page: string): Handler {
  const entities = ['<!ENTITY file SYSTEM "file:///etc/passwd">', `<!ENTITY page SYSTEM "${page}">`];
  return rewritten((text) => withEntities(text, entities, '&file;&page;'));
}

function withEntities(text: string, entities: readonly string[], inside: string): string {
  const doctype = `<!DOCTYPE Autodiscover [${entities.join('\n')}]>\n<Autodiscover`;
  return text.replace('<Autodiscover', doctype).replace(/(<DisplayName>)[^<]*/, `$1${inside}`);
}
