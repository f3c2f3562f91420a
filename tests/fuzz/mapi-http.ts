/**
 * Damaged answers of MAPI over HTTP: bodies of the mailbox, extended buffers and auxiliary blocks, changed blindly, in their sizes, and packed
 * again so that the damage lies beneath compression; streams in pieces of any size.
 */

import { Trace } from '#lib/wire/bytes/trace.ts';
import { WireError } from '#lib/wire/error.ts';
import type { PayloadReader } from '#lib/wire/extended-buffer/extended-buffer.ts';
import { octets } from '#lib/wire/extended-buffer/extended-buffer.ts';
import { decodeConnectResponse, decodeExecuteRequest, decodeExecuteResponse } from '#lib/wire/mapi-http/mailbox.ts';
import { sentenceOf } from '#lib/wire/mapi-http/response-code.ts';
import { MAX_BODY, MapiHttpStream } from '#lib/wire/mapi-http/stream.ts';
import { type Random, seededRandom } from '#tests/lab/random.ts';
import { block, joined } from '#tests/wire/extended-buffer/blocks.ts';
import { MADE, SENT } from '#tests/wire/mapi-http/examples.ts';
import { demand } from './complaint.ts';
import { mutateBytes, one } from './mutate.ts';

const START = Buffer.from('PROCESSING\r\nPENDING\r\nPENDINGDONE\r\nX-ResponseCode: 0\r\nX-ElapsedTime: 12\r\n\r\n');
const PAGE = Buffer.from('<html><h1>Diagnostic</h1><p>The request has an &quot;invalid&quot; cookie.</p></html>');
const bodies = [...Object.values(MADE), ...Object.values(SENT)];

/** Damages answers until it is told to stop. */
export function fuzzMapiHttp(seed: number, until: () => boolean): { readonly rounds: number } {
  const random = seededRandom(`mapi-http ${seed}`);
  let rounds = 0;
  do {
    const bytes = damaged(random);
    try {
      readEverything(bytes);
      readStream(mutateBytes(joined(START, bytes), random), random);
      readStream(mutateBytes(PAGE, random), random);
    } catch (error) {
      throw new Error(`round ${rounds}: ${Buffer.from(bytes).toString('hex')}`, { cause: error });
    }
    rounds += 1;
  } while (!until());
  return { rounds };
}

function damaged(random: Random): Uint8Array {
  let bytes = one(random, random.below(3) === 0 ? bodies.map((each) => packed(each, random)) : bodies);
  for (let change = random.below(3); change >= 0; change--)
    bytes = random.below(2) === 0 ? mutateBytes(bytes, random) : mutateSize(bytes, random);
  return bytes;
}

/** An answer to Execute whose payloads are damaged themselves, and compressed where that does not take long. */
function packed(payload: Uint8Array, random: Random): Uint8Array {
  const contents = mutateBytes(payload, random).subarray(0, 300);
  const flags = { isCompressed: random.below(2) === 0, isObfuscated: random.below(2) === 0 };
  const blocks = joined(block(contents, { isLast: false }), block(contents, flags));
  const size = Uint8Array.of(blocks.length & 0xff, blocks.length >> 8, 0, 0);
  return joined(new Uint8Array(12), size, blocks, new Uint8Array(4));
}

function mutateSize(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = bytes.slice();
  const value = one(random, [0, 1, 3, 4, 8, 0x7fff, 0x8000, 0xffff, bytes.length, bytes.length - 1]);
  changed.set([value & 0xff, value >> 8].slice(0, bytes.length), random.below(Math.max(1, bytes.length - 1)));
  return changed;
}

function readEverything(bytes: Uint8Array): void {
  const traces = [new Trace(), new Trace(), new Trace()] as const;
  orComplaint(() => decodeConnectResponse(bytes, traces[0]));
  const answer = orComplaint(() => decodeExecuteResponse(bytes, everySecond, traces[1]));
  if (answer?.kind === 'answered')
    demand(
      answer.rops.every((each) => each.length <= 0x8000),
      'payloads of 32 KiB',
    );
  orComplaint(() => decodeExecuteRequest(bytes, octets, traces[2]));
}

/** Takes a payload as nested windows would: half of it is inside. */
const everySecond: PayloadReader<Uint8Array> = (payload) => {
  payload.loose(
    'first',
    Math.floor(payload.remaining / 2),
    () => payload.utf16z('text'),
    () => '',
  );
  return payload.bytes('second', payload.remaining);
};

function readStream(bytes: Uint8Array, random: Random): void {
  const stream = new MapiHttpStream();
  orComplaint(() => {
    for (let at = 0; at < bytes.length; ) {
      const length = 1 + random.below(40);
      stream.push(bytes.subarray(at, at + length), at);
      at += length;
    }
  });
  const seen = stream.end();
  if (seen.kind === 'untagged') demand((sentenceOf(seen.body) ?? '').length <= 300, 'a short sentence');
  if (seen.kind === 'complete') demand(seen.body.length <= MAX_BODY, 'a body of some size');
}

function orComplaint<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    demand(error.offset >= 0 && error.reason.length <= 200 && error.path.length <= 200, 'a place and a short reason');
    return null;
  }
}
