/** The body of an answer: signs of life while the server works, then headers that it knows only now, then the bytes. [MS-OXCMAPIHTTP] 2.2.2.2 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Body } from '../http/message.ts';
import type { Random } from '../random.ts';

const PROCESSING = 'PROCESSING\r\n';

export interface Work {
  /** How long it takes. */
  readonly ms: number;
  readonly pendingPeriodMs: number;
  /** Ends it earlier. */
  readonly until?: Promise<void>;
  /** Headers that come behind DONE. */
  readonly headers?: readonly string[];
}

/** @param binary what follows the headers */
export function bodyStream(binary: Uint8Array, work: Work, random: Random): Body {
  if (work.ms <= 0) return Buffer.concat([Buffer.from(PROCESSING), done(binary, work, 0, random)]);
  return { stream: working(binary, work, random) };
}

async function* working(binary: Uint8Array, work: Work, random: Random): AsyncGenerator<Uint8Array> {
  const start = Date.now();
  yield Buffer.from(PROCESSING);
  // Some servers leave out the end of the line.
  const pending = Buffer.from(random.below(3) === 0 ? 'PENDING' : 'PENDING\r\n');
  let isOver = false;
  const over = work.until?.then(() => {
    isOver = true;
  });
  for (let left = work.ms; left > 0 && !isOver; left = work.ms - (Date.now() - start)) {
    const pause = delay(Math.min(left, work.pendingPeriodMs), undefined, { ref: false });
    await (over ? Promise.race([pause, over]) : pause);
    if (!isOver && Date.now() - start < work.ms) yield* inPieces(pending, random);
  }
  yield* inPieces(done(binary, work, Date.now() - start, random), random);
}

function done(binary: Uint8Array, { headers = [] }: Work, ms: number, random: Random): Buffer {
  const start = new Date(Date.now() - ms).toUTCString();
  const lines = random.shuffled([`X-StartTime: ${start}`, `X-ElapsedTime: ${ms}`, ...headers]);
  return Buffer.concat([Buffer.from(`DONE\r\n${lines.join('\r\n')}\r\n\r\n`), binary]);
}

/** In two or three, cut anywhere: also in the middle of a tag. */
function* inPieces(whole: Uint8Array, random: Random): Generator<Uint8Array> {
  const cuts = [random.below(whole.length), random.below(whole.length)].toSorted((a, b) => a - b);
  for (const [at, from] of [0, ...cuts].entries()) {
    const piece = whole.subarray(from, [...cuts, whole.length][at]);
    if (piece.length > 0) yield piece;
  }
}
