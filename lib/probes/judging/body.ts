/** What kind of document an HTTP body is, before anybody tries to read it as the promised one. */
import { type HttpAnswer, header } from '#lib/net/http-message.ts';

export type BodyKind = { readonly kind: 'xml' } | { readonly kind: 'other'; readonly what: string };

/** XML by its first characters or by its declared type; everything else is named for what it is. */
export function bodyKind(answer: HttpAnswer): BodyKind {
  const start = new TextDecoder()
    .decode(answer.body.subarray(0, 4096))
    .replace(/^\uFEFF/, '')
    .trimStart();
  const type = (header(answer.headers, 'content-type') ?? '').toLowerCase();
  if (/^<(!doctype html|html)\b/i.test(start) || type.includes('text/html'))
    return { kind: 'other', what: htmlPage(start) };
  if (start.startsWith('<') || type.includes('xml') || looksUtf16(answer.body)) return { kind: 'xml' };
  if (answer.body.length === 0) return { kind: 'other', what: 'an empty answer' };
  return { kind: 'other', what: type === '' ? 'something without a type' : `a document of type ${type.slice(0, 80)}` };
}

function htmlPage(start: string): string {
  const title = /<title[^>]*>([^<]{1,120})/i.exec(start)?.[1]?.trim();
  return title ? `a web page ("${title}")` : 'a web page';
}

function looksUtf16(body: Uint8Array): boolean {
  return (body[0] === 0xff && body[1] === 0xfe) || (body[0] === 0xfe && body[1] === 0xff);
}
