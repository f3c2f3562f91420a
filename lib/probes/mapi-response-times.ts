/** How long the server takes for next to nothing: PINGs, one after the other, in a session of their own. Network and server are told apart. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Net } from '#lib/net/door.ts';
import type { Evidence, ResponseTimesEvidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { MapiContext, type MapiReply } from '#lib/sessions/mapi-http/context.ts';
import { ping } from '#lib/sessions/mapi-http/ping.ts';
import {
  decodeConnectResponse,
  decodeDisconnectResponse,
  encodeConnectRequest,
  encodeDisconnectRequest,
  USUAL_CODE_PAGE,
  USUAL_LOCALE,
} from '#lib/wire/mapi-http/mailbox.ts';
import { askedBy, endpointOf, type MapiPlace } from './judging/mapi-input.ts';
import { failedReply, replyCodes } from './judging/mapi-reply.ts';

export interface MapiResponseTimesInput extends MapiPlace {
  readonly dn: string;
}

interface Row {
  readonly request: string;
  readonly totalMs: number;
  /** What the server itself says; null where it says nothing. */
  readonly serverMs: number | null;
  /** By how much we were late ourselves, in asking and in hearing the answer: no server is to blame for that. */
  readonly ownMs: number;
}

interface Seen {
  readonly rows: readonly Row[];
  readonly networkMs: number | null;
  /** What came in place of an answer. */
  readonly failed: MapiReply<unknown> | null;
  readonly legs: readonly Evidence[];
}

/** Below that, the spread says nothing. */
const PINGS = 10;
/** On average, in milliseconds: noticed by people, and hindering them. */
const SLOW = 500;
const VERY_SLOW = 1_000;

export const mapiResponseTimes: Probe<Net, MapiResponseTimesInput, Seen, number> = {
  id: 'mapi-response-times',
  titles: {
    planned: ({ host }) => title('mapi-response-times.planned', { host }),
    failed: ({ host }) => title('mapi-response-times.failed', { host }),
  },
  emits: [...replyCodes, 'mapi.slow-response'],
  observe: (net, input, signal) => measure(new MapiContext(net, endpointOf(input)), input.dn, signal),
  judge: ({ rows, networkMs, failed, legs }, input) => {
    const { host } = input;
    if (failed !== null && failed.outcome.kind !== 'answered') {
      const finding = failedReply(failed, failed.outcome, askedBy(input, failed.type !== 'Connect'));
      return { ok: false, findings: [finding], evidence: [...legs] };
    }
    const own = rows.map(({ totalMs, ownMs }) => Math.max(0, totalMs - ownMs - (networkMs ?? 0)));
    const meanMs = average(own);
    const spreadMs = Math.sqrt(average(own.map((ms) => (ms - meanMs) ** 2)));
    const body: ResponseTimesEvidence = {
      ...{ host, request: 'PING', networkMs: networkMs && rounded(networkMs) },
      ...{ meanMs: rounded(meanMs), spreadMs: rounded(spreadMs), rows: [...rows] },
    };
    return {
      ok: true,
      value: meanMs,
      title: title('mapi-response-times.passed', { host, mean: Math.max(1, rounded(meanMs)) }),
      findings: slowness(body),
      evidence: [{ kind: 'response-times', body }, ...legs.slice(0, 1)],
    };
  },
};

/** How often this process is asked whether it is late. */
const TICK_MS = 5;

/** Once when the request is written, once when the answer is read. @param mean in nanoseconds; none where nothing was measured */
function lateMs(mean: number): number {
  return Number.isNaN(mean) ? 0 : 2 * Math.max(0, mean / 1e6 - TICK_MS);
}

async function measure(context: MapiContext, userDn: string, signal: AbortSignal): Promise<Seen> {
  const locale = { codePage: USUAL_CODE_PAGE, sortLocale: USUAL_LOCALE, stringLocale: USUAL_LOCALE };
  const rows: Row[] = [];
  const lateness = monitorEventLoopDelay({ resolution: TICK_MS });
  lateness.enable();
  try {
    const encode = (trace: Parameters<typeof encodeDisconnectRequest>[0]): Uint8Array =>
      encodeConnectRequest({ userDn, flags: 0, ...locale }, trace) ?? new Uint8Array();
    const begun = await context.send({ type: 'Connect', encode, decode: decodeConnectResponse }, signal);
    const networkMs = begun.answer.timings.connectMs;
    if (begun.outcome.kind !== 'answered') return { rows, networkMs, failed: begun, legs: begun.legs };
    let legs: readonly Evidence[] = [];
    for (let count = 1; count <= PINGS; count += 1) {
      lateness.reset();
      const reply = await ping(context, signal);
      if (reply.outcome.kind !== 'answered') return { rows, networkMs, failed: reply, legs: reply.legs };
      rows.push(toRow(reply, count, lateMs(lateness.mean)));
      legs = reply.legs;
    }
    await context.send(
      { type: 'Disconnect', encode: encodeDisconnectRequest, decode: decodeDisconnectResponse },
      signal,
    );
    return { rows, networkMs, failed: null, legs };
  } finally {
    lateness.disable();
    await context.close();
  }
}

function toRow({ answer, stream }: MapiReply<null>, count: number, ownMs: number): Row {
  const serverMs = stream?.kind === 'complete' ? stream.elapsedMs : null;
  return { request: `PING ${count}`, totalMs: answer.timings.totalMs, serverMs, ownMs: rounded(ownMs) };
}

function slowness({ host, meanMs, spreadMs, networkMs, rows }: ResponseTimesEvidence): FindingDraft[] {
  if (meanMs < SLOW) return [];
  const limit = meanMs >= VERY_SLOW ? ', and more than 1 s is what people call broken' : '';
  return [
    draft('mapi.slow-response', {
      ...{ host, mean: meanMs, limit, spread: spreadMs },
      ...{ network: networkMs ?? 0, count: rows.length },
    }),
  ];
}

const average = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 0 : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

const rounded = (ms: number): number => Math.round(ms * 10) / 10;
