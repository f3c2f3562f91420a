/** What every step of MAPI over HTTP may get in place of an answer, and what every mailbox server may refuse: rows for the tables of all. */
import { expect } from 'vitest';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { MapiPlace } from '#lib/probes/judging/mapi-input.ts';
import { vet } from '#lib/probes/vetted.ts';
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import type { MapiReply, Outcome } from '#lib/sessions/mapi-http/context.ts';
import { WireError } from '#lib/wire/error.ts';
import type { ResponseBody } from '#lib/wire/mapi-http/body.ts';
import type { MapiHttpBody } from '#lib/wire/mapi-http/stream.ts';
import { answer, HOST, type Row, SUBJECT } from '../table.ts';
import { session, statuses, withOwn } from './http.ts';
import { basic, nameOf, negotiate, ntlm, obstacles, stopped } from './sign-in.ts';

export const ID = '4c414221-0001-4000-8000-00000000a11c';
export const URL_OF_MAILBOX = `https://${HOST}/mapi/emsmdb/?MailboxId=${ID}@example.test`;
export const MAILBOX = 'alice@example.test';
export const DN = '/o=Example/ou=Exchange/cn=Recipients/cn=alice';
export const client = { name: 'Outlook 2016', version: '16.0.4266.1001' } as const;

export const place: MapiPlace = {
  ...{ ...SUBJECT, mailbox: MAILBOX, user: 'alice', url: URL_OF_MAILBOX, method: basic, acceptedBy: 'Autodiscover' },
  ...{ session: vet(session, 'certificate-passed'), way: { session, accept: () => false }, client },
};

/** Headers of an honest answer to Connect. */
export const HEADERS = [
  ['Content-Type', 'application/mapi-http'],
  ['X-RequestType', 'Connect'],
  ['X-RequestId', '{1}:1'],
  ['X-ResponseCode', '0'],
  ['X-ServerApplication', 'Exchange/15.02.2562.017'],
] as const;

export const honest = (): HttpAnswer => answer({ headers: HEADERS });

/** A reply with this outcome. */
export function replyOf<T>(outcome: Outcome<T>, parts: Partial<MapiReply<T>> = {}): MapiReply<T> {
  return { type: 'PING', outcome, answer: honest(), legs: [], stream: null, packed: null, ...parts };
}

/** A body that came whole. */
export const answered = <T extends object>(fields: T, errorCode = 0): MapiReply<ResponseBody<T>> =>
  replyOf({ kind: 'answered', value: { kind: 'answered', errorCode, ...fields, auxiliary: [] } });

/** The server could not even begin. */
export const failed = (statusCode: number): MapiReply<ResponseBody<never>> =>
  replyOf({ kind: 'answered', value: { kind: 'failed', statusCode, auxiliary: [] } });

/** A body that came to its end, at these times. */
export const whole = (times: Partial<MapiHttpBody & { readonly kind: 'complete' }> = {}): MapiHttpBody => ({
  ...{ kind: 'complete', doneAtMs: 1, body: new Uint8Array(), processingAtMs: 0, pendingAtMs: [] },
  ...{ headers: [], responseCode: null, elapsedMs: null, startTime: null, ...times },
});

/** Nothing that anybody could read as an answer. */
export type FailedReply = MapiReply<never>;
type FailedRow = Row<FailedReply, MapiPlace>;

const http = (seen: HttpAnswer): FailedReply => replyOf({ kind: 'http' }, { answer: seen });
const page = (body: string): Uint8Array => new TextEncoder().encode(body);
const code = (number: number, words = ''): FailedReply => replyOf({ kind: 'code', code: number, page: page(words) });
const to = (location: string): HttpAnswer => answer({ status: 302, headers: [['Location', location]] });
const error = new WireError('truncated', { path: 'connect.response', offset: 7, spec: '' }, 'it ends too early');
const without = { input: { url: `https://${HOST}/mapi/emsmdb/` } } as const;

const ONCE_MORE = 'the sign-in is asked for once more';

/** What each means depends on whether the session was there before. */
type When = 'first' | 'later';

/** What a reply without an answer means. The session is there already, or is to be begun. */
export function failures(when: When): FailedRow[] {
  return [
    ...byStatus(),
    ...(when === 'first' ? ofTheFirst : ofLaterOnes),
    ...byPage,
    ...byCode,
    ['a body that ends too early', replyOf({ kind: 'unfinished' }), ['mapi.malformed-response']],
    [
      'a body that cannot be read',
      replyOf({ kind: 'malformed', error }),
      ['mapi.malformed-response'],
      { args: { request: 'PING', reason: 'it ends too early', field: 'connect.response', offset: 7 } },
    ],
    ...obstacles.map(
      ([obstacle, finding, args]): FailedRow => [
        nameOf(obstacle),
        replyOf({ kind: 'sign-in', seen: stopped(obstacle) }),
        [finding],
        { input: { method: ntlm }, args: { host: HOST, ...args } },
      ],
    ),
    [
      'Negotiate that knows nothing of NTLM',
      replyOf({ kind: 'sign-in', seen: stopped({ kind: 'no-challenge' }) }),
      ['auth.kerberos-only'],
      { input: { method: negotiate } },
    ],
  ];
}

/** Never "not found": what is missing has a finding of its own here, which says what. */
function byStatus(): FailedRow[] {
  const rows = statuses<MapiPlace>({ session: vet(withOwn, 'certificate-passed') });
  return rows
    .filter(([, , codes]) => !codes.includes('http.not-found'))
    .map(([name, seen, ...rest]): FailedRow => [name, http(seen), ...rest]);
}

const ofTheFirst: readonly FailedRow[] = [
  [
    'refused where the same was taken before',
    http(answer({ status: 401 })),
    ['auth.inconsistent'],
    { args: { accepted: 'Autodiscover', refused: HOST, method: 'Basic' } },
  ],
  [
    'nothing behind the sign-in',
    http(answer({ status: 404 })),
    ['mapi.mailbox-id-lost'],
    { args: { url: URL_OF_MAILBOX, how: expect.stringContaining('behind it there is nothing') } },
  ],
  ['nothing at an address that names no mailbox', http(answer({ status: 404 })), ['mapi.disabled'], without],
  ['nothing where nobody signs in', http(answer({ status: 410 })), ['mapi.disabled'], { input: { method: null } }],
  ['a session that nobody has begun yet', code(10), ['mapi.response-code'], { args: { name: 'Context Not Found' } }],
];

const ofLaterOnes: readonly FailedRow[] = [
  ['asked to sign in again', http(answer({ status: 401 })), ['mapi.session-lost'], { args: { how: ONCE_MORE } }],
  [
    'gone in the middle',
    http(answer({ status: 404 })),
    ['mapi.disabled'],
    { args: { sign: 'its address answers 404' } },
  ],
  ...[6, 10, 13, 15].map((number): FailedRow => [`code ${number}`, code(number), ['mapi.session-lost']]),
  ['code 10 by its name', code(10), ['mapi.session-lost'], { args: { how: 'Context Not Found (X-ResponseCode 10)' } }],
  [
    'another number, and words about the session',
    code(2, '<p>Missing session cookie</p>'),
    ['mapi.session-lost'],
    { args: { how: 'Missing session cookie (X-ResponseCode 2)' } },
  ],
];

const form = answer({ body: '<form><input type="password"></form>' });

const byPage: readonly FailedRow[] = [
  ['a form', http(form), ['http.pre-authentication'], { args: { location: URL_OF_MAILBOX } }],
  [
    'a web page',
    http(answer({ body: '<html><title>Hi</title>' })),
    ['http.unexpected-answer'],
    { args: { what: 'a web page ("Hi"), and not of MAPI over HTTP' } },
  ],
  ['a document', http(answer({ body: '<?xml version="1.0"?><a/>' })), ['http.unexpected-answer']],
  [
    'no way without encryption',
    http(answer({ status: 403, body: '<h2>403.4 - Forbidden: SSL is required</h2>' })),
    ['http.tls-required'],
  ],
  [
    'a rule in its own words',
    http(answer({ status: 403, headers: [['Content-Type', 'text/plain']], body: 'MAPI is disabled for this user' })),
    ['auth.blocked-by-policy'],
  ],
  ['a redirect to a form', http(to('/owa/auth/logon.aspx')), ['http.pre-authentication']],
  ['a redirect to a sign-in service', http(to('https://sts.example.test/')), ['http.pre-authentication']],
  ['a redirect that loses the mailbox', http(to('/mapi/emsmdb/')), ['mapi.mailbox-id-lost']],
  ['a redirect to another host', http(to('https://other.test/x?y')), ['http.unexpected-redirect']],
  ['a redirect to nowhere', http(to('https://[')), ['http.unexpected-redirect'], { args: { location: 'https://[' } }],
];

const byCode: readonly FailedRow[] = [
  ['switched off', code(16), ['mapi.disabled'], { args: { sign: 'the server says so (code 16)' } }],
  ['an address that is not complete', code(3), ['mapi.mailbox-id-lost']],
  [
    'the same number with another meaning',
    code(3, '<p>A header is missing: X-ClientInfo</p>'),
    ['mapi.response-code'],
    { args: { number: 3, name: 'A header is missing: X-ClientInfo', said: 'A header is missing: X-ClientInfo' } },
  ],
  [
    'a request that is not known',
    code(5),
    ['mapi.response-code'],
    { args: { name: 'Invalid Request Type', said: '' } },
  ],
  [
    'a number of nobody',
    code(99),
    ['mapi.response-code'],
    { args: { name: 'a number that is not in the specification' } },
  ],
];

/** Codes that the shared judge knows, and that these steps never have. */
export const neverFirst = {
  'http.not-found': 'said as mapi.disabled or mapi.mailbox-id-lost',
  'mapi.session-lost': 'there was no session yet that could be lost',
} as const satisfies Partial<Record<FindingCode, string>>;
export const neverLater = {
  'http.not-found': 'said as mapi.disabled',
  'auth.inconsistent': 'who is refused after being let in has lost the session: mapi.session-lost',
} as const satisfies Partial<Record<FindingCode, string>>;

/** Each code of a mailbox server, and what it is. */
export const refusals: readonly (readonly [code: number, finding: FindingCode, args: Record<string, unknown>])[] = [
  [0x4df, 'mailbox.client-version-blocked', { client: client.name, version: client.version }],
  [0x8004_0110, 'mailbox.client-version-blocked', {}],
  [0x4e0, 'mailbox.rpc-http-blocked', { mailbox: MAILBOX }],
  [0x4e1, 'mailbox.cached-mode-required', {}],
  [0x7d8, 'mailbox.protocol-disabled', {}],
  [0x3eb, 'mailbox.unknown', { dn: DN }],
  [0x3f2, 'mailbox.no-permission', { user: 'alice' }],
  [0x8007_0005, 'mailbox.no-permission', {}],
  [0x478, 'mailbox.wrong-server', { server: 'another server' }],
  [0x11c, 'mailbox.none', {}],
  [0x96c, 'mailbox.none', {}],
  [0x50c, 'mailbox.moving', {}],
  [0x476, 'mailbox.dismounted', {}],
  [0x47f, 'mailbox.server-busy', { wait: '' }],
  [0x480, 'mailbox.server-busy', {}],
  [0xa33, 'mailbox.quarantined', {}],
  [0x451, 'mailbox.logon-failed', { meaning: expect.stringContaining('database') }],
  [0x8004_0111, 'mailbox.logon-failed', {}],
  [0x1234_5678, 'mailbox.logon-failed', { meaning: '' }],
];

/** A mailbox for cached mode alone is as good as any: whoever hears it in so many words goes on. */
export const IN_CACHED_MODE = 0x4e1;

/** Rows for refusals, by how a step sees their code. @param well the one after which it goes on all the same */
export const refusalRows = <Seen, Input>(
  see: (code: number) => Seen,
  how: string,
  well: number | null = null,
): Row<Seen, Input>[] =>
  refusals.map(([number, finding, args]) => [
    `${how} 0x${number.toString(16)}`,
    see(number),
    [finding],
    { ok: number === well, args: { host: HOST, ...args } },
  ]);
