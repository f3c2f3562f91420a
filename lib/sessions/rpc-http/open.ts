/** Opens a connection of RPC over HTTP: two requests, and what both sides say until they are one. [MS-RPCH] 3.2.1.5.3.1 */
import { randomBytes } from 'node:crypto';
import type { SignInMethod, Way } from '#lib/auth/signed-request.ts';
import { beginSigned, type StreamBegun } from '#lib/auth/signed-stream.ts';
import type { Net } from '#lib/net/door.ts';
import type { Duplex } from '#lib/net/duplex.ts';
import { NetFailure } from '#lib/net/failure.ts';
import type { HttpRequest } from '#lib/net/http-message.ts';
import { limits } from '#lib/net/limits.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { connA1, connB1, keepAlive, ping } from '#lib/wire/rts/client.ts';
import { CHANNEL_BYTES, type Channel, OUT_REQUEST_BYTES } from '#lib/wire/rts/http.ts';
import { encodeRts } from '#lib/wire/rts/pdu.ts';
import { Channels, howItEnded } from './channels.ts';
import { type CredentialFate, RpcConnection, type RpcPatience } from './connection.ts';
import { failureOf, type RpcFailure } from './failure.ts';
import { channelRequest, type RpcTarget } from './target.ts';

const USUAL: RpcPatience = { a3Ms: limits.rpcA3Ms, c2Ms: limits.rpcC2Ms, answerMs: limits.rpcAnswerMs };

export type Opened =
  | { readonly kind: 'open'; readonly connection: RpcConnection }
  /** `credential`: the one that the proxy was shown. */
  | {
      readonly kind: 'failed';
      readonly failure: RpcFailure;
      readonly credential: CredentialFate;
      readonly evidence: readonly Evidence[];
    };

export interface OpenOptions extends Partial<RpcPatience> {
  /** What the request of the IN channel brings in all, by its own word. */
  readonly inBytes?: number;
  /** The request of the IN channel is sent to its end at once. */
  readonly isComplete?: boolean;
}

/** The least that a channel may have. [MS-RPCH] 2.1.2.1.1 */
export const SHORTEST_CHANNEL = 128 * 1024;

/** As Windows says; larger windows are acknowledged later, and hide that nobody does. */
const WINDOW = 65_536;
const KEEP_ALIVE_MS = 300_000;

/**
 * Opens both channels, and waits until they are joined. Each signs in by itself: a wrong password costs two failed sign-ins here, so it is to
 * be proven before, by an echo.
 * @throws NetFailure where the proxy cannot be reached, or speaks no HTTP
 * @throws RangeError where the server's name cannot be one
 */
export async function openConnection(
  net: Net,
  way: Way,
  method: SignInMethod | null,
  target: RpcTarget,
  signal: AbortSignal,
  { inBytes = CHANNEL_BYTES, isComplete = false, ...patience }: OpenOptions = {},
): Promise<Opened> {
  // Fresh ones for each connection: servers take those of an old one for the old one.
  const [virtualConnection, outChannel, inChannel, associationGroup] = fourCookies();
  const a1 = connA1({ virtualConnection, outChannel, window: WINDOW });
  const lifetime = inBytes;
  const b1 = connB1({ virtualConnection, inChannel, associationGroup, lifetime, keepAliveMs: KEEP_ALIVE_MS });
  const [out, into] = await bothOf(
    openChannel(net, way, method, 'out', channelRequest(target, 'out', OUT_REQUEST_BYTES, encodeRts(a1)), signal),
    openChannel(
      net,
      way,
      method,
      'in',
      channelRequest(target, 'in', inBytes, isComplete ? filled(inBytes, encodeRts(b1)) : encodeRts(b1)),
      signal,
    ),
  );
  const legs = [...out.legs, ...into.legs];
  const isProven = out.isProven || into.isProven;
  if (out.kind === 'failed' || into.kind === 'failed') {
    for (const one of [out, into]) one.duplex.close();
    const failure = out.kind === 'failed' ? out.failure : into.kind === 'failed' ? into.failure : neither();
    const begun = [out, into].flatMap((one) => (one.kind === 'begun' ? [one.exchange.evidence()] : []));
    return { kind: 'failed', failure, credential: fateOf(isProven, failure), evidence: [...legs, ...begun] };
  }
  // Whoever opens it may be done before others use it: what stops the one must not stop the other.
  const lasting = new AbortController();
  const stop = (): void => lasting.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const channels = new Channels(out, into, lasting.signal);
  const connection = new RpcConnection(channels, {
    ...{ host: way.session.dialed.host, outChannel, window: WINDOW, legs, findSecrets: net.findSecrets },
    patience: { ...USUAL, ...patience },
    credential: isProven ? 'sent' : 'none',
  });
  let failure: RpcFailure | null;
  try {
    failure = await connection.join(a1, b1);
  } catch (error) {
    connection.close();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (failure === null) return { kind: 'open', connection };
  connection.close();
  return { kind: 'failed', failure, credential: fateOf(isProven, failure), evidence: connection.takeEvidence() };
}

/** A 401 is a refusal where something was shown. Everything else says nothing of it. */
function fateOf(isProven: boolean, failure: RpcFailure): CredentialFate {
  if (!isProven) return 'none';
  return failure.kind === 'http' && failure.answer.status === 401 ? 'refused' : 'sent';
}

type Tried = { readonly duplex: Duplex; readonly legs: readonly Evidence[]; readonly isProven: boolean } & (
  | { readonly kind: 'begun'; readonly exchange: Extract<StreamBegun, { kind: 'begun' }>['exchange'] }
  | { readonly kind: 'failed'; readonly failure: RpcFailure }
);

async function openChannel(
  net: Net,
  { session, accept }: Way,
  method: SignInMethod | null,
  channel: Channel,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<Tried> {
  const fresh = await net.again(session, accept, signal);
  const duplex = net.duplex(fresh);
  try {
    const { legs, isProven, ...begun } = await beginSigned(duplex, fresh, method, request, signal);
    const tried = { duplex, legs, isProven };
    if (begun.kind === 'begun') return { ...tried, kind: 'begun', exchange: begun.exchange };
    if (begun.kind === 'answered') return { ...tried, kind: 'failed', failure: failureOf(channel, begun.answer) };
    const { obstacle, last } = begun;
    return { ...tried, kind: 'failed', failure: { kind: 'sign-in', channel, obstacle, last } };
  } catch (error) {
    duplex.close();
    const failure = endOf(channel, error);
    if (failure === null || !(error instanceof NetFailure)) throw error;
    return { duplex, legs: error.evidence, isProven: false, kind: 'failed', failure };
  }
}

/** The end of a connection, or of our patience, before there was a stream. */
function endOf(channel: Channel, error: unknown): RpcFailure | null {
  const awaited = channel === 'out' ? 'CONN/A3' : 'CONN/C2';
  if (error instanceof NetFailure && error.code === 'http-timeout')
    return { kind: 'no-answer', awaited, hasHead: false, waitedMs: error.details.waitedMs ?? limits.firstByteMs };
  const how = howItEnded(error);
  return how === null ? null : { kind: 'closed', channel, awaited, hasHead: false, how };
}

/** Both, or the failure of one after the other one was closed. */
async function bothOf(out: Promise<Tried>, into: Promise<Tried>): Promise<readonly [Tried, Tried]> {
  try {
    return await Promise.all([out, into]);
  } catch (error) {
    for (const one of [out, into])
      void one.then(
        ({ duplex }) => duplex.close(),
        () => undefined,
      );
    throw error;
  }
}

/** CONN/B1, and what may follow it at any time, up to the end of the body: 104 + 28 + 6547 * 20 octets. */
function filled(bytes: number, b1: Uint8Array): Uint8Array {
  const [alive, one] = [encodeRts(keepAlive(KEEP_ALIVE_MS)), encodeRts(ping)];
  const pings = (bytes - b1.length - alive.length) / one.length;
  if (!Number.isInteger(pings)) throw new RangeError('pings do not fill the body');
  return Buffer.concat([b1, alive, ...Array.from({ length: pings }, () => one)]);
}

function fourCookies() {
  const cookie = (): Uint8Array => new Uint8Array(randomBytes(16));
  return [cookie(), cookie(), cookie(), cookie()] as const;
}

const neither = (): never => {
  throw new Error('neither channel failed');
};
