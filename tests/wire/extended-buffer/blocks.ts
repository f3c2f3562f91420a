/** Extended buffers and auxiliary blocks as servers may send them. */
import { compress } from './compressor.ts';

export const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

interface Packing {
  readonly isLast?: boolean;
  readonly isCompressed?: boolean;
  readonly isObfuscated?: boolean;
}

/** RPC_HEADER_EXT and its payload. */
export function block(
  payload: Uint8Array,
  { isLast = true, isCompressed = false, isObfuscated = false }: Packing = {},
): Uint8Array {
  const flags = (isCompressed ? 1 : 0) + (isObfuscated ? 2 : 0) + (isLast ? 4 : 0);
  const packed = isCompressed ? compress(payload) : payload;
  const sent = isObfuscated ? packed.map((octet) => octet ^ 0xa5) : packed;
  return joined(u16(0), u16(flags), u16(sent.length), u16(payload.length), sent);
}

/** AUX_HEADER and what follows it. */
export const auxiliary = (version: number, type: number, contents: Uint8Array): Uint8Array =>
  joined(u16(contents.length + 4), Uint8Array.of(version, type), contents);

export const u16 = (value: number): Uint8Array => Uint8Array.of(value & 0xff, value >> 8);

/** UTF-16LE and two zero octets. */
export const utf16z = (text: string): Uint8Array => new Uint8Array(Buffer.from(`${text}\0`, 'utf16le'));
