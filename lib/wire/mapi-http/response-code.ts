/** What the transport says of a request before anybody looks at its body: X-ResponseCode. [MS-OXCMAPIHTTP] 2.2.3.3.3 */

export interface ResponseCode {
  readonly code: number;
  /** As in the document. */
  readonly name: string;
  readonly meaning: string;
}

/** In the order of their numbers. Servers that are not Exchange count otherwise: what they say in words is worth more than this. */
const RESPONSE_CODES: readonly (readonly [name: string, meaning: string])[] = [
  ['Success', 'The request was accepted.'],
  ['Unknown Failure', 'The request failed, and the server does not say why.'],
  ['Invalid Verb', 'The request does not use POST.'],
  ['Invalid Path', 'The address of the request is not one of this server.'],
  ['Invalid Header', 'A header of the request is not valid.'],
  ['Invalid Request Type', 'The server does not know what X-RequestType asks for.'],
  ['Invalid Context Cookie', 'The cookie of the session is not valid.'],
  ['Missing Header', 'The request lacks a header.'],
  ['Anonymous Not Allowed', 'The request came without a sign-in.'],
  ['Too Large', 'The request is too large.'],
  ['Context Not Found', 'The server does not know the session, or no longer.'],
  ['No Privilege', 'The user has no right to this session.'],
  ['Invalid Request Body', 'The body of the request cannot be read.'],
  ['Missing Cookie', 'The request lacks a cookie of the session.'],
  ['Reserved', 'The document gives this code no meaning.'],
  ['Invalid Sequence', 'The request came out of turn.'],
  ['Endpoint Disabled', 'MAPI over HTTP is switched off on the server.'],
  ['Invalid Response', 'The server could not write its answer.'],
  ['Endpoint Shutting Down', 'The server is shutting down.'],
];

/** Null for numbers that the document does not know. */
export function responseCode(code: number): ResponseCode | null {
  const known = RESPONSE_CODES[code];
  return known === undefined ? null : { code, name: known[0], meaning: known[1] };
}

/** Decimal digits, no more than an honest server needs; null for anything else. */
export function readNumber(header: string): number | null {
  const digits = header.trim();
  return /^\d{1,10}$/.test(digits) ? Number(digits) : null;
}

/** Real ones have some 50 characters. */
const LONGEST_SENTENCE = 300;
/** The sentence stands far in front of this. */
const LONGEST_PAGE = 16 * 1024;

/**
 * What the page of a failed request says in words: its first paragraph that says anything, or else all of its text.
 * @returns null where there is no text
 */
export function sentenceOf(page: Uint8Array): string | null {
  const html = new TextDecoder().decode(page.subarray(0, LONGEST_PAGE));
  for (const paragraph of html.split(/<p\b/i).slice(1)) {
    const [inside = ''] = paragraph.slice(paragraph.indexOf('>') + 1).split(/<\/p\s*>/i, 1);
    const sentence = textOf(inside);
    if (sentence !== '') return sentence;
  }
  const text = textOf(html);
  return text === '' ? null : text;
}

/** What nobody sees of a page. */
const UNSEEN = /^(?:script|style|title)\b/i;
const ELEMENT = /^[a-z/!]/i;

/** Without elements, one space between words, cut. */
function textOf(html: string): string {
  const [start = '', ...rest] = html.split('<');
  const behind = rest.map((part) => {
    if (UNSEEN.test(part)) return '';
    if (!ELEMENT.test(part)) return `<${part}`;
    const end = part.indexOf('>');
    return end === -1 ? '' : part.slice(end + 1);
  });
  const text = [start, ...behind].join(' ');
  const words = unescaped(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  const sentence = words.join(' ').replaceAll(/\p{C}/gu, '\u{fffd}');
  return sentence.length > LONGEST_SENTENCE ? `${sentence.slice(0, LONGEST_SENTENCE - 1)}…` : sentence;
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  amp: '&',
  '#39': "'",
};

const unescaped = (text: string): string =>
  text.replaceAll(/&(lt|gt|quot|apos|nbsp|amp|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole);
