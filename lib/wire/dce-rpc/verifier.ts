/** Who says it, and that nobody changed it: what stands at the end of a PDU. C706 13.2.6.1, [MS-RPCE] 2.2.2.11 */
import type { ByteReader } from '../bytes/reader.ts';
import type { ByteWriter } from '../bytes/writer.ts';
import { HEADER_BYTES, type PduHeader } from './header.ts';

/** [MS-RPCE] 2.2.1.1.7 */
export const AUTH_TYPE = { none: 0, spnego: 9, ntlm: 10, schannel: 14, kerberos: 16, netlogon: 0x44 } as const;

/** [MS-RPCE] 2.2.1.1.8 */
export const AUTH_LEVEL = { none: 1, connect: 2, call: 3, packet: 4, integrity: 5, privacy: 6 } as const;

export const TRAILER_BYTES = 8;

export interface Verifier {
  readonly authType: number;
  readonly level: number;
  /** Constant for all that belongs to one bind. */
  readonly contextId: number;
  readonly token: Uint8Array;
}

/** A part of a PDU, in octets from its start. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Protects what is sent after a bind, and opens what comes. In the order of the wire: both sides count. */
export interface Protection {
  readonly authType: number;
  readonly level: number;
  readonly contextId: number;
  readonly tokenBytes: number;
  /** @param signed all of the PDU but the token @param span what is encrypted at level 6 */
  readonly protect: (signed: Uint8Array, span: Span) => { readonly sealed: Uint8Array; readonly token: Uint8Array };
  readonly unprotect: Unprotect;
}

/** The PDU without its token, decrypted; null where the token is not its signature. */
export type Unprotect = (sealed: Uint8Array, span: Span, token: Uint8Array) => Uint8Array | null;

/** Where body and padding end. */
export interface VerifierPlace {
  readonly bodyEnd: number;
  /** Between body and trailer. Peers differ in how much they write, so what the trailer says is all that counts. */
  readonly padding: number;
  /** Where the trailer begins; null where there is no verifier. */
  readonly trailer: number | null;
}

/** @throws WireError where the lengths contradict each other */
export function placeOf(reader: ByteReader, bytes: Uint8Array, { authLength }: PduHeader): VerifierPlace {
  if (authLength === 0) return { bodyEnd: bytes.length, padding: 0, trailer: null };
  const trailer = bytes.length - authLength - TRAILER_BYTES;
  if (trailer < HEADER_BYTES) throw reader.fault('bad-value', 'auth_length', 'there is no room for the verifier', 10);
  const padding = bytes[trailer + 2] ?? 0;
  if (trailer - padding < HEADER_BYTES)
    throw reader.fault('bad-value', 'sec_trailer.auth_pad_length', 'more padding than there is body', trailer + 2);
  return { bodyEnd: trailer - padding, padding, trailer };
}

/** @param isSecret whether the token must not be shown */
export function readVerifier(reader: ByteReader, authLength: number, isSecret: boolean): Verifier {
  const trailer = reader.group('sec_trailer', () => {
    const authType = reader.u8('auth_type', authTypeWords);
    const level = reader.u8('auth_level', authLevelWords);
    reader.u8('auth_pad_length');
    reader.u8('auth_reserved');
    return { authType, level, contextId: reader.u32('auth_context_id') };
  });
  return { ...trailer, token: reader.bytes('auth_value', authLength, isSecret ? unsaid : undefined) };
}

export function writeTrailer(
  writer: ByteWriter,
  { authType, level, contextId }: Omit<Verifier, 'token'>,
  padding: number,
): void {
  writer.group('sec_trailer', () => {
    writer.u8('auth_type', authType, authTypeWords).u8('auth_level', level, authLevelWords);
    writer.u8('auth_pad_length', padding).u8('auth_reserved', 0).u32('auth_context_id', contextId);
  });
}

/** A token that proves a password: with it and a list of words the password could be found. */
export const unsaid = ({ length }: Uint8Array): string => `[hidden, ${length} bytes]`;

const nameIn =
  (table: Readonly<Record<string, number>>) =>
  (value: number): string =>
    Object.entries(table).find(([, number]) => number === value)?.[0] ?? '';

const authTypeWords = nameIn(AUTH_TYPE);
const authLevelWords = nameIn(AUTH_LEVEL);
