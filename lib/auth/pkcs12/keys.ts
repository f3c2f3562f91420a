/** Keys out of pass phrases. RFC 7292 appendix B, RFC 8018 5.2 */
import { type BinaryLike, hash, pbkdf2 } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Unreadable } from './ber.ts';

/** A pass phrase in the two forms in which the schemes want it. */
export interface PassPhrase {
  /** UTF-8, for everything newer. RFC 8018 */
  readonly utf8: Uint8Array;
  /** Two bytes for each character and two zeros behind them. RFC 7292 B.1 */
  readonly bmp: Uint8Array;
}

/** The empty pass phrase is two things: an empty string, which has its zeros, and none at all. Programs disagree on which to use. */
export function formsOf(text: string): [PassPhrase, ...PassPhrase[]] {
  const utf8 = Buffer.from(text, 'utf8');
  const bmp = Buffer.from(`${text}\0`, 'utf16le').swap16();
  return text === ''
    ? [
        { utf8, bmp },
        { utf8, bmp: new Uint8Array() },
      ]
    : [{ utf8, bmp }];
}

/** Programs write from 1 to 600000; what asks for more wants to keep this machine busy. */
const MOST_ROUNDS = 2_000_000;
/** A file derives half a dozen keys, each of them once or twice. */
const MOST_IN_ALL = 8 * MOST_ROUNDS;

/** What one file may cost, counted before it is spent. */
export class Effort {
  readonly signal: AbortSignal;
  #spent = 0;

  constructor(signal: AbortSignal) {
    this.signal = signal;
  }

  /** @throws Unreadable where the file asks for too much */
  spend(rounds: number): void {
    this.#spent += rounds;
    if (rounds >= 1 && rounds <= MOST_ROUNDS && this.#spent <= MOST_IN_ALL) return;
    throw new Unreadable(`it asks for more than the ${MOST_ROUNDS} rounds of key derivation that are allowed`);
  }
}

export interface Derivation {
  readonly salt: Uint8Array;
  readonly rounds: number;
  /** As Node calls it: `sha1`, `sha256`. */
  readonly digest: string;
  /** Octets of the key. */
  readonly length: number;
}

const PBKDF2 = promisify(pbkdf2);

/** RFC 8018 5.2. Works beside the event loop. */
export async function pbkdf2Key({ utf8 }: PassPhrase, wanted: Derivation, effort: Effort): Promise<Uint8Array> {
  const { salt, rounds, length, digest } = wanted;
  effort.spend(rounds);
  effort.signal.throwIfAborted();
  return PBKDF2(utf8, salt, rounds, length, digest);
}

/** What a derived key is for. RFC 7292 B.3 */
export const PURPOSE = { encryption: 1, vector: 2, mac: 3 } as const;
export type Purpose = (typeof PURPOSE)[keyof typeof PURPOSE];

/** RFC 7292 B.2 */
export async function pkcs12Key(
  { bmp }: PassPhrase,
  purpose: Purpose,
  { salt, rounds, digest, length }: Derivation,
  effort: Effort,
): Promise<Uint8Array> {
  const block = /384|512/.test(digest) ? 128 : 64;
  const diversifier = Buffer.alloc(block, purpose);
  let input: Buffer = Buffer.concat([repeated(salt, block), repeated(bmp, block)]);
  let key: Buffer = Buffer.alloc(0);
  while (key.length < length) {
    effort.spend(rounds);
    const piece = await rehash(Buffer.concat([diversifier, input]), rounds, digest, effort.signal);
    key = Buffer.concat([key, piece]);
    input = stepped(input, repeatTo(piece, block));
  }
  return key.subarray(0, length);
}

/** Hashing as often as a file asks takes seconds; the other runs of this process get their turn in between. */
const TURN = 5_000;

async function rehash(input: BinaryLike, rounds: number, digest: string, signal: AbortSignal): Promise<Buffer> {
  let value = hash(digest, input as Buffer, 'buffer');
  for (let round = 1; round < rounds; round++) {
    value = hash(digest, value, 'buffer');
    if (round % TURN > 0) continue;
    await setImmediate();
    signal.throwIfAborted();
  }
  return value;
}

/** As often as it takes to fill whole blocks; nothing stays nothing. */
function repeated(bytes: Uint8Array, block: number): Buffer {
  return repeatTo(bytes, Math.ceil(bytes.length / block) * block);
}

function repeatTo(bytes: Uint8Array, length: number): Buffer {
  return length === 0 ? Buffer.alloc(0) : Buffer.alloc(length, bytes);
}

/** Each block of the input, as a number, becomes itself plus `add` plus one. */
function stepped(input: Buffer, add: Buffer): Buffer {
  const next = Buffer.from(input);
  for (let start = 0; start < next.length; start += add.length) {
    let carry = 1;
    for (let at = add.length - 1; at >= 0; at--) {
      carry += (next[start + at] ?? 0) + (add[at] ?? 0);
      next[start + at] = carry & 0xff;
      carry >>= 8;
    }
  }
  return next;
}
