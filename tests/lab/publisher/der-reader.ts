/** Reads the DER that clients send: questions to an OCSP responder, tokens of Negotiate. Strict: whatever is not plain DER is refused. */

/** The client sent something else. */
export class NotDer extends Error {}

export interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** Every element in these bytes, which they have to fill. X.690 8.1, 10.1 */
export function elementsIn(bytes: Uint8Array): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { tag, start, end } = headAt(bytes, at);
    found.push({ tag, content: bytes.subarray(start, end) });
    at = end;
  }
  return found;
}

/** What stands inside an element that has to be there and to have this tag. */
export function inside(element: Element | undefined, tag: number): Element[] {
  return elementsIn(contentOf(element, tag));
}

/** The bytes of an element that has to be there and to have this tag. */
export function contentOf(element: Element | undefined, tag: number): Uint8Array {
  if (element?.tag !== tag) throw new NotDer(`Tag ${tag} is missing.`);
  return element.content;
}

function headAt(bytes: Uint8Array, at: number): { tag: number; start: number; end: number } {
  const [tag = 0, first = 0xff] = bytes.subarray(at, at + 2);
  const isLong = first >= 0x80;
  const start = at + 2 + (isLong ? first - 0x80 : 0);
  const length = isLong ? bytes.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0) : first;
  const isShortest = !isLong || (first <= 0x84 && length >= 0x80 && bytes[at + 2] !== 0);
  if (!isShortest || start + length > bytes.length) throw new NotDer('A length is wrong.');
  return { tag, start, end: start + length };
}
