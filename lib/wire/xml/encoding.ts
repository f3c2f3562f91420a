/**
 * Bytes as text, whatever they are said to be. A byte order mark decides, then the bytes themselves; what the header and the
 * declaration promise is believed only where the bytes leave it open. RFC 7303 3, XML 1.0 appendix F
 */

/** What is odd about the way in which a text is written down. */
export interface EncodingNote {
  readonly code:
    | 'byte-order-mark'
    | 'utf-16'
    | 'charset-lies'
    | 'encoding-lies'
    | 'charset-unknown'
    | 'broken-characters';
  readonly what: string;
}

export interface DecodedText {
  readonly text: string;
  /** As the Encoding standard calls it: `utf-8`. */
  readonly encoding: string;
  readonly notes: readonly EncodingNote[];
}

/** The largest declarations have a hundred characters. */
const DECLARATION_BYTES = 256;
const LONGEST_LABEL = 40;

/** Reads a document that came with this `Content-Type`. Never fails: what cannot be read becomes U+FFFD, and is noted. */
export function decodeText(bytes: Uint8Array, contentType: string | null): DecodedText {
  const sign = signature(bytes);
  const promised = [
    promise('charset-lies', charsetOf(contentType)),
    promise('encoding-lies', declaredEncoding(bytes, sign?.encoding)),
  ].flatMap((one) => one ?? []);
  const encoding = sign?.encoding ?? settle(bytes, promised);
  const { text, broken } = decode(bytes, encoding);
  const ascii = encoding === 'utf-8' && isAscii(bytes);
  const notes: readonly EncodingNote[] = [
    ...(sign?.marked ? [{ code: 'byte-order-mark', what: '' } as const] : []),
    ...(encoding.startsWith('utf-16') ? [{ code: 'utf-16', what: encoding.toUpperCase() } as const] : []),
    ...promised.flatMap((one) => complaint(one, encoding, ascii)),
    ...(broken ? [{ code: 'broken-characters', what: encoding.toUpperCase() } as const] : []),
  ];
  return { text, encoding, notes };
}

/** The charset parameter of a media type, null where there is none. RFC 9110 8.3.2 */
function charsetOf(contentType: string | null): string | null {
  const parameters = (contentType ?? '').slice(0, 1_000).split(';').slice(1);
  const found = parameters.map((one) => one.trim()).find((one) => one.toLowerCase().startsWith('charset='));
  return found?.slice('charset='.length).replaceAll('"', '').trim() || null;
}

interface Signature {
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly marked: boolean;
}

/** A byte order mark, or the first `<` of XML in two bytes. */
function signature([first, second, third, fourth]: Uint8Array): Signature | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', marked: true };
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', marked: true };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', marked: true };
  if (first === 0x3c && second === 0 && third !== 0) return { encoding: 'utf-16le', marked: false };
  if (first === 0 && second === 0x3c && third === 0 && fourth !== 0) return { encoding: 'utf-16be', marked: false };
  return null;
}

/** XML 1.0, 4.3.3 */
function declaredEncoding(bytes: Uint8Array, encoding: string = 'utf-8'): string | null {
  const start = decode(bytes.subarray(0, DECLARATION_BYTES), encoding).text.trimStart();
  const end = start.startsWith('<?xml') ? start.indexOf('?>') : -1;
  const [, double, single] = /\sencoding\s?=\s?(?:"([^"]*)"|'([^']*)')/.exec(start.slice(0, Math.max(0, end))) ?? [];
  return double ?? single ?? null;
}

interface Promised {
  readonly code: 'charset-lies' | 'encoding-lies';
  readonly label: string;
  /** Null for a label that the Encoding standard does not know. */
  readonly encoding: string | null;
}

function promise(code: Promised['code'], label: string | null): Promised | null {
  if (label === null) return null;
  try {
    return { code, label, encoding: new TextDecoder(label).encoding };
  } catch {
    return { code, label, encoding: null };
  }
}

/** Hardly any text in another encoding happens to be UTF-8, so what can be read as UTF-8 is. */
function settle(bytes: Uint8Array, promised: readonly Promised[]): string {
  if (!decode(bytes, 'utf-8').broken) return 'utf-8';
  const candidates = promised.flatMap(({ encoding }) => (encoding?.startsWith('utf-16') ? [] : (encoding ?? [])));
  return candidates.find((encoding) => !decode(bytes, encoding).broken) ?? 'utf-8';
}

function complaint({ code, label, encoding }: Promised, actual: string, ascii: boolean): readonly EncodingNote[] {
  const what = label.slice(0, LONGEST_LABEL);
  if (encoding === null) return [{ code: 'charset-unknown', what }];
  const wide = encoding.startsWith('utf-16');
  // "utf-16" alone means either order; and nearly every encoding writes ASCII alike.
  const fits = wide ? actual.startsWith('utf-16') : ascii || encoding === actual;
  return fits ? [] : [{ code, what }];
}

function decode(bytes: Uint8Array, encoding: string): { readonly text: string; readonly broken: boolean } {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), broken: false };
  } catch {
    return { text: new TextDecoder(encoding).decode(bytes), broken: true };
  }
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}
