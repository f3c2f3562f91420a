/**
 * Damaged handshakes: recorded first flights, changed blindly and in their lengths, cut into pieces of any size. Nothing but a
 * WireError may come of them, and a flight says the same however it was cut.
 */

import { HiddenFlight, OwnKeys } from '#lib/probes/survey/hidden-flight.ts';
import { WireError } from '#lib/wire/error.ts';
import { encodeClientHello } from '#lib/wire/tls/client-hello.ts';
import { FlightReader, MOST_FLIGHT, type ServerFlight } from '#lib/wire/tls/server-flight.ts';
import { tls13Suites } from '#lib/wire/tls/suites.ts';
import { type Random, seededRandom } from '#tests/lab/random.ts';
import { names, recorded } from '#tests/wire/tls/recorded.ts';
import { demand } from './complaint.ts';
import { mutateBytes, one } from './mutate.ts';

const samples = names.map(recorded);
const keys = new OwnKeys();
const hello = encodeClientHello({
  version: 'TLS 1.3',
  random: new Uint8Array(32),
  suites: tls13Suites,
  serverName: null,
  keyShares: keys.shares,
});

/** Damages flights until it is told to stop. */
export function fuzzTls(seed: number, until: () => boolean): { readonly rounds: number } {
  const random = seededRandom(`tls ${seed}`);
  let rounds = 0;
  do {
    const bytes = damaged(random);
    try {
      const [inOne, inPieces] = [read(bytes, bytes.length), read(bytes, 1 + random.below(100))];
      demand(isSame(inOne, inPieces), 'the same in pieces');
      if (typeof inOne !== 'string') check(inOne);
      readHidden(bytes);
    } catch (error) {
      throw new Error(`round ${rounds}: ${Buffer.from(bytes).toString('hex')}`, { cause: error });
    }
    rounds += 1;
  } while (!until());
  return { rounds };
}

/** One to three changes, half of them behind the headers of records that stay right. */
function damaged(random: Random): Uint8Array {
  let bytes = one(random, samples);
  for (let change = random.below(3); change >= 0; change--)
    bytes = random.below(2) === 0 ? mutateBytes(bytes, random) : mutateMessage(bytes, random);
  return bytes;
}

/** Changes what is inside the first record, and puts the length of the record right. */
function mutateMessage(bytes: Uint8Array, random: Random): Uint8Array {
  const length = (bytes[3] ?? 0) * 256 + (bytes[4] ?? 0);
  const content = mutateBytes(bytes.subarray(5, 5 + length), random).subarray(0, 16_000);
  const header = Uint8Array.of(...bytes.subarray(0, 3), content.length >> 8, content.length & 0xff);
  return new Uint8Array(Buffer.concat([header, content, bytes.subarray(5 + length)]));
}

/** The flight, or what is wrong with it. */
function read(bytes: Uint8Array, pieceLength: number): ServerFlight | string {
  const reader = new FlightReader();
  try {
    for (let at = 0; at < bytes.length; at += pieceLength) if (reader.push(bytes.subarray(at, at + pieceLength))) break;
    return reader.end();
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    demand(error.offset >= 0 && error.offset <= MOST_FLIGHT + bytes.length, 'a place within the bytes');
    demand(error.reason.length <= 200 && error.path.length <= 200, 'a short reason');
    return error.code;
  }
}

/** Read in one piece, the end of what comes may be met sooner; then both are complaints all the same. */
function isSame(one: ServerFlight | string, other: ServerFlight | string): boolean {
  if (typeof one === 'string' || typeof other === 'string') return typeof one === typeof other;
  return JSON.stringify(one) === JSON.stringify(other);
}

function check({ hello, alert, certificates, certificateRequest, warnings }: ServerFlight): void {
  demand(hello !== null || alert !== null, 'a hello or an alert');
  demand((certificates ?? []).length <= 100, 'few certificates');
  demand((certificateRequest?.authorities ?? []).length <= 2_000, 'few authorities');
  demand(warnings.length <= 5, 'few warnings');
  demand((hello?.alpn ?? '').length <= 255 && !/[^\x21-\x7e]/.test(hello?.alpn ?? ''), 'a readable protocol');
}

function readHidden(bytes: Uint8Array): void {
  const hidden = new HiddenFlight(keys, hello);
  try {
    hidden.push(bytes);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
  }
}
