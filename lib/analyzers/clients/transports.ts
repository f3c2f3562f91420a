/**
 * What becomes of the predictions once the transports have been tried: a client that gets settings connects by the first transport that it
 * speaks, is offered and works. Pure.
 */
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import { type ClientId, clientIds, clients, mapiClient } from '../clients.ts';
import type { RpcEnds } from '../transports/rpc.ts';
import type { ClientPrediction } from './prediction.ts';

export const transportIds = ['mapi-http', 'rpc-http'] as const;
export type TransportId = (typeof transportIds)[number];

/** How a way to the mailbox went. */
export interface WaySeen {
  readonly outcome: 'works' | 'fails' | 'not-offered' | 'not-tested';
  /** What stopped it. */
  readonly because: readonly FindingCode[];
}

export interface WaysSeen {
  readonly mapi: WaySeen;
  /** With RPC's own encryption, which every Outlook that is not older than 2007 uses. */
  readonly rpc: WaySeen;
  /** Without it. */
  readonly rpcUnencrypted: WaySeen;
}

const SPOKEN: Readonly<Record<TransportId, readonly string[]>> = {
  'mapi-http': ['mapiHttp'],
  'rpc-http': ['exhttp', 'expr'],
};

/**
 * In the order of the list. Clients that open no mailbox by these transports are left as they are.
 * @param chosen the client that was emulated
 */
export function withTransports(
  predictions: readonly ClientPrediction[],
  seen: WaysSeen,
  chosen: ClientId,
): ClientPrediction[] {
  return predictions.map((prediction) => {
    const ways = asMetBy(prediction.client, seen, chosen);
    const client = clients[prediction.client];
    if (client.kind === 'untested' || client.mapi === null) return prediction;
    if (client.kind === 'by-hand') return byHand(prediction, ways);
    return prediction.outcome === 'connects' ? bySettings(prediction, ways) : prediction;
  });
}

/** Its settings are typed in: nothing else than the transport can stand in its way. */
function byHand(prediction: ClientPrediction, ways: WaysSeen): ClientPrediction {
  const way = wayOf('rpc-http', prediction.client, ways);
  // Nobody who has no Outlook Anywhere has to hear that an Outlook of 2003 would want it.
  if (way.outcome === 'not-offered')
    return { ...prediction, outcome: 'blocked', transport: null, because: ['rpc.not-offered'] };
  return told(prediction, [{ id: 'rpc-http', way }]);
}

function bySettings(prediction: ClientPrediction, ways: WaysSeen): ClientPrediction {
  const offered = prediction.knows.map(({ protocol }) => protocol as string);
  const known = transportIds.filter((id) => SPOKEN[id].some((protocol) => offered.includes(protocol)));
  if (known.length === 0) return prediction;
  return told(
    prediction,
    known.map((id) => ({ id, way: wayOf(id, prediction.client, ways) })),
  );
}

interface Tried {
  readonly id: TransportId;
  readonly way: WaySeen;
}

function told(prediction: ClientPrediction, tried: readonly Tried[]): ClientPrediction {
  const works = tried.find(({ way }) => way.outcome === 'works');
  if (works !== undefined) return connects(prediction, works.id);
  const open = tried.some(({ way }) => way.outcome === 'not-tested');
  const because = [...new Set(tried.flatMap(({ way }) => way.because))];
  if (open) return { ...prediction, outcome: 'not-tested', by: null, because };
  return { ...prediction, outcome: 'blocked', by: null, transport: null, because };
}

function connects(prediction: ClientPrediction, transport: TransportId): ClientPrediction {
  return { ...prediction, outcome: 'connects', because: [], transport };
}

/** Servers bar versions one by one: that one is barred is known for the version that was sent, and for no other. */
const OF_THE_VERSION: FindingCode = 'mailbox.client-version-blocked';

/** @param chosen the client whose version was sent */
function asMetBy(client: ClientId, ways: WaysSeen, chosen: ClientId): WaysSeen {
  if (mapiClient(client).version === mapiClient(chosen).version) return ways;
  const open = (way: WaySeen): WaySeen =>
    way.because.includes(OF_THE_VERSION) ? { ...way, outcome: 'not-tested' } : way;
  return { mapi: open(ways.mapi), rpc: open(ways.rpc), rpcUnencrypted: open(ways.rpcUnencrypted) };
}

/** As this client would find it: an older one does not encrypt by itself. */
function wayOf(id: TransportId, client: ClientId, ways: WaysSeen): WaySeen {
  if (id === 'mapi-http') return ways.mapi;
  const facts = clients[client];
  return facts.kind !== 'untested' && facts.mapi?.encryptsRpc === false ? ways.rpcUnencrypted : ways.rpc;
}

/** What a test of RPC over HTTP says of it, with encryption and without. @param ends null where nobody came so far */
export function rpcWaysOf(result: StepResult<unknown>, ends: RpcEnds | null): Pick<WaysSeen, 'rpc' | 'rpcUnencrypted'> {
  const stopped = stoppedBy(result);
  // Where the address book stopped it, no profile comes of it, however the mailbox opens.
  const isOpened = ends !== null && (ends.encrypted || ends.unencrypted === 'opened');
  if (ends === null || (isOpened && !result.ok)) return { rpc: stopped, rpcUnencrypted: stopped };
  const works: WaySeen = { outcome: 'works', because: [] };
  return { rpc: ends.encrypted ? works : stopped, rpcUnencrypted: unencryptedBy(ends, stopped) };
}

function unencryptedBy({ unencrypted }: RpcEnds, stopped: WaySeen): WaySeen {
  switch (unencrypted) {
    case 'opened':
      return { outcome: 'works', because: [] };
    case 'not-encrypted':
      return { outcome: 'fails', because: ['rpc.encryption-required'] };
    case 'not-opened':
      return stopped.because.length > 0 ? stopped : { outcome: 'not-tested', because: [] };
    case null:
      return { outcome: 'not-tested', because: [] };
  }
}

function stoppedBy(result: StepResult<unknown>): WaySeen {
  if (result.ok) return { outcome: 'not-tested', because: [] };
  const { codes, state } = result;
  if (codes.includes('rpc.not-offered')) return { outcome: 'not-offered', because: codes };
  return { outcome: state === 'failed' ? 'fails' : 'not-tested', because: codes };
}

const NEWER_FIRST = 'It tries MAPI over HTTP first, which this test does not look at.';

/**
 * Every generation that speaks RPC over HTTP, where nothing else was looked at; of all others nothing is said.
 * @param chosen the client that was emulated
 */
export function predictByRpc(seen: Pick<WaysSeen, 'rpc' | 'rpcUnencrypted'>, chosen: ClientId): ClientPrediction[] {
  const mapi: WaySeen = { outcome: 'not-tested', because: [] };
  return clientIds.map((id) => {
    const client = clients[id];
    const common = { client: id, by: null, because: [], methods: [], totalMs: null, knows: [], note: '' };
    const speaks = client.kind !== 'untested' && client.mapi !== null && client.speaks.some((each) => each === 'expr');
    if (!speaks) return { ...common, outcome: 'not-tested', note: 'It opens no mailbox by RPC over HTTP.' };
    const way = wayOf('rpc-http', id, asMetBy(id, { ...seen, mapi }, chosen));
    if (way.outcome === 'works') return connects({ ...common, outcome: 'connects' }, 'rpc-http');
    if (way.outcome === 'not-tested') return { ...common, outcome: 'not-tested', because: way.because };
    if (id !== chosen && client.kind === 'emulated' && client.mapiHttp)
      return { ...common, outcome: 'not-tested', because: way.because, note: NEWER_FIRST };
    return { ...common, outcome: 'blocked', transport: null, because: way.because };
  });
}
