/** What NTLM computes out of a password: its second version alone. [MS-NLMP] 3.3.2, 3.4 */
import { createHash, createHmac } from 'node:crypto';
import { md4, rc4 } from './ciphers.ts';
import { flags, u32 } from './message.ts';

export const hmacMd5 = (key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer =>
  createHmac('md5', key).update(Buffer.concat(parts)).digest();

const md5 = (...parts: readonly Uint8Array[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

/** NTOWFv2: user name and domain as the client wrote them. */
export function passwordKey(password: string, user: string, domain: string): Buffer {
  return hmacMd5(md4(utf16(password)), utf16(user.toUpperCase() + domain));
}

/** The key that both sides sign and seal with: the session's own, or one that the client has chosen and sent under that. */
export function exportedKey(sessionBaseKey: Uint8Array, encrypted: Uint8Array, agreed: number): Buffer {
  const chosen = (agreed & flags.keyExchange) !== 0 && encrypted.length === 16;
  return chosen ? rc4(sessionBaseKey)(encrypted) : Buffer.from(sessionBaseKey);
}

export type Direction = 'client-to-server' | 'server-to-client';

/** [MS-NLMP] 3.4.5.2 */
export function signKey(key: Uint8Array, direction: Direction): Buffer {
  return md5(key, Buffer.from(`session key to ${direction} signing key magic constant\0`));
}

/** [MS-NLMP] 3.4.5.3 */
export function sealKey(key: Uint8Array, direction: Direction, agreed: number): Buffer {
  const length = agreed & flags.key128 ? 16 : agreed & flags.key56 ? 7 : 5;
  return md5(key.subarray(0, length), Buffer.from(`session key to ${direction} sealing key magic constant\0`));
}

/** The signature of the first message in a direction, nothing sealed before it. [MS-NLMP] 3.4.4.2 */
export function firstSignature(key: Uint8Array, direction: Direction, agreed: number, message: Uint8Array): Buffer {
  const number = u32(0);
  const checksum = hmacMd5(signKey(key, direction), number, message).subarray(0, 8);
  const sent = agreed & flags.keyExchange ? rc4(sealKey(key, direction, agreed))(checksum) : checksum;
  return Buffer.concat([u32(1), sent, number]);
}
