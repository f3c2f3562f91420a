/**
 * Signing and encrypting messages behind an NTLM sign-in, with extended session security. [MS-NLMP] 3.4
 *
 * Each direction has its own keys, one stream of RC4 that goes on from message to message, and one sequence number: what is
 * signed, verified, sealed and unsealed has to be so in the order in which it goes over the wire, and nothing twice.
 */
import { timingSafeEqual } from 'node:crypto';
import { concat } from '#lib/wire/der/writer.ts';
import { hasFlag } from '#lib/wire/ntlm/flags.ts';
import { Rc4 } from './rc4.ts';
import { hmacMd5, md5 } from './response.ts';

export const SIGNATURE_LENGTH = 16;

type Side = 'client' | 'server';

/** A part of a message: what is encrypted, where all of it is signed. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export class SessionSecurity {
  readonly #sending: Direction;
  readonly #receiving: Direction;

  /**
   * @param key ExportedSessionKey
   * @param flags those of type 3
   * @param side which one is ours
   */
  constructor(key: Uint8Array, flags: number, side: Side = 'client') {
    this.#sending = new Direction(key, flags, side);
    this.#receiving = new Direction(key, flags, side === 'client' ? 'server' : 'client');
  }

  /** The signature of the next message that is sent. */
  sign(message: Uint8Array): Uint8Array {
    return this.#sending.signature(message);
  }

  /** Whether this is the signature of the next message that has come. Once it was not, nothing that follows is right either. */
  verify(message: Uint8Array, signature: Uint8Array): boolean {
    return isSame(this.#receiving.signature(message), signature);
  }

  /** Signs all of the next message that is sent, and encrypts a part of it. */
  seal(
    message: Uint8Array,
    span: Span = whole(message),
  ): { readonly sealed: Uint8Array; readonly signature: Uint8Array } {
    const sealed = message.slice();
    // The stream runs over the message before it runs over the checksum, which is of the plain message.
    sealed.set(this.#sending.stream(message.subarray(span.from, span.to)), span.from);
    return { sealed, signature: this.#sending.signature(message) };
  }

  /** The plain message; null where the signature is not of it. */
  unseal(sealed: Uint8Array, signature: Uint8Array, span: Span = whole(sealed)): Uint8Array | null {
    const message = sealed.slice();
    message.set(this.#receiving.stream(sealed.subarray(span.from, span.to)), span.from);
    return isSame(this.#receiving.signature(message), signature) ? message : null;
  }

  /**
   * SPNEGO's mechListMIC of ours. It takes a sequence number like any signature, but the stream begins anew behind it: so do
   * Windows and Samba. [MS-SPNG] 3.3.5.1
   */
  signMechTypes(mechTypes: Uint8Array): Uint8Array {
    const mic = this.sign(mechTypes);
    this.#sending.restart();
    return mic;
  }

  /** The same for that of the other side. */
  verifyMechTypes(mechTypes: Uint8Array, mic: Uint8Array): boolean {
    const isRight = this.verify(mechTypes, mic);
    this.#receiving.restart();
    return isRight;
  }
}

const whole = ({ length }: Uint8Array): Span => ({ from: 0, to: length });

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

class Direction {
  readonly #signKey: Uint8Array;
  readonly #sealKey: Uint8Array;
  /** Whether checksums are encrypted, too. */
  readonly #hidesChecksum: boolean;
  #stream: Rc4;
  #sequence = 0;

  constructor(key: Uint8Array, flags: number, from: Side) {
    this.#signKey = derive(key, from, 'signing');
    this.#sealKey = derive(weaken(key, flags), from, 'sealing');
    this.#hidesChecksum = hasFlag(flags, 'key-exchange');
    this.#stream = new Rc4(this.#sealKey);
  }

  stream(bytes: Uint8Array): Uint8Array {
    return this.#stream.apply(bytes);
  }

  /** Version 1, checksum, sequence number. [MS-NLMP] 2.2.2.9.2, 3.4.4.2 */
  signature(message: Uint8Array): Uint8Array {
    const sequence = littleEndian(this.#sequence++);
    const checksum = hmacMd5(this.#signKey, sequence, message).subarray(0, 8);
    return concat([littleEndian(1), this.#hidesChecksum ? this.stream(checksum) : checksum, sequence]);
  }

  restart(): void {
    this.#stream = new Rc4(this.#sealKey);
  }
}

/** [MS-NLMP] 3.4.5.2, 3.4.5.3 */
function derive(key: Uint8Array, from: Side, purpose: 'signing' | 'sealing'): Uint8Array {
  const way = from === 'client' ? 'client-to-server' : 'server-to-client';
  return md5(key, new TextEncoder().encode(`session key to ${way} ${purpose} key magic constant\0`));
}

/** As long as export laws once allowed. [MS-NLMP] 3.4.5.3 */
function weaken(key: Uint8Array, flags: number): Uint8Array {
  if (hasFlag(flags, '128-bit')) return key;
  return key.subarray(0, hasFlag(flags, '56-bit') ? 7 : 5);
}

function littleEndian(number: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number, true);
  return bytes;
}
