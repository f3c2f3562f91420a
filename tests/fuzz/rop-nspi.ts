/** Damaged answers of mailboxes and address books: no decoder makes more than a limit allows, and none of them throws anything unforeseen. */

import { Trace } from '#lib/wire/bytes/trace.ts';
import { WireError } from '#lib/wire/error.ts';
import { decodeEntryId } from '#lib/wire/nspi/entry-id.ts';
import { decodeRopReplies } from '#lib/wire/rop/replies.ts';
import { type Random, seededRandom } from '#tests/lab/random.ts';
import { BODIES, ENTRY_ID } from '#tests/wire/nspi/bodies.ts';
import { hex } from '#tests/wire/ntlm/published.ts';
import { PAYLOADS } from '#tests/wire/rop/payloads.ts';
import { demand } from './complaint.ts';
import { mutateBytes, one } from './mutate.ts';

interface Sample {
  readonly bytes: Uint8Array;
  readonly decode: (bytes: Uint8Array, trace?: Trace) => unknown;
}

const samples: readonly Sample[] = [
  ...Object.values(BODIES).map(([digits, decode]) => ({ bytes: hex(digits), decode })),
  ...Object.values(PAYLOADS).map(
    ([digits, sent]): Sample => ({
      bytes: hex(digits),
      decode: (bytes, trace) => decodeRopReplies(bytes, sent, trace),
    }),
  ),
  { bytes: hex(ENTRY_ID), decode: decodeEntryId },
];

/** Longer than any of these takes on a slow machine. */
const TOO_LONG_MS = 5_000;

/** Damages answers until it is told to stop. */
export function fuzzRopAndNspi(seed: number, until: () => boolean): { readonly rounds: number } {
  const random = seededRandom(`rop and nspi ${seed}`);
  let rounds = 0;
  do {
    const { bytes, decode } = one(random, samples);
    const damaged = damage(bytes, random);
    try {
      const start = performance.now();
      readOrComplain(damaged, decode);
      demand(performance.now() - start < TOO_LONG_MS, 'an answer in time');
    } catch (error) {
      throw new Error(`round ${rounds}: ${Buffer.from(damaged).toString('hex').slice(0, 4_000)}`, { cause: error });
    }
    rounds += 1;
  } while (!until());
  return { rounds };
}

/** Blindly, or in one number: counts and types are what these layouts stand on. */
function damage(bytes: Uint8Array, random: Random): Uint8Array {
  let damaged = bytes;
  for (let change = random.below(3); change >= 0; change -= 1)
    damaged =
      random.below(2) === 0 || damaged.length < 4 ? mutateBytes(damaged, random) : mutateNumber(damaged, random);
  return damaged;
}

function mutateNumber(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = bytes.slice();
  const value = one(random, [0, 1, 2, 0x0d, 0x101f, 0x1102, 0xffff, 100_000, 200_001, 0x7fffffff, 0xffffffff]);
  new DataView(changed.buffer).setUint32(random.below(bytes.length - 3), value, true);
  return changed;
}

function readOrComplain(bytes: Uint8Array, decode: Sample['decode']): void {
  const trace = new Trace();
  try {
    decode(bytes, trace);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    demand(error.offset >= 0 && error.offset <= bytes.length, 'a place within the bytes');
    demand(error.reason.length <= 200 && error.path.length <= 200, 'a short reason');
  }
  for (const { offset, length } of trace.fields)
    demand(offset + length <= bytes.length, 'fields that are within the bytes');
}
