/** The judges of requests without credentials, and what every status says wherever it comes. */
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import type { ClientCertificate } from '#lib/net/tls-context.ts';
import { autodiscoverChallenge, type ChallengeInput } from '#lib/probes/autodiscover-challenge.ts';
import type { TimedAnswer } from '#lib/probes/judging/clock.ts';
import { type ServiceChallengeInput, serviceChallenge } from '#lib/probes/service-challenge.ts';
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import { answer, HOST, type Row, SUBJECT, table } from '../table.ts';

/** Judges look at the answer; of the session they want to know only what was offered. */
export const session = { offer: {} } as TlsSession;
const clientCertificate: ClientCertificate = { name: 'Alice', chain: [], withKey: (terms) => terms };
export const withOwn = { offer: { clientCertificate } } as TlsSession;
export const PATH = '/autodiscover/autodiscover.xml';
export const request = { method: 'POST', path: PATH, headers: [], body: '' } as const;

export const status = (code: number, codes: readonly FindingCode[], args: Record<string, unknown> = {}) =>
  [`status ${code}`, answer({ status: code }), codes, { args: { host: HOST, ...args } }] as const;

/** What all requests have in common. @param own the input with a session in which a client certificate was offered */
export const statuses = <Input>(own: Partial<Input>): Row<HttpAnswer, Input>[] => [
  status(304, ['http.unexpected-redirect']),
  status(400, ['http.unexpected-answer'], { what: 'status 400' }),
  status(403, ['http.forbidden'], { path: PATH, status: '403' }),
  status(404, ['http.not-found'], { path: PATH }),
  status(410, ['http.not-found']),
  status(405, ['http.verb-blocked'], { method: 'POST', status: '405' }),
  status(501, ['http.verb-blocked']),
  status(429, ['http.throttled'], { retryAfter: 'not said', status: '429' }),
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
      input: own,
      args: { how: 'it has not seen the one that was given, 403.7: a client certificate is required' },
    },
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
];

export const offer = (...values: string[]): HttpAnswer =>
  answer({ status: 401, headers: values.map((value) => ['WWW-Authenticate', value] as const) });

const NOON = Date.parse('2026-11-20T12:00:00Z');
/** Asked at noon, answered a second later. */
const atNoon = (seen: HttpAnswer): TimedAnswer => ({ answer: seen, sentAt: NOON, receivedAt: NOON + 1_000 });
const withHeader = (seen: HttpAnswer, ...header: readonly [string, string]): HttpAnswer => ({
  ...seen,
  headers: [...seen.headers, header],
});
const saying = (date: string): HttpAnswer => withHeader(offer('NTLM'), 'Date', date);
const marked = (...values: string[]): HttpAnswer => withHeader(offer(...values), 'X-FEServer', 'EX01');
const ok = true;

type ChallengeRow = Row<TimedAnswer, ChallengeInput>;
const challengeRows: readonly Row<HttpAnswer, ChallengeInput>[] = [
  ...statuses<ChallengeInput>({ session: withOwn }),
  status(456, ['http.unexpected-answer']),
  // Where it leads is judged by another step.
  ...[301, 302, 307, 308].map((code): Row<HttpAnswer, ChallengeInput> => status(code, [])),
  ['a redirect to nowhere', answer({ status: 302, headers: [['Location', '']] }), []],
  ['a clock that agrees', saying('Fri, 20 Nov 2026 11:56:00 GMT'), []],
  ['a clock that is behind', saying('Fri, 20 Nov 2026 11:50:00 GMT'), ['http.clock-skew'], { ok }],
  [
    'a clock that is behind, where nothing else is right either',
    { ...saying('Fri, 20 Nov 2026 11:50:00 GMT'), status: 404 },
    ['http.not-found', 'http.clock-skew'],
  ],
  ['a challenge', offer('Negotiate', 'NTLM, Basic realm="x"'), []],
  ['tokens beside a password', offer('Bearer', 'Basic realm="x"'), []],
  ['Basic alone at a mail system', marked('Basic realm="x"'), ['auth.basic-only'], { ok, args: { path: PATH } }],
  ['Basic alone at somebody else', offer('Basic realm="cPanel"'), []],
  [
    'what no client knows at a mail system',
    offer('NTLM', 'Digest realm="x"', 'Digest realm="y"', 'Hoba'),
    ['auth.unexpected-method'],
    { ok, args: { method: ['Digest', 'Hoba'] } },
  ],
  ['what no client knows at somebody else', offer('Digest realm="x"'), []],
  [
    'what no client knows, alone',
    marked('Digest realm="x"'),
    ['auth.unexpected-method'],
    { ok, args: { method: ['Digest'] } },
  ],
  [
    'more of it than anybody would read',
    marked('s'.repeat(60), ...Array.from({ length: 40 }, (_, at) => `x${at}`), 'Basic'),
    ['auth.unexpected-method'],
    { ok, args: { method: ['s'.repeat(50), 'x0', 'x1', 'x2', 'x3'] } },
  ],
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
  { ...SUBJECT, session, request, now: Date.now },
  challengeRows.map(([name, seen, ...rest]): ChallengeRow => [name, atNoon(seen), ...rest]),
);

const accept = (): boolean => false;
const serviceInput: ServiceChallengeInput = {
  ...{ ...SUBJECT, service: 'Outlook Anywhere', path: '/rpc/rpcproxy.dll', way: { session, accept }, promised: null },
};
const promising = (promised: string) => ({ input: { promised } });

const mapi = { speaks: 'mapi', path: '/mapi/emsmdb/?MailboxId=1' } as const;
const URL_OF_MAILBOX = `https://${HOST}${mapi.path}`;
const toMapi = (seen: HttpAnswer, codes: readonly FindingCode[], args: Record<string, unknown> = {}) =>
  [seen, codes, { input: mapi, args }] as const;

/** Where the mailbox is asked in its own way, before anybody has signed in. */
const atMapi: readonly Row<HttpAnswer, ServiceChallengeInput>[] = [
  ['MAPI over HTTP with a way in', ...toMapi(offer('NTLM'), [])],
  ['MAPI over HTTP nowhere', ...toMapi(answer({ status: 404 }), ['mapi.disabled'], { url: URL_OF_MAILBOX })],
  [
    'MAPI over HTTP nowhere, at another port of an address',
    answer({ status: 404 }),
    ['mapi.disabled'],
    { input: { ...mapi, host: '::1', port: 8443 }, args: { url: `https://[::1]:8443${mapi.path}` } },
  ],
  [
    'MAPI over HTTP led to a place without the mailbox',
    ...toMapi(answer({ status: 301, headers: [['Location', '/mapi/emsmdb/']] }), ['mapi.mailbox-id-lost']),
  ],
  ['MAPI over HTTP behind a form', ...toMapi(answer({ body: '<input type=password>' }), ['http.pre-authentication'])],
  ['MAPI over HTTP without TLS', ...toMapi(answer({ status: 403, body: '403.4' }), ['http.tls-required'])],
  ['MAPI over HTTP forbidden', ...toMapi(answer({ status: 403 }), ['http.forbidden'])],
  [
    'MAPI over HTTP for anybody',
    answer({ headers: [['Content-Type', 'application/mapi-http']] }),
    ['auth.anonymous-allowed'],
    { input: mapi, ok },
  ],
];

export const serviceChallengeTable = table(serviceChallenge, serviceInput, [
  ...statuses<ServiceChallengeInput>({ way: { session: withOwn, accept } }),
  status(302, ['http.unexpected-redirect'], { location: 'nowhere', status: '302' }),
  [
    'a redirect says where to',
    answer({ status: 301, headers: [['LOCATION', 'https://other.test/']] }),
    ['http.unexpected-redirect'],
    { args: { location: 'https://other.test/' } },
  ],
  ['methods, and nothing was promised', offer('Digest realm="x"'), []],
  ['anybody is let in', answer({ body: 'x' }), ['auth.anonymous-allowed'], { ok, args: { path: '/rpc/rpcproxy.dll' } }],
  ['no method', offer(), ['auth.no-method-offered']],
  ['Basic, as promised', offer('Basic realm="x"'), [], promising('basic')],
  ['Basic, promised in another spelling', offer('BASIC realm="x"'), [], promising(' Basic ')],
  ['Negotiate where NTLM was promised', offer('Negotiate'), [], promising('Ntlm')],
  ['NTLM where Negotiate was promised', offer('NTLM'), [], promising('Nego2')],
  ['a promise that nobody knows', offer('Basic realm="x"'), [], promising('certificate')],
  ['a promise by the name of what every object has', offer('Basic realm="x"'), [], promising('constructor')],
  ['tokens, whatever was promised', offer('Bearer'), [], promising('Ntlm')],
  [
    'Basic where NTLM was promised',
    offer('Basic realm="x"'),
    ['auth.required-method-missing'],
    { ...promising('Ntlm'), ok, args: { promised: 'Ntlm', offered: ['Basic'] } },
  ],
  ['NTLM where tickets were promised', offer('NTLM'), ['auth.required-method-missing'], { ...promising('kerb'), ok }],
  [
    'nothing that clients know',
    offer('Digest realm="x"'),
    ['auth.required-method-missing'],
    { ...promising('Basic'), ok, args: { offered: ['Digest'] } },
  ],
  ...atMapi,
]);
