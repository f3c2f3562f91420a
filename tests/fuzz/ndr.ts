/** Damaged replies to the calls of address book, referral, mailbox and endpoint mapper: blindly, and in one of their numbers. */

import { Trace } from '#lib/wire/bytes/trace.ts';
import { WireError } from '#lib/wire/error.ts';
import { type Random, seededRandom } from '#tests/lab/random.ts';
import { replies } from '#tests/wire/ndr/calls.ts';
import { demand } from './complaint.ts';
import { mutateBytes, one } from './mutate.ts';

/** Damages replies until it is told to stop. */
export function fuzzNdr(seed: number, until: () => boolean): { readonly rounds: number } {
  const random = seededRandom(`ndr ${seed}`);
  let rounds = 0;
  do {
    const { name, stub, decode } = one(random, replies);
    let bytes = stub;
    for (let change = random.below(3); change >= 0; change--) bytes = damaged(bytes, random);
    try {
      read(bytes, decode);
    } catch (error) {
      throw new Error(`round ${rounds}, ${name}: ${Buffer.from(bytes).toString('hex')}`, { cause: error });
    }
    rounds += 1;
  } while (!until());
  return { rounds };
}

/** Numbers that count, point or say a type stand at multiples of four. */
function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  if (random.below(2) === 0 || bytes.length < 4) return mutateBytes(bytes, random);
  const changed = bytes.slice();
  const value = one(random, [0, 1, 2, 0xff, 0x1000, 0xffff, bytes.length, 0x7fff_ffff, 0xffff_ffff]);
  new DataView(changed.buffer).setUint32(4 * random.below(bytes.length >> 2), value, true);
  return changed;
}

function read(bytes: Uint8Array, decode: (stub: Uint8Array, trace?: Trace) => unknown): void {
  const trace = new Trace();
  try {
    decode(bytes, trace);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    demand(error.offset >= 0 && error.offset <= Math.max(bytes.length, 0x10_0000), 'a place within the bytes');
    demand(error.reason.length <= 200 && error.path.length <= 200, 'a short reason');
  }
}
