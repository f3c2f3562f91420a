/** The judges of the two requests: first without credentials, then with them. */

import { Secret } from '#lib/auth/secret.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import type { ClientCertificate } from '#lib/net/tls-context.ts';
import { autodiscoverChallenge, type ChallengeInput } from '#lib/probes/autodiscover-challenge.ts';
import type { TimedAnswer } from '#lib/probes/judging/clock.ts';
import { type SignInInput, signIn } from '#lib/probes/sign-in.ts';
import { type VettedSession, vet } from '#lib/probes/vetted.ts';
import { answer, HOST, type Row, SUBJECT, table } from '../table.ts';

/** Judges look at the answer; of the session they want to know only what was offered. */
const session = { offer: {} } as TlsSession;
const vetted: VettedSession = vet(session, 'certificate-passed');
const clientCertificate: ClientCertificate = { name: 'Alice', chain: [], withKey: (terms) => terms };
const withOwn = vet({ offer: { clientCertificate } } as TlsSession, 'certificate-passed');
const mailbox = 'alice@example.test';
const PATH = '/autodiscover/autodiscover.xml';

const status = (code: number, codes: Row<HttpAnswer, unknown>[2], args: Record<string, unknown> = {}) =>
  [`status ${code}`, answer({ status: code }), codes, { args: { host: HOST, ...args } }] as const;

/** What both requests have in common. */
const statuses = [
  status(302, ['http.unexpected-redirect'], { location: 'nowhere', status: '302' }),
  status(307, ['http.unexpected-redirect']),
  status(304, ['http.unexpected-redirect']),
  status(400, ['http.unexpected-answer'], { what: 'status 400' }),
  status(403, ['http.forbidden'], { path: PATH, status: '403' }),
  status(404, ['http.not-found'], { path: PATH }),
  status(410, ['http.not-found']),
  status(405, ['http.verb-blocked'], { method: 'POST', status: '405' }),
  status(501, ['http.verb-blocked']),
  status(429, ['http.throttled'], { retryAfter: 'not said', status: '429' }),
  status(456, ['http.unexpected-answer']),
  status(500, ['http.server-error'], { status: '500', detail: 'no reason given' }),
  status(502, ['http.server-error']),
  status(504, ['http.server-error']),
  status(599, ['http.server-error']),
  status(503, ['http.unavailable'], { detail: 'no reason given' }),
  status(199, ['http.unexpected-answer']),
  [
    'a page of IIS that wants a client certificate',
    answer({ status: 403, body: '<title>IIS 10.0 Detailed Error - 403.7 - Forbidden</title>' }),
    ['tls.client-certificate-required'],
    { args: { how: '403.7: a client certificate is required' } },
  ],
  [
    'the same although one was there to be shown',
    answer({ status: 403, body: '<title>IIS 10.0 Detailed Error - 403.7 - Forbidden</title>' }),
    ['tls.client-certificate-required'],
    {
      input: { session: withOwn },
      args: { how: 'it has not seen the one that was given, 403.7: a client certificate is required' },
    },
  ],
  [
    'a redirect says where to',
    answer({ status: 301, headers: [['LOCATION', 'https://other.test/']] }),
    ['http.unexpected-redirect'],
    { args: { location: 'https://other.test/' } },
  ],
  [
    'status 503 with Retry-After',
    answer({ status: 503, headers: [['Retry-After', '120']] }),
    ['http.throttled'],
    { args: { retryAfter: '120', status: '503' } },
  ],
  [
    "a server error with Exchange's own word",
    answer({
      status: 500,
      headers: [
        ['X-CasErrorCode', 'ServerNotFound'],
        ['x-feserver', 'EX01'],
      ],
    }),
    ['http.server-error'],
    { args: { detail: 'x-caserrorcode: ServerNotFound, x-feserver: EX01' } },
  ],
] as const;

const offer = (...values: string[]) =>
  answer({ status: 401, headers: values.map((value) => ['WWW-Authenticate', value] as const) });

const NOON = Date.parse('2026-11-20T12:00:00Z');
/** Asked at noon, answered a second later. */
const atNoon = (seen: HttpAnswer): TimedAnswer => ({ answer: seen, sentAt: NOON, receivedAt: NOON + 1_000 });
const saying = (date: string): HttpAnswer =>
  answer({
    status: 401,
    headers: [
      ['WWW-Authenticate', 'Basic'],
      ['Date', date],
    ],
  });

type ChallengeRow = Row<TimedAnswer, ChallengeInput>;
const challengeRows: readonly Row<HttpAnswer, ChallengeInput>[] = [
  ...statuses,
  ['a clock that agrees', saying('Fri, 20 Nov 2026 11:56:00 GMT'), []],
  ['a clock that is behind', saying('Fri, 20 Nov 2026 11:50:00 GMT'), ['http.clock-skew'], { ok: true }],
  ['a challenge', offer('Negotiate', 'NTLM, Basic realm="x"'), []],
  ['a document without any sign-in', answer({ body: '<Autodiscover/>' }), []],
  ['a sign-in without a method', offer(), ['auth.no-method-offered'], { args: { host: HOST, path: PATH } }],
  ['a sign-in with an unreadable method', offer('???'), ['auth.no-method-offered']],
  [
    'a web page',
    answer({ body: '<html><title>Hi</title>' }),
    ['http.unexpected-answer'],
    {
      args: { what: 'a web page ("Hi")' },
    },
  ],
  ['nothing at all', answer({ status: 204 }), ['http.unexpected-answer'], { args: { what: 'an empty answer' } }],
];

export const challengeTable = table(
  autodiscoverChallenge,
  { ...SUBJECT, session, mailbox, now: Date.now },
  challengeRows.map(([name, seen, ...rest]): ChallengeRow => [name, atNoon(seen), ...rest]),
);

const usual: SignInInput = {
  ...SUBJECT,
  session: vetted,
  accept: () => true,
  mailbox,
  user: 'EXAMPLE\\alice',
  password: Secret.of('never looked at'),
};

export const signInTable = table(signIn, usual, [
  ...statuses,
  ['accepted', answer({ body: 'whatever' }), []],
  [
    'refused',
    offer('Basic realm="x"'),
    ['auth.rejected'],
    { args: { host: HOST, user: 'EXAMPLE\\alice', method: 'Basic' } },
  ],
]);
