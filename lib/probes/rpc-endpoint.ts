/** Reaches one service behind the RPC proxy: both channels, until they are one, and a bind. [MS-RPCH] 3.2.1.5.3.1, C706 9.3.2 */
import type { RpcLevel } from '#lib/auth/rpc-security.ts';
import type { Net } from '#lib/net/door.ts';
import { describeBytes } from '#lib/net/limits.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { Bound, RpcConnection } from '#lib/sessions/rpc-http/connection.ts';
import type { RpcFailure } from '#lib/sessions/rpc-http/failure.ts';
import { openConnection, SHORTEST_CHANNEL } from '#lib/sessions/rpc-http/open.ts';
import { faultFinding, rpcFailure, rpcFailureCodes } from './judging/rpc-failure.ts';
import { type RpcPlace, type RpcService, securityFor } from './judging/rpc-place.ts';
import { obstacleFinding } from './judging/windows-obstacle.ts';

export interface RpcEndpointInput extends RpcPlace {
  readonly service: RpcService;
  readonly level: RpcLevel;
}

type Seen = { readonly evidence: readonly Evidence[] } & (
  | { readonly kind: 'bound'; readonly connection: RpcConnection; readonly bound: Bound }
  /**
   * `isHeldBack`: once the request of the IN channel was complete, the channels were joined. `passes`: the longest request that is let
   * through, where a shorter one was; null where none was, or where none was tried.
   */
  | {
      readonly kind: 'failed';
      readonly failure: RpcFailure;
      readonly isHeldBack: boolean;
      readonly passes: number | null;
    }
);

export const rpcEndpoint: Probe<Net, RpcEndpointInput, Seen, RpcConnection> = {
  id: 'rpc-endpoint',
  titles: {
    planned: ({ host }) => title('rpc-endpoint.planned', { host }),
    failed: ({ host }) => title('rpc-endpoint.failed', { host }),
  },
  emits: [...rpcFailureCodes],
  observe: async (net, input, signal) => {
    const { way, method, server, service, level } = input;
    const target = { server, port: service.port };
    const opened = await openConnection(net, way, method, target, signal);
    if (opened.kind === 'failed') {
      const { failure, evidence } = opened;
      const isHeldBack = isSilent(failure) && (await opensWhenComplete(net, input, signal));
      const passes = isTooLong(failure) ? await longestThatPasses(net, input, signal) : null;
      return { kind: 'failed', failure, isHeldBack, passes, evidence };
    }
    const { connection } = opened;
    let isKept = false;
    try {
      const bound = await connection.bind(service.interface, securityFor(input, level));
      isKept = bound.kind === 'bound';
      return { kind: 'bound', connection, bound, evidence: connection.takeEvidence() };
    } finally {
      if (!isKept) connection.close();
    }
  },
  judge: (seen, input) => {
    const { evidence } = seen;
    const { host, service } = input;
    if (seen.kind === 'failed') {
      const { failure, isHeldBack } = seen;
      const finding = isHeldBack
        ? heldBack(failure, host)
        : (limited(seen, host) ?? rpcFailure(failure, input, service));
      return { ok: false, findings: [finding], evidence };
    }
    const { bound, connection } = seen;
    if (bound.kind !== 'bound') return { ok: false, findings: [unbound(bound, input)], evidence };
    const { port, name } = service;
    const passed = title('rpc-endpoint.passed', { port: String(port), service: name });
    return { ok: true, value: connection, title: passed, evidence };
  },
};

/** For a second look: a server that answers at all has answered by then. */
const SHORT_PATIENCE = { a3Ms: 3_000, c2Ms: 3_000 } as const;

const isSilent = (failure: RpcFailure): boolean => failure.kind === 'no-answer' && failure.awaited.startsWith('CONN/');

/**
 * The same with the shortest request that is allowed, which is sent to its end at once. Whoever passes requests on only when they are complete
 * passes on this one.
 */
async function opensWhenComplete(net: Net, input: RpcEndpointInput, signal: AbortSignal): Promise<boolean> {
  const { way, method, server, service } = input;
  const patience = { ...SHORT_PATIENCE, inBytes: SHORTEST_CHANNEL, isComplete: true };
  const opened = await openConnection(net, way, method, { server, port: service.port }, signal, patience);
  if (opened.kind === 'open') opened.connection.close();
  return opened.kind === 'open';
}

const isTooLong = (failure: RpcFailure): boolean =>
  failure.kind === 'http' && [411, 413].includes(failure.answer.status);

/** Where gateways draw the line, mostly. */
const LENGTHS = [64, 8, 1].map((size) => size * 1024 * 1024);

/** Requests that say that they are shorter, until one is let through. Whether it leads anywhere does not matter. */
async function longestThatPasses(net: Net, input: RpcEndpointInput, signal: AbortSignal): Promise<number | null> {
  const { way, method, server, service } = input;
  for (const inBytes of [...LENGTHS, SHORTEST_CHANNEL]) {
    const options = { ...SHORT_PATIENCE, inBytes };
    const opened = await openConnection(net, way, method, { server, port: service.port }, signal, options);
    if (opened.kind === 'open') opened.connection.close();
    if (opened.kind === 'open' || !isTooLong(opened.failure)) return inBytes;
  }
  return null;
}

/** What the shorter requests have shown; null where the length was not the matter. */
function limited({ failure, passes }: Seen & { readonly kind: 'failed' }, host: string): FindingDraft | null {
  if (failure.kind !== 'http' || !isTooLong(failure)) return null;
  const { status } = failure.answer;
  const line = passes === null ? 'however short it is' : `and lets through one of ${describeBytes(passes)}`;
  return draft('rpc.proxy-buffers', { host, how: `it refuses a request of 1 GiB (${status}), ${line}`, waited: 0 });
}

function heldBack(failure: RpcFailure, host: string): FindingDraft {
  const waited = failure.kind === 'no-answer' ? failure.waitedMs : 0;
  const how = 'it holds them back until they are complete, and those of a client never are';
  return draft('rpc.proxy-buffers', { host, how, waited });
}

function unbound(bound: Exclude<Bound, { readonly kind: 'bound' }>, input: RpcEndpointInput): FindingDraft {
  const { host, server, service } = input;
  switch (bound.kind) {
    case 'failed':
      return rpcFailure(bound.failure, input, service);
    case 'fault':
      return faultFinding(bound, 'bind', input, service);
    case 'refused':
    case 'nak':
      return draft('rpc.endpoint-unavailable', {
        ...{ host, port: String(service.port), service: service.name, server },
        why: `the bind is refused: ${bound.why}`,
      });
    case 'obstacle':
      if (bound.obstacle.kind === 'no-challenge')
        return draft('rpc.access-denied', { host, service: service.name, level: 'as it begins no sign-in' });
      return obstacleFinding(bound.obstacle, { host, path: `port ${service.port}`, scheme: 'NTLM' });
  }
}
