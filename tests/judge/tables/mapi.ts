/** The judges of MAPI over HTTP: whether it is offered, the session with the mailbox server, and what is measured of it. */
import { expect } from 'vitest';
import { NetFailure } from '#lib/net/failure.ts';
import type { MapiInput } from '#lib/probes/judging/mapi-input.ts';
import { mapiAffinity } from '#lib/probes/mapi-affinity.ts';
import { mapiConnect } from '#lib/probes/mapi-connect.ts';
import { mapiDisconnect } from '#lib/probes/mapi-disconnect.ts';
import { mapiFolders } from '#lib/probes/mapi-folders.ts';
import { mapiLogon } from '#lib/probes/mapi-logon.ts';
import { type MapiOfferInput, mapiOffer } from '#lib/probes/mapi-offer.ts';
import { mapiResponseTimes } from '#lib/probes/mapi-response-times.ts';
import { mapiServer } from '#lib/probes/mapi-server.ts';
import { mapiWait } from '#lib/probes/mapi-wait.ts';
import type { Evidence, Header } from '#lib/result/evidence.ts';
import type { MapiContext, MapiReply } from '#lib/sessions/mapi-http/context.ts';
import type { RopNotice, RopReplies, RopReply } from '#lib/wire/rop/replies.ts';
import { DAY, NOW } from '../certificates.ts';
import { documentWith, exch, mapi, rpc } from '../documents.ts';
import { answer, HOST, type Row, SUBJECT, table } from '../table.ts';
import {
  answered,
  DN,
  type FailedReply,
  failed,
  failures,
  HEADERS,
  honest,
  ID,
  IN_CACHED_MODE,
  MAILBOX,
  neverFirst,
  neverLater,
  place,
  refusalRows,
  replyOf,
  whole,
} from './mapi-replies.ts';

const ok = true;
const context = {} as MapiContext;
const input: MapiInput = { ...place, context };

/** Rows of replies, as the steps see them that send one request. */
const alone = <T, Input>(rows: readonly Row<MapiReply<T>, Input>[]) =>
  rows.map(
    ([name, reply, ...rest]): Row<{ reply: MapiReply<T>; messages: null }, Input> => [
      name,
      { reply, messages: null },
      ...rest,
    ],
  );

const offerInput: MapiOfferInput = { ...SUBJECT, mailbox: MAILBOX, documents: [], isWanted: false };
const offering = (...protocols: string[]) => ({ input: { documents: [documentWith(...protocols)] } });

export const mapiOfferTable = table(mapiOffer, offerInput, [
  ['for clients outside', null, [], offering(mapi())],
  ['for clients inside alone, at a name that everybody knows', null, [], offering(mapi({ inside: `https://${HOST}` }))],
  ['nothing at all', null, ['mapi.not-offered'], { args: { mailbox: MAILBOX, host: HOST } }],
  ['at a name of the inside', null, ['mapi.not-offered'], offering(mapi({ outside: 'https://ex01.contoso.local' }))],
  ['Outlook Anywhere in its place', null, ['mapi.not-offered'], offering(rpc('EXPR', HOST))],
  ['RPC over TCP in its place', null, ['mapi.not-offered'], offering(exch())],
]);

const connected = (headers: readonly Header[], packed: string | null = null) => ({
  context,
  reply: {
    ...answered({ pollsMaxMs: 60_000, retryCount: 6, retryDelayMs: 10_000, dnPrefix: '', displayName: 'Alice' }),
    ...{ type: 'Connect' as const, answer: answer({ headers }), packed },
  },
  messages: null,
});
const headersBut = (name: string, ...others: Header[]): Header[] => [
  ...HEADERS.filter(([other]) => other !== name),
  ...others,
];
const PASSAGE = ['http.proxy-interferes'] as const;

export const mapiConnectTable = table(
  mapiConnect,
  { ...place, dn: DN },
  [
    ['opened', connected(HEADERS), []],
    [
      'a name that cannot be written',
      { context, reply: null, messages: null },
      ['mailbox.unknown'],
      { input: { dn: '/cn=\u{1f4e7}' }, args: { dn: '/cn=\u{1f4e7}', code: expect.stringContaining('cannot carry') } },
    ],
    ['no word on the server', connected(headersBut('X-ServerApplication')), ['mapi.no-server-header'], { ok }],
    [
      'packed on the way',
      connected(HEADERS, 'gzip'),
      PASSAGE,
      { ok, args: { what: 'it packs answers (gzip), although nobody asked for that' } },
    ],
    [
      'headers taken out on the way',
      connected(headersBut('X-RequestType').filter(([name]) => name !== 'X-RequestId')),
      PASSAGE,
      { ok, args: { what: 'the answer comes without X-RequestType, X-RequestId' } },
    ],
    [
      'one taken out',
      connected(headersBut('X-ResponseCode')),
      PASSAGE,
      { ok, args: { what: 'the answer comes without X-ResponseCode' } },
    ],
    [
      'the answer to something else',
      connected(headersBut('X-RequestType', ['X-RequestType', `Execute${'x'.repeat(50)}`])),
      PASSAGE,
      { ok, args: { what: `the answer is said to be one to Execute${'x'.repeat(33)}` } },
    ],
    ['the same in other letters', connected(headersBut('X-RequestType', ['x-requesttype', 'CONNECT'])), []],
    [
      'called otherwise',
      connected(headersBut('Content-Type', ['Content-Type', 'application/octet-stream'])),
      PASSAGE,
      { ok, args: { what: 'the answer is called application/octet-stream' } },
    ],
    ...failures('first').map(
      ([name, reply, ...rest]): Row<
        Parameters<typeof mapiConnect.judge>[0],
        Parameters<typeof mapiConnect.judge>[1]
      > => [name, { context, reply, messages: null }, ...rest],
    ),
    ...refusalRows((code) => ({ context, reply: failed(code), messages: null }), 'not begun with'),
    ...refusalRows(
      (code) => ({
        context,
        reply: {
          ...connected(HEADERS).reply,
          ...answered({ pollsMaxMs: 0, retryCount: 0, retryDelayMs: 0, dnPrefix: '', displayName: '' }, code),
        },
        messages: null,
      }),
      'refused with',
      IN_CACHED_MODE,
    ),
  ],
  neverFirst,
);

const FOLDERS = {
  ...{ root: 1n, deferredAction: 2n, spoolerQueue: 3n, ipmSubtree: 4n, inbox: 5n, outbox: 6n, sentItems: 7n },
  ...{ deletedItems: 8n, commonViews: 9n, schedule: 10n, search: 11n, views: 12n, shortcuts: 13n },
};

export const openedAs = (mailboxGuid: string): RopReply => ({
  ...{ kind: 'private-logon', handleIndex: 0, logonFlags: 1, folders: FOLDERS, responseFlags: 7, mailboxGuid },
  ...{ replicaId: 1, replicaGuid: ID, gwartTime: 0n },
  logonTime: { seconds: 1, minutes: 2, hour: 3, dayOfWeek: 5, day: 20, month: 11, year: 2026 },
});

/** One block of answers. */
export const block = (replies: readonly (RopReply | null)[], notices: readonly RopNotice[] = []): RopReplies => ({
  ...{ replies, notices, handles: [1] },
});

export const refusedRop = (returnValue: number): RopReply => ({
  ...{ kind: 'refused', rop: 'logon', handleIndex: 0, returnValue },
});

const executed = (...rops: RopReplies[]) => ({ reply: answered({ flags: 0, rops }), messages: null });
const backoff: RopNotice = {
  ...{ kind: 'backoff', logonId: 0, durationMs: 1_500, rops: [], additionalData: new Uint8Array() },
};
const OTHER_ID = '00000000-0000-0000-0000-0000000000b0';
const names = (opened: string, expected: string | null = 'Alice Example') => ({
  input: { names: { opened, expected } },
});

/** What RopLogon may answer, whichever transport carries it. */
export const logonRows = <Seen, Input>(see: (...rops: RopReplies[]) => Seen): Row<Seen, Input>[] => [
  [
    'a server that has moved it',
    see(block([{ kind: 'wrong-server', handleIndex: 0, logonFlags: 1, serverName: '/o=E/cn=Servers/cn=EX02' }])),
    ['mailbox.wrong-server'],
    { args: { server: 'EX02' } },
  ],
  [
    'a server that names another in its own way',
    see(block([{ kind: 'wrong-server', handleIndex: 0, logonFlags: 1, serverName: 'EX02' }])),
    ['mailbox.wrong-server'],
    { args: { server: 'EX02' } },
  ],
  [
    'a server that is busy',
    see(block([null], [backoff])),
    ['mailbox.server-busy'],
    { args: { wait: ', and asks for 2 s of patience' } },
  ],
  ['no answer to the operation', see(block([null])), ['mailbox.logon-failed']],
  ['no block at all', see(), ['mailbox.logon-failed']],
  ...refusalRows<Seen, Input>((code) => see(block([refusedRop(code)])), 'RopLogon refused with', IN_CACHED_MODE),
];

export const mapiLogonTable = table(
  mapiLogon,
  { ...input, dn: DN, names: { opened: 'Alice Example', expected: 'Alice Example' } },
  [
    ['opened', executed(block([openedAs(ID)])), []],
    ['another name for the same mailbox', executed(block([openedAs(ID.toUpperCase())])), [], names('Alice E.')],
    ['another mailbox of the same name', executed(block([openedAs(OTHER_ID)])), [], names(' alice example ')],
    ['nobody knows the name', executed(block([openedAs(OTHER_ID)])), [], names('Bob', null)],
    [
      'another mailbox',
      executed(block([openedAs(OTHER_ID)])),
      ['mailbox.other-opened'],
      { ok, ...names('Bob'), args: { name: 'Bob' } },
    ],
    ...logonRows(executed),
    ...refusalRows(
      (code) => ({ reply: answered({ flags: 0, rops: [] }, code), messages: null }),
      'Execute refused with',
    ),
    ...refusalRows((code) => ({ reply: failed(code), messages: null }), 'not begun with'),
    ...alone(failures('later')),
  ],
  neverLater,
);

const logon = { handle: 1, mailboxGuid: ID, ipmSubtree: 4n };
const tableOf = (...more: RopReply[]): RopReplies =>
  block([
    { kind: 'folder', handleIndex: 1, hasRules: false, servers: null },
    { kind: 'table', handleIndex: 2, rowCount: 1 },
    ...more,
  ]);
const row = [
  { tag: 0x3001_001f, value: { type: 'string', value: 'Inbox' } },
  { tag: 0x3602_0003, value: { type: 'error', code: 0x8004_010f } },
] as const;

export const mapiFoldersTable = table(
  mapiFolders,
  { ...input, dn: DN, logon },
  [
    ['listed', executed(tableOf({ kind: 'rows', handleIndex: 2, origin: 2, rows: [row, []] })), []],
    [
      'no rows came',
      executed(tableOf()),
      ['mailbox.logon-failed'],
      { args: { code: expect.stringContaining('80004005') } },
    ],
    ...refusalRows((code) => executed(tableOf(refusedRop(code))), 'an operation refused with'),
    ...refusalRows(
      (code) => ({ reply: answered({ flags: 0, rops: [] }, code), messages: null }),
      'Execute refused with',
    ),
    ...refusalRows((code) => ({ reply: failed(code), messages: null }), 'not begun with'),
    ...alone(failures('later')),
  ],
  neverLater,
);

const pinged = replyOf({ kind: 'answered', value: null });

export const mapiAffinityTable = table(
  mapiAffinity,
  input,
  [
    ['known there too', { reply: pinged, messages: null }, []],
    ...alone(failures('later')).map(
      ([name, seen, codes, { args: _args, ...more } = {}]): Row<typeof seen, MapiInput> => [
        name,
        seen,
        codes,
        codes[0] === 'mapi.session-lost'
          ? { ...more, args: { request: 'PING', how: expect.stringContaining('second connection') } }
          : more,
      ],
    ),
  ],
  neverLater,
);

export const mapiDisconnectTable = table(
  mapiDisconnect,
  input,
  [['over', { reply: answered({}), messages: null }, []], ...alone(failures('later'))],
  neverLater,
);

type WaitSeen = Parameters<typeof mapiWait.judge>[0];
type WaitReply = NonNullable<WaitSeen['reply']>;
const waited = (reply: WaitReply, waitedMs: number): WaitSeen => ({ reply, failure: null, waitedMs, messages: null });
/** News: when the first word came and when the last. */
const news = (processingAtMs: number, doneAtMs: number): WaitReply => ({
  ...answered({ isEventPending: false }),
  stream: whole({ processingAtMs, doneAtMs }),
  answer: { ...honest(), timings: { connectMs: null, tlsMs: null, firstByteMs: null, totalMs: doneAtMs } },
});
const cutOff = (processingAtMs: number | null, headers: readonly Header[] = HEADERS): WaitReply =>
  replyOf(
    { kind: 'unfinished' },
    { stream: { kind: 'unfinished', doneAtMs: null, processingAtMs, pendingAtMs: [] }, answer: answer({ headers }) },
  );
const silence = (code: NetFailure['code'], status: number | null, waitedMs: number): WaitSeen => ({
  ...{ reply: null, failure: new NetFailure(code, { host: HOST }, [exchanged(status)]), waitedMs, messages: null },
});
const exchanged = (status: number | null): Evidence => ({
  kind: 'exchange',
  body: {
    ...{ method: 'POST', url: '', address: '', requestHeaders: [], requestBody: '', status, responseHeaders: [] },
    ...{ responseBody: '', responseBytes: 0, truncated: false },
    timings: { connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 },
  },
});
const long = { input: { longMs: 180_000 } } as const;
const HELD = 'mapi.response-buffered';
const CUT = 'mapi.long-wait-cut';
const SHORT = 'tool.not-tested';

export const mapiWaitTable = table(
  mapiWait,
  { ...input, longMs: null, isPacked: false },
  [
    ['it waits, which is enough', waited(cutOff(3), 20), [SHORT], { ok }],
    ['news at once', waited(news(1, 4), 20), [SHORT], { ok }],
    [
      'held back until the last word',
      waited(news(5_000, 5_001), 5_002),
      [HELD, SHORT],
      { ok, args: { held: 5_002, request: 'NotificationWait' } },
    ],
    ['said at once, and over after a while', waited(news(1, 5_001), 5_002), [SHORT], { ok }],
    ['nothing in time', silence('http-timeout', null, 6_000), [HELD, SHORT], { ok, args: { held: 6_000 } }],
    [
      'nothing in time, from somebody who packs',
      silence('http-timeout', null, 6_000),
      [SHORT],
      { ok, input: { isPacked: true } },
    ],
    ['as long as was asked for', waited(cutOff(3), 180_001), [], long],
    [
      'as long as was asked for, which is too short to prove anything',
      waited(cutOff(3), 60_001),
      [SHORT],
      { ok, input: { longMs: 60_000 } },
    ],
    ['an answer at the end of a long wait', waited(news(1, 170_000), 180_001), [], long],
    ['an answer in the middle of a long wait', waited(news(1, 200), 50_001), [SHORT], { ok, ...long }],
    [
      'cut by somebody who says who he is',
      waited(cutOff(3, [['Via', '1.1 proxy']]), 30_000),
      [CUT],
      { ok, ...long, args: { after: 30_000, wanted: 180_000, who: '1.1 proxy' } },
    ],
    [
      'cut by nobody',
      waited(cutOff(3), 30_000),
      [CUT],
      { ok, ...long, args: { who: 'nobody on the way says who it is' } },
    ],
    ['ended by a reset', silence('reset', 200, 30_000), [CUT], { ok, ...long }],
    ['begun, and all quiet until the end', silence('http-timeout', 200, 180_000), [], long],
    ['quiet from the beginning', silence('http-timeout', null, 66_000), [HELD], { ok, ...long }],
    ...failures('later').map(([name, reply, ...rest]): Row<WaitSeen, MapiInput> => [name, waited(reply, 10), ...rest]),
  ],
  neverLater,
);

const timed = (totalMs: number, networkMs: number | null = 20, failed: FailedReply | null = null) => ({
  ...{
    rows: Array.from({ length: 10 }, (_, at) => ({ request: `PING ${at + 1}`, totalMs, serverMs: null, ownMs: 0 })),
    networkMs,
  },
  ...{ failed, legs: [] },
});

export const mapiResponseTimesTable = table(
  mapiResponseTimes,
  { ...place, dn: DN },
  [
    ['fast', timed(60), []],
    ['slow by the network alone', timed(900, 880), []],
    ['just fast enough', timed(519.9), []],
    [
      'slow',
      timed(520),
      ['mapi.slow-response'],
      { ok, args: { mean: 500, spread: 0, network: 20, count: 10, limit: '' } },
    ],
    [
      'very slow',
      timed(1_000, null),
      ['mapi.slow-response'],
      { ok, args: { network: 0, limit: expect.stringContaining('1 s') } },
    ],
    ...(['first', 'later'] as const).flatMap((when) =>
      failures(when).map(
        ([name, reply, codes, { args: _args, ...more } = {}]): Row<ReturnType<typeof timed>, typeof place> => [
          `${when}: ${name}`,
          timed(1, null, { ...reply, type: when === 'first' ? 'Connect' : 'PING' }),
          codes,
          more,
        ],
      ),
    ),
  ],
  { 'http.not-found': neverFirst['http.not-found'] },
);

const health = answer({ body: '200 OK<br/>EX01.contoso.local' });
const saying = (application: string | null) => ({ health, application });

export const mapiServerTable = table(
  mapiServer,
  { ...SUBJECT, way: place.way, path: '/mapi/emsmdb/?MailboxId=1', application: Promise.resolve(null), now: () => NOW },
  [
    ['no word', saying(null), []],
    ['a product that nobody knows', saying('Kopano/1.2'), []],
    ['Subscription Edition', saying('Exchange/15.02.2562.017'), []],
    [
      'a product of the past',
      saying('Exchange/15.01.2507.006'),
      ['server.out-of-support'],
      { ok, args: { product: 'Exchange Server 2016', build: '15.1.2507.6', date: '2025-10-14' } },
    ],
    ['on its last day', saying('Exchange/15.01.2507.006'), [], { input: { now: () => Date.parse('2025-10-14') } }],
    [
      'the day after',
      saying('Exchange/15.01.2507.006'),
      ['server.out-of-support'],
      { ok, input: { now: () => Date.parse('2025-10-14') + DAY } },
    ],
  ],
);
