/**
 * What all three messages share: signature and type, fields that point behind the fixed part, Version. [MS-NLMP] 2.2
 *
 * A field is Len, MaxLen and Offset; readers go by the offsets, ignore MaxLen and take any order. An empty field may point anywhere.
 */
import { WireError, type WireErrorCode } from '../error.ts';
import { decodeOem, decodeUtf16 } from './text.ts';

/** "NTLMSSP" and a zero. */
const SIGNATURE = Uint8Array.of(0x4e, 0x54, 0x4c, 0x4d, 0x53, 0x53, 0x50, 0);
const MESSAGE_TYPE = { negotiate: 1, challenge: 2, authenticate: 3 } as const;
type MessageName = keyof typeof MESSAGE_TYPE;

/** All parts at their longest stay below; real messages have some hundred bytes, with authorization data a few KiB. */
export const MAX_MESSAGE = 64 * 1024;
/** A field's length has 16 bits. */
export const MAX_FIELD = 0xffff;

/** Of the software that speaks. [MS-NLMP] 2.2.2.10 */
export interface NtlmVersion {
  readonly major: number;
  readonly minor: number;
  readonly build: number;
  /** 15; no other is defined. */
  readonly revision: number;
}

/** Whether these bytes begin like a message, and not like a wrapper around one. */
export function isNtlmMessage(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/** Looks into one message by places in it. */
export class MessageReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #name: MessageName;
  readonly #spec: string;
  readonly #least: number;
  /** Where the fixed part ends at the latest: at the first field's content, or with the message. */
  #fixedEnd: number;

  /**
   * @param least the shortest fixed part that is in use
   * @throws WireError for what is no such message
   */
  constructor(
    bytes: Uint8Array,
    name: MessageName,
    { least, spec }: { readonly least: number; readonly spec: string },
  ) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#name = name;
    this.#spec = spec;
    this.#least = least;
    this.#fixedEnd = bytes.length;
    if (bytes.length > MAX_MESSAGE)
      throw this.fault('too-large', '', MAX_MESSAGE, `${bytes.length} bytes, more than ${MAX_MESSAGE}`);
    if (SIGNATURE.some((byte, at) => at < bytes.length && bytes[at] !== byte))
      throw this.fault('bad-value', 'signature', 0, 'it does not begin with NTLMSSP');
    if (bytes.length < 12) throw this.fault('truncated', 'type', bytes.length, 'it ends too early');
    const type = this.u32(8);
    if (type !== MESSAGE_TYPE[name])
      throw this.fault('bad-value', 'type', 8, `type ${type} where ${MESSAGE_TYPE[name]} belongs`);
    if (bytes.length < least)
      throw this.fault('truncated', '', bytes.length, `it has ${bytes.length} of ${least} bytes`);
  }

  /** Whether the fixed part reaches up to here, as far as the fields that were read until now tell. */
  reaches(end: number): boolean {
    return this.#fixedEnd >= end;
  }

  u32(at: number): number {
    return this.#view.getUint32(at, true);
  }

  /** A view of bytes in the fixed part. */
  bytes(at: number, length: number): Uint8Array {
    return this.#bytes.subarray(at, at + length);
  }

  /** A view of what a field holds. */
  field(at: number, name: string): { readonly value: Uint8Array; readonly offset: number } {
    const length = this.#view.getUint16(at, true);
    const offset = this.u32(at + 4);
    if (length === 0) return { value: new Uint8Array(), offset: at };
    if (offset < Math.max(this.#least, at + 8))
      throw this.fault('bad-value', name, at + 4, 'it points into the fixed part');
    if (offset + length > this.#bytes.length)
      throw this.fault('truncated', name, at, `it ends at ${offset + length}, the message at ${this.#bytes.length}`);
    this.#fixedEnd = Math.min(this.#fixedEnd, offset);
    return { value: this.#bytes.subarray(offset, offset + length), offset };
  }

  text(at: number, name: string, isUnicode: boolean): string {
    const { value, offset } = this.field(at, name);
    if (!isUnicode) return decodeOem(value);
    if (value.length % 2 !== 0) throw this.fault('bad-value', name, offset, 'half a character at the end');
    return decodeUtf16(value);
  }

  version(at: number): NtlmVersion {
    return {
      major: this.#view.getUint8(at),
      minor: this.#view.getUint8(at + 1),
      build: this.#view.getUint16(at + 2, true),
      revision: this.#view.getUint8(at + 7),
    };
  }

  fault(code: WireErrorCode, field: string, offset: number, reason: string): WireError {
    const path = field === '' ? `ntlm.${this.#name}` : `ntlm.${this.#name}.${field}`;
    return new WireError(code, { path, offset, spec: this.#spec }, reason);
  }
}

/** Something at its place in the fixed part: bytes as they are, a number of 32 bits, or a field that points to its content. */
export type Part =
  | { readonly at: number; readonly bytes: Uint8Array }
  | { readonly at: number; readonly u32: number }
  | { readonly at: number; readonly field: Uint8Array };

/**
 * Writes a message; the fields' contents follow the fixed part in the order of the list.
 * @throws RangeError for a field of more than 64 KiB
 */
export function encodeMessage(name: MessageName, fixedLength: number, parts: readonly Part[]): Uint8Array {
  const contents = parts.flatMap((part) => ('field' in part ? [part.field] : []));
  const message = new Uint8Array(contents.reduce((sum, content) => sum + content.length, fixedLength));
  const view = new DataView(message.buffer);
  message.set(SIGNATURE);
  view.setUint32(8, MESSAGE_TYPE[name], true);
  let end = fixedLength;
  for (const part of parts) {
    if ('bytes' in part) message.set(part.bytes, part.at);
    else if ('u32' in part) view.setUint32(part.at, part.u32, true);
    else {
      const { at, field } = part;
      if (field.length > MAX_FIELD) throw new RangeError(`${field.length} bytes are too many for a field of NTLM`);
      view.setUint16(at, field.length, true);
      view.setUint16(at + 2, field.length, true);
      view.setUint32(at + 4, end, true);
      message.set(field, end);
      end += field.length;
    }
  }
  return message;
}

export function encodeVersion({ major, minor, build, revision }: NtlmVersion): Uint8Array {
  return Uint8Array.of(major, minor, build & 0xff, build >> 8, 0, 0, 0, revision);
}
