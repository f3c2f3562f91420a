/**
 * DER, strictly: one way of writing each value, and nothing else is read. X.690 8.1, 10.1
 *
 * A `DerValue` is one value with its place; a `DerReader` goes through the values inside of one. What a value means is read by the
 * functions of `values.ts`. Nothing is copied and nothing is read twice, so that any input costs what its size costs.
 */
import { WireError, type WireErrorCode, type WirePlace } from '../error.ts';

/** First octets of values: class, constructed or not, number. X.680 8.4 */
export const BOOLEAN = 0x01;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OCTET_STRING = 0x04;
export const NULL = 0x05;
export const OBJECT_IDENTIFIER = 0x06;
export const ENUMERATED = 0x0a;
export const UTC_TIME = 0x17;
export const GENERALIZED_TIME = 0x18;
export const SEQUENCE = 0x30;
export const SET = 0x31;
/** `[n]` around or instead of a primitive value. */
export const contextPrimitive = (number: number): number => 0x80 | number;
/** `[n]` around or instead of a constructed value. */
export const contextConstructed = (number: number): number => 0xa0 | number;

/** Certificates nest some ten levels deep. */
export const MAX_DEPTH = 32;

export interface DerValue extends WirePlace {
  /** The first octet. */
  readonly tag: number;
  /** Tag, length and content. */
  readonly raw: Uint8Array;
  readonly content: Uint8Array;
  /** Where the content begins in the outermost buffer; `offset` is where the tag is. */
  readonly contentOffset: number;
  readonly depth: number;
}

/** Where a value is within some octets. */
export interface DerHeader {
  readonly tag: number;
  /** Where its content begins, and where it ends. */
  readonly content: number;
  readonly end: number;
}

/**
 * Reads tag and length at `at`, and makes sure that the content is there.
 * @param place of `bytes[0]`
 * @param end where the content has to end at the latest
 * @throws WireError
 */
export function readHeader(bytes: Uint8Array, at: number, place: WirePlace, end = bytes.length): DerHeader {
  // Every value of a list with a million entries comes by here: nothing is made that is not needed.
  const tag = at < end ? bytes[at] : undefined;
  const first = at + 1 < end ? bytes[at + 1] : undefined;
  if (tag === undefined) throw headerFault('truncated', place, at, 'nothing is left for it');
  if ((tag & 0x1f) === 0x1f) throw headerFault('bad-value', place, at, 'a tag number above 30', 'X.690 8.1.2.4');
  if (first === undefined) throw headerFault('truncated', place, at, 'it ends before its length', 'X.690 8.1.3');
  if (first === 0x80) throw headerFault('bad-value', place, at, 'an indefinite length', 'X.690 10.1');
  const lengthOctets = first < 0x80 ? 0 : first & 0x7f;
  if (lengthOctets > 4)
    throw headerFault('too-large', place, at, `a length of ${lengthOctets} octets`, 'X.690 8.1.3.5');
  const content = at + 2 + lengthOctets;
  if (content > end) throw headerFault('truncated', place, at, 'it ends inside its length', 'X.690 8.1.3');
  const length = lengthOctets === 0 ? first : bigEndian(bytes.subarray(at + 2, content));
  if (lengthOctets > 0 && (length < 0x80 || length < 256 ** (lengthOctets - 1)))
    throw headerFault('bad-value', place, at, 'its length could be written shorter', 'X.690 10.1');
  if (length > end - content)
    throw headerFault('truncated', place, at, `it says ${length} octets, ${end - content} are left`, 'X.690 8.1.3');
  return { tag, content, end: content + length };
}

function headerFault(code: WireErrorCode, place: WirePlace, at: number, reason: string, spec = place.spec): WireError {
  return new WireError(code, { path: place.path, offset: place.offset + at, spec }, reason);
}

/** An unsigned number of at most six octets. */
function bigEndian(octets: Uint8Array): number {
  return octets.reduce((number, octet) => number * 256 + octet, 0);
}

/**
 * The outermost value; nothing may follow it.
 * @param place of the first octet; `offset` is 0 unless it stands inside something else
 * @throws WireError
 */
export function wholeValue(
  bytes: Uint8Array,
  place: Omit<WirePlace, 'offset'> & { offset?: number },
  tag: number,
): DerValue {
  const reader = new DerReader(bytes, { ...place, offset: place.offset ?? 0 }, 0);
  const value = reader.named('', tag);
  reader.end();
  return value;
}

/** The values inside of a constructed one. Their paths begin with `path`, or else with that of the value itself. */
export function inside(value: DerValue, { path = value.path, spec = value.spec } = {}): DerReader {
  return new DerReader(value.content, { path, spec, offset: value.contentOffset }, value.depth);
}

/** The one value inside of an EXPLICIT tag; its path stays that of the tag. X.680 31.2.7 */
export function unwrap(value: DerValue, tag?: number): DerValue {
  const reader = inside(value);
  const inner = reader.named('', tag);
  reader.end();
  return inner;
}

/** A complaint about a value. */
export function badValue(place: WirePlace, reason: string, spec = place.spec): WireError {
  return new WireError('bad-value', { path: place.path, offset: place.offset, spec }, reason);
}

export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #place: WirePlace;
  readonly #depth: number;
  #at = 0;

  /** @param place of the first octet and of what all values here belong to */
  constructor(bytes: Uint8Array, place: WirePlace, depth: number) {
    if (depth > MAX_DEPTH) throw new WireError('too-large', place, `values nested more than ${MAX_DEPTH} deep`);
    this.#bytes = bytes;
    this.#place = place;
    this.#depth = depth;
  }

  /** Where the next value is, and what all of them belong to. */
  get place(): WirePlace {
    return { ...this.#place, offset: this.#place.offset + this.#at };
  }

  /** The first octet of the next value; null at the end. */
  get tag(): number | null {
    return this.#bytes[this.#at] ?? null;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The next value, which has to have this tag if one is given. Its path gets the name behind a dot. */
  take(name: string, tag?: number): DerValue {
    return this.named(`.${name}`, tag);
  }

  /** The next value if it has this tag; null otherwise. */
  optional(name: string, tag: number): DerValue | null {
    return this.tag === tag ? this.take(name, tag) : null;
  }

  /** All values that are left, which have to have this tag if one is given: `…[0]`, `…[1]`. */
  *rest(tag?: number): Generator<DerValue> {
    for (let index = 0; !this.done; index++) yield this.named(`[${index}]`, tag);
  }

  /** Makes sure that nothing is left. */
  end(): void {
    if (this.done) return;
    const left = this.#bytes.length - this.#at;
    throw new WireError('trailing', this.place, `${left} ${left === 1 ? 'octet' : 'octets'} too many`);
  }

  /** The next value, with this behind its path. */
  named(suffix: string, tag?: number): DerValue {
    const { path, spec, offset } = this.#place;
    const place = { path: path + suffix, spec, offset };
    const at = this.#at;
    // Before the length: what is no DER at all should not look as if it had been cut.
    if (tag !== undefined && this.tag !== null && this.tag !== tag) {
      throw badValue({ ...place, offset: offset + at }, `tag ${hex(this.tag)} where ${hex(tag)} belongs`);
    }
    const header = readHeader(this.#bytes, at, place);
    this.#at = header.end;
    return {
      ...place,
      offset: offset + at,
      tag: header.tag,
      raw: this.#bytes.subarray(at, header.end),
      content: this.#bytes.subarray(header.content, header.end),
      contentOffset: offset + header.content,
      depth: this.#depth + 1,
    };
  }
}

const hex = (tag: number): string => `0x${tag.toString(16).padStart(2, '0')}`;
