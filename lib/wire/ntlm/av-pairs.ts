/** Attributes and values: what a server says of itself in type 2, and what the client adds to it in type 3. [MS-NLMP] 2.2.2.1 */
import { WireError, type WireErrorCode } from '../error.ts';
import { decodeUtf16, encodeUtf16 } from './text.ts';

/** Without MsvAvEOL (0), which ends the list. */
export const AV_ID = {
  netbiosComputer: 1,
  netbiosDomain: 2,
  dnsComputer: 3,
  dnsDomain: 4,
  dnsTree: 5,
  flags: 6,
  timestamp: 7,
  singleHost: 8,
  targetName: 9,
  channelBindings: 10,
} as const;
export type AvName = keyof typeof AV_ID;

/** What the flags of pair 6 say. */
export const AV_FLAG = { accountConstrained: 1, hasMic: 2, untrustedTargetName: 4 } as const;

export interface AvPair {
  /** Known ones stand in `AV_ID`; others are kept as they are. */
  readonly id: number;
  readonly value: Uint8Array;
}

/** Real lists have some hundred bytes; with the longest names that DNS and NetBIOS know they stay below 2 KiB. */
export const MAX_AV_PAIRS = 16 * 1024;

const SPEC = '[MS-NLMP] 2.2.2.1';
const EOL = 0;
const TEXTS: readonly number[] = [1, 2, 3, 4, 5, 9];
const SIZES: Readonly<Record<number, number>> = { [AV_ID.flags]: 4, [AV_ID.timestamp]: 8, [AV_ID.channelBindings]: 16 };

/**
 * Reads a list in its order. What follows its end is ignored: some servers fill up the field.
 * @param place of the first byte
 * @throws WireError
 */
export function decodeAvPairs(bytes: Uint8Array, { path, offset }: { path: string; offset: number }): AvPair[] {
  const pairs: AvPair[] = [];
  const fault = (code: WireErrorCode, at: number, reason: string): WireError =>
    new WireError(code, { path: `${path}[${pairs.length}]`, offset: offset + at, spec: SPEC }, reason);
  if (bytes.length > MAX_AV_PAIRS) throw fault('too-large', 0, `${bytes.length} bytes, more than ${MAX_AV_PAIRS}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; ; ) {
    if (at + 4 > bytes.length) throw fault('truncated', at, 'the list has no end');
    const id = view.getUint16(at, true);
    const length = view.getUint16(at + 2, true);
    if (id === EOL) return pairs;
    const value = bytes.subarray(at + 4, at + 4 + length);
    if (value.length < length) throw fault('truncated', at, `it says ${length} bytes, ${value.length} are left`);
    const objection = objectionTo(id, length);
    if (objection !== null) throw fault('bad-value', at, objection);
    pairs.push({ id, value });
    at += 4 + length;
  }
}

function objectionTo(id: number, length: number): string | null {
  if (TEXTS.includes(id) && length % 2 !== 0) return 'half a character at the end';
  const size = SIZES[id];
  return size === undefined || size === length ? null : `${length} bytes where ${size} belong`;
}

/** Writes the list and its end. @throws RangeError for a value of more than 64 KiB */
export function encodeAvPairs(pairs: readonly AvPair[]): Uint8Array {
  const bytes = new Uint8Array(pairs.reduce((sum, { value }) => sum + 4 + value.length, 4));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { id, value } of pairs) {
    if (value.length > 0xffff) throw new RangeError(`${value.length} bytes are too many for an AV pair`);
    view.setUint16(at, id, true);
    view.setUint16(at + 2, value.length, true);
    bytes.set(value, at + 4);
    at += 4 + value.length;
  }
  return bytes;
}

/** The first pair of this kind counts. */
export function avValue(pairs: readonly AvPair[], name: AvName): Uint8Array | null {
  return pairs.find(({ id }) => id === AV_ID[name])?.value ?? null;
}

export function avText(pairs: readonly AvPair[], name: AvName): string | null {
  const value = avValue(pairs, name);
  return value === null ? null : decodeUtf16(value);
}

/** Bits of `AV_FLAG`; 0 where there is no such pair. */
export function avFlags(pairs: readonly AvPair[]): number {
  const value = avValue(pairs, 'flags');
  return value === null ? 0 : new DataView(value.buffer, value.byteOffset).getUint32(0, true);
}

export const textPair = (name: AvName, text: string): AvPair => ({ id: AV_ID[name], value: encodeUtf16(text) });

export function flagsPair(flags: number): AvPair {
  const value = new Uint8Array(4);
  new DataView(value.buffer).setUint32(0, flags, true);
  return { id: AV_ID.flags, value };
}
