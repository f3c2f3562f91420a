/** Signed and sealed messages of a session, one direction each. [MS-NLMP] 3.4.3, 3.4.4.2 */
import { rc4 } from './ciphers.ts';
import { type Direction, hmacMd5, sealKey, signKey } from './keys.ts';
import { flags, u32 } from './message.ts';

export const SIGNATURE_LENGTH = 16;

export interface Channel {
  /** Seals a text, or opens a sealed one: it is the same. Before the signature. */
  crypt(text: Uint8Array): Buffer;
  /** The signature of the next message, over its plain text. */
  sign(message: Uint8Array): Buffer;
}

/** @param first the number of the first message: after the list of a Negotiate has been signed it is 1. [MS-SPNG] 3.3.5.1 */
export function channelFor(key: Uint8Array, direction: Direction, agreed: number, first = 0): Channel {
  const signing = signKey(key, direction);
  const crypt = rc4(sealKey(key, direction, agreed));
  let number = first;
  return {
    crypt,
    sign(message) {
      const checksum = hmacMd5(signing, u32(number), message).subarray(0, 8);
      const sent = agreed & flags.keyExchange ? crypt(checksum) : checksum;
      return Buffer.concat([u32(1), sent, u32(number++)]);
    },
  };
}
