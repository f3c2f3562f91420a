/** How a conversation by RPC over HTTP may end before its answer: rows for the tables of all steps that have one. */
import { expect } from 'vitest';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { RpcPlace } from '#lib/probes/judging/rpc-place.ts';
import { vet } from '#lib/probes/vetted.ts';
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import type { Faulted } from '#lib/sessions/rpc-http/connection.ts';
import type { RpcFailure } from '#lib/sessions/rpc-http/failure.ts';
import { WireError } from '#lib/wire/error.ts';
import { answer, HOST, type Row, SUBJECT } from '../table.ts';
import { statuses, withOwn } from './http.ts';
import { client, MAILBOX } from './mapi-replies.ts';
import { basic, nameOf, negotiate, ntlm, obstacles } from './sign-in.ts';

export const SERVER = '4c414221-0001-4000-8000-00000000a11c@example.test';
const address = { address: '192.0.2.1', family: 4, ttl: null } as const;
const session = vet({ offer: {}, dialed: { address } } as Parameters<typeof vet>[0], 'certificate-passed');

export const rpcPlace: RpcPlace = {
  ...{ ...SUBJECT, mailbox: MAILBOX, user: 'alice', session, way: { session, accept: () => false }, method: basic },
  ...{ acceptedBy: 'Autodiscover', server: SERVER, client, password: basic.password, hide: () => undefined },
};

type FailureRow = Row<RpcFailure, RpcPlace>;

const http = (seen: HttpAnswer): RpcFailure => ({ kind: 'http', channel: 'out', answer: seen });
const proxyError = (code: number): RpcFailure => ({
  ...{ kind: 'rpc-error', channel: 'out', code, errorInfo: null, answer: answer({ status: 503 }) },
});
const closed = (awaited: string, hasHead: boolean): RpcFailure => ({
  ...{ kind: 'closed', channel: 'out', awaited, hasHead, how: 'closed' },
});
const silent = (awaited: string): RpcFailure => ({ kind: 'no-answer', awaited, hasHead: true, waitedMs: 5_000 });
const error = new WireError('bad-value', { path: 'pdu.type', offset: 2, spec: '' }, 'a type of nobody');
const UNAVAILABLE = 'rpc.endpoint-unavailable';
const why = (words: string) => ({ args: { host: HOST, server: SERVER, why: expect.stringContaining(words) } });

/** All that a channel may bring in place of what was awaited. */
export const channelFailures: readonly FailureRow[] = [
  ...statuses<RpcPlace>({ session: vet({ ...withOwn, dialed: session.dialed }, 'certificate-passed') })
    // The proxy's own word for a server that it does not know.
    .filter(([name]) => name !== 'status 404')
    .map(([name, seen, ...rest]): FailureRow => [name, http(seen), ...rest]),
  [
    'refused where the same was taken before',
    http(answer({ status: 401 })),
    ['auth.inconsistent'],
    { args: { accepted: 'Autodiscover', refused: HOST, method: 'Basic' } },
  ],
  [
    'a server that the proxy does not know',
    http(answer({ status: 404 })),
    [UNAVAILABLE],
    why('no server of this name'),
  ],
  [
    'a port that the proxy does not pass on',
    http({ ...answer({ status: 404 }), reason: 'Invalid RPC Port' }),
    [UNAVAILABLE],
    why('does not pass this port on'),
  ],
  ['an empty answer', http(answer()), [UNAVAILABLE], why('answers 200')],
  ...[411, 413].map(
    (status): FailureRow => [
      `a request that is too long: ${status}`,
      http(answer({ status })),
      ['rpc.proxy-buffers'],
      { args: { how: expect.stringContaining(`(${status})`), waited: 0 } },
    ],
  ),
  ['the service does not run', proxyError(0x6ba), [UNAVAILABLE], why('(6BA)')],
  ['another error of the proxy', proxyError(0x6bb), [UNAVAILABLE], why('RPC_S_SERVER_TOO_BUSY (0x6BB)')],
  ['an error of nobody', proxyError(0x1234), [UNAVAILABLE], why('0x1234')],
  ['denied by the proxy', proxyError(5), ['rpc.access-denied'], { args: { level: 'at the proxy' } }],
  ['closed at once', closed('CONN/A3', false), [UNAVAILABLE], why('closed without an answer')],
  ['closed before both are one', closed('CONN/C2', true), ['rpc.channels-not-joined'], { args: { waited: 0 } }],
  [
    'closed in the middle',
    closed('NspiBind', true),
    ['net.reset'],
    { args: { address: '192.0.2.1', phase: 'while NspiBind was awaited' } },
  ],
  ['silence', silent('CONN/A3'), ['rpc.no-answer'], { args: { awaited: 'CONN/A3', waited: 5_000 } }],
  ['silence before both are one', silent('CONN/C2'), ['rpc.channels-not-joined'], { args: { waited: 5_000 } }],
  [
    'something else',
    { kind: 'unexpected', awaited: 'bind_ack', got: 'Ping' },
    ['rpc.malformed-response'],
    { args: { call: 'bind_ack', reason: 'Ping came in its place' } },
  ],
  ['a wish for another channel', { kind: 'recycling', awaited: 'NspiBind', got: 'OUT_R1/A2' }, ['rpc.recycled']],
  [
    'what cannot be read',
    { kind: 'malformed', awaited: 'NspiBind', error },
    ['rpc.malformed-response'],
    { args: { call: 'NspiBind', reason: 'a type of nobody', field: 'pdu.type', offset: 2 } },
  ],
  [
    'no end',
    { kind: 'too-much', awaited: 'NspiBind', limit: '4,096 PDUs' },
    ['net.limit-reached'],
    { args: { host: HOST, what: expect.stringContaining('NspiBind'), limit: '4,096 PDUs' } },
  ],
  ...obstacles.map(([obstacle, code, { path: _path, ...args }]): FailureRow => {
    const last = answer({ status: 401 });
    const failure: RpcFailure = { kind: 'sign-in', channel: 'in', obstacle, last };
    return [nameOf(obstacle), failure, [code], { input: { method: ntlm }, args: { host: HOST, ...args } }];
  }),
  [
    'Negotiate that knows nothing of NTLM',
    { kind: 'sign-in', channel: 'in', obstacle: { kind: 'no-challenge' }, last: answer({ status: 401 }) },
    ['auth.kerberos-only'],
    { input: { method: negotiate } },
  ],
];

const fault = (status: number): Faulted => ({ kind: 'fault', status, errorInfo: null });

/** The run-time of the server says no. */
export const faults: readonly Row<Faulted, RpcPlace>[] = [
  ['denied', fault(5), ['rpc.access-denied'], { args: { level: 'with a sign-in of its own (NTLM)' } }],
  [
    'denied to nobody in particular',
    fault(5),
    ['rpc.access-denied'],
    { input: { password: null }, args: { level: 'without a sign-in of its own' } },
  ],
  [
    'a fault',
    fault(0x1c01_0003),
    ['rpc.fault'],
    { args: { status: '0x1C010003', meaning: 'nca_s_unk_if: the interface is not known there' } },
  ],
  ['a fault of nobody', fault(0x7777), ['rpc.fault'], { args: { status: '0x7777' } }],
];

/** Rows for a step that has such an end somewhere. */
export const asSeen = <From, Seen>(
  rows: readonly Row<From, RpcPlace>[],
  how: string,
  see: (from: From) => Seen,
): Row<Seen, RpcPlace>[] => rows.map(([name, from, ...rest]) => [`${how}: ${name}`, see(from), ...rest]);

/** Codes that the proxy's own step tells in other words. */
export const neverAtTheProxy = {
  'http.unavailable': 'a proxy that is stopped answers 503: rpc.proxy-not-answering',
} as const satisfies Partial<Record<FindingCode, string>>;
