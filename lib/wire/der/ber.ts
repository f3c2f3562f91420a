/**
 * BER as far as messages around certificates need it: lengths may be indefinite or longer than they had to be. X.690 8.1
 *
 * Nothing of this is allowed inside a certificate; it is for PKCS #7 wrappers alone, which old software still writes this way.
 */
import { WireError, type WireErrorCode, type WirePlace } from '../error.ts';

export interface BerValue {
  readonly tag: number;
  /** Where it begins, where its content begins and ends, and where the next value begins. */
  readonly at: number;
  readonly content: number;
  readonly contentEnd: number;
  readonly end: number;
}

/** An end mark: a value of two zeros. X.690 8.1.5 */
const END_MARK = 2;

/** Goes through the values inside of a constructed one. */
export class BerReader {
  readonly #bytes: Uint8Array;
  readonly #place: WirePlace;
  readonly #end: number;
  #at: number;

  /**
   * @param bytes all of the message
   * @param place of `bytes[0]`
   * @param within the content to go through; everything without one
   */
  constructor(bytes: Uint8Array, place: WirePlace, within = { content: 0, contentEnd: bytes.length }) {
    this.#bytes = bytes;
    this.#place = place;
    this.#at = within.content;
    this.#end = within.contentEnd;
  }

  /** The first octet of the next value; null at the end. */
  get tag(): number | null {
    return this.#at < this.#end ? (this.#bytes[this.#at] ?? null) : null;
  }

  /** The next value, which has to have this tag if one is given. */
  take(name: string, tag?: number): BerValue {
    const place = { ...this.#place, path: `${this.#place.path}.${name}` };
    const header = readBerHeader(this.#bytes, this.#at, this.#end, place);
    if (tag !== undefined && header.tag !== tag)
      throw fault('bad-value', place, this.#at, 'another kind of value belongs here');
    const contentEnd = header.contentEnd ?? findEndMark(this.#bytes, header.content, this.#end, place);
    const end = header.contentEnd ?? contentEnd + END_MARK;
    this.#at = end;
    return { ...header, contentEnd, end };
  }

  /** The values inside of the next one. */
  open(name: string, tag: number): BerReader {
    return new BerReader(this.#bytes, this.#place, this.take(name, tag));
  }

  /** Makes sure that nothing is left. */
  end(): void {
    if (this.tag !== null) throw fault('trailing', this.#place, this.#at, `${this.#end - this.#at} octets too many`);
  }
}

interface BerHeader {
  readonly tag: number;
  readonly at: number;
  readonly content: number;
  /** Null for an indefinite length. */
  readonly contentEnd: number | null;
}

function readBerHeader(bytes: Uint8Array, at: number, end: number, place: WirePlace): BerHeader {
  const [tag, first] = bytes.subarray(at, Math.min(at + 2, end));
  if (tag === undefined || first === undefined) throw fault('truncated', place, at, 'nothing is left for it');
  if ((tag & 0x1f) === 0x1f) throw fault('bad-value', place, at, 'a tag number above 30');
  if (first === 0x80) {
    if ((tag & 0x20) === 0) throw fault('bad-value', place, at, 'an indefinite length of what has no parts');
    return { tag, at, content: at + 2, contentEnd: null };
  }
  const lengthOctets = first < 0x80 ? 0 : first & 0x7f;
  const content = at + 2 + lengthOctets;
  if (content > end) throw fault('truncated', place, at, 'it ends inside its length');
  const length =
    lengthOctets === 0 ? first : bytes.subarray(at + 2, content).reduce((sum, octet) => sum * 256 + octet, 0);
  if (length > end - content) throw fault('truncated', place, at, 'it says more octets than are left');
  return { tag, at, content, contentEnd: content + length };
}

/** Where the mark stands that ends a value; those of values inside of it are counted, not followed, so that depth costs nothing. */
function findEndMark(bytes: Uint8Array, from: number, end: number, place: WirePlace): number {
  let open = 1;
  for (let at = from; ; ) {
    const { tag, content, contentEnd } = readBerHeader(bytes, at, end, place);
    if (tag === 0 && contentEnd === content && --open === 0) return at;
    if (contentEnd === null) open++;
    at = contentEnd ?? content;
  }
}

function fault(code: WireErrorCode, { path, spec, offset }: WirePlace, at: number, reason: string): WireError {
  return new WireError(code, { path, spec, offset: offset + at }, reason);
}
