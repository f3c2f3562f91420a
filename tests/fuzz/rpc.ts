/**
 * Damaged RPC over HTTP: PDUs of both layers, changed blindly and in their numbers, and the HTTP around them, all cut into pieces.
 * Whatever comes out is a value or a complaint with a place.
 */
import { ResponseReader, StreamFault } from '#lib/net/http-stream.ts';
import { encodeBind } from '#lib/wire/dce-rpc/bind.ts';
import { encodeRequest, fragmentsOf, MOST_STUB, Reassembly } from '#lib/wire/dce-rpc/call.ts';
import { decodeRpc, type RpcPdu } from '#lib/wire/dce-rpc/pdu.ts';
import { readRpcError } from '#lib/wire/dce-rpc/rpc-error.ts';
import { PduSplitter } from '#lib/wire/dce-rpc/splitter.ts';
import { NDR32 } from '#lib/wire/dce-rpc/syntax.ts';
import { connA1, connB1, flowControlAck } from '#lib/wire/rts/client.ts';
import { rtsName } from '#lib/wire/rts/names.ts';
import { decodeRts, encodeRts } from '#lib/wire/rts/pdu.ts';
import { recorded } from '#tests/auth/ntlm/recorded-rpc.ts';
import { type Random, seededRandom } from '#tests/lab/random.ts';
import { demand, orComplaint } from './complaint.ts';
import { mutateBytes, one } from './mutate.ts';

const cookie = new Uint8Array(16).fill(7);
const channels = { virtualConnection: cookie, inChannel: cookie, outChannel: cookie, associationGroup: cookie };
const sizes = { lifetime: 1_073_741_824, keepAliveMs: 300_000, window: 65_536, received: 32_768 };
const contexts = [{ id: 0, abstractSyntax: NDR32, transferSyntaxes: [NDR32] }];

const pdus: readonly Uint8Array[] = [
  ...[connA1, connB1, flowControlAck].map((make) => encodeRts(make({ ...channels, ...sizes }))),
  encodeBind({ type: 'bind', callId: 1, maxXmit: 5_840, maxRecv: 5_840, assocGroup: 0, contexts }, null),
  ...fragmentsOf({ callId: 2, contextId: 0, opnum: 0, stub: new Uint8Array(3_000) }, 1_432, null).map((fragment) =>
    encodeRequest(fragment, null),
  ),
  ...(['nspiPrivacy', 'nspiConnect'] as const).flatMap((name) => recorded(name).map(({ bytes }) => bytes)),
];

const heads = ['200 Success\r\nContent-Length: 1000', '503 RPC Error: 6ba, EEInfo: q83v\r\nTransfer-Encoding: chunked'];

/** Damages streams until it is told to stop. */
export function fuzzRpc(seed: number, until: () => boolean): { readonly rounds: number } {
  const random = seededRandom(`rpc ${seed}`);
  let rounds = 0;
  do {
    const bytes = damaged(random);
    const stream = Buffer.concat([damaged(random), bytes]);
    try {
      readPdu(bytes);
      readStream(stream, random);
      readHttp(random);
    } catch (error) {
      throw new Error(`round ${rounds}: ${stream.toString('hex')}`, { cause: error });
    }
    rounds += 1;
  } while (!until());
  return { rounds };
}

/** Mostly with a length that is right, so that what lies behind it is reached. */
function damaged(random: Random): Uint8Array {
  let bytes = one(random, pdus);
  for (let change = random.below(3); change >= 0; change--) bytes = mutateBytes(bytes, random);
  if (random.below(8) === 0 || bytes.length < 16 || bytes.length > 0xffff) return bytes;
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint16(8, copy.length, true);
  return copy;
}

function readPdu(bytes: Uint8Array): RpcPdu | null {
  const rts = orComplaint(bytes, decodeRts);
  if (rts !== null) demand(rtsName(rts).length < 400, 'a short name');
  return orComplaint(bytes, decodeRpc);
}

function readStream(stream: Uint8Array, random: Random): void {
  const splitter = new PduSplitter();
  const reassembly = new Reassembly(2);
  orComplaint(stream, () => {
    for (const piece of pieces(stream, random))
      for (const { bytes } of splitter.push(piece)) {
        const pdu = readPdu(bytes);
        if (pdu?.type === 'response') reassembly.push(pdu);
        demand(reassembly.length <= MOST_STUB, 'an answer with an end');
      }
  });
}

function readHttp(random: Random): void {
  const head = mutateBytes(Buffer.from(`HTTP/1.1 ${one(random, heads)}\r\n\r\n5\r\nhello\r\n0\r\n\r\n`), random);
  const reader = new ResponseReader();
  try {
    for (const piece of pieces(head, random)) reader.push(piece);
    reader.end();
  } catch (error) {
    if (!(error instanceof StreamFault)) throw error;
  }
  let size = 0;
  for (let piece = reader.take(); piece !== null; piece = reader.take()) size += piece.length;
  demand(size <= head.length, 'no more than came');
  if (reader.head !== null) readRpcError(reader.head.status, reader.head.reason, head);
}

function* pieces(bytes: Uint8Array, random: Random): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + random.below(400);
    yield bytes.subarray(at, end);
    at = end;
  }
}
