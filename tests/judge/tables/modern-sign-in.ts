/** The judges of a sign-in with a token: the server's challenge, the service that it names, codes, tokens, and the answer to one. */
import { expect } from 'vitest';
import { type Authority, readAuthority } from '#lib/auth/bearer/authority.ts';
import type { DeviceCode } from '#lib/auth/bearer/device-flow.ts';
import { RunSecrets } from '#lib/auth/bearer/run-secrets.ts';
import { readToken } from '#lib/auth/bearer/token.ts';
import { Secret } from '#lib/auth/secret.ts';
import type { HttpAnswer } from '#lib/net/http-message.ts';
import type { TlsSession } from '#lib/net/tls.ts';
import { type BearerChallengeInput, bearerChallenge } from '#lib/probes/bearer-challenge.ts';
import { type DeviceCodeInput, deviceCode } from '#lib/probes/device-code.ts';
import { type DeviceTokenInput, deviceToken } from '#lib/probes/device-token.ts';
import type { FlowInput } from '#lib/probes/judging/device-flow.ts';
import { type OpenidConfigurationInput, openidConfiguration } from '#lib/probes/openid-configuration.ts';
import { type TokenClaimsInput, tokenClaims } from '#lib/probes/token-claims.ts';
import { type TokenSignInInput, tokenSignIn } from '#lib/probes/token-sign-in.ts';
import { vet } from '#lib/probes/vetted.ts';
import { answer, HOST, type Row, SUBJECT, table } from '../table.ts';

/** Judges look at the answer; of the session they want to know only what was offered. */
const session = { offer: {} } as TlsSession;
const vetted = vet(session, 'certificate-passed');
const accept = (): boolean => true;
const request = { method: 'POST', path: '/autodiscover/autodiscover.xml', headers: [], body: '' } as const;

const STS = 'https://sts.example.test/adfs/oauth2/authorize';
const challenged = (...values: string[]): HttpAnswer =>
  answer({ status: 401, headers: values.map((value) => ['WWW-Authenticate', value] as const) });
const naming = (uri: string): HttpAnswer => challenged(`Bearer client_id="1", authorization_uri="${uri}"`);

const challengeInput: BearerChallengeInput = {
  ...{ ...SUBJECT, session, accept, request, offered: [], marks: [], named: null, fallback: null, isNeeded: true },
};
const offered = [{ scheme: 'Bearer', token: null, params: { authorization_uri: STS } }];
const silent = 'it names no sign-in service (authorization_uri)';

export const bearerChallengeTable = table(bearerChallenge, challengeInput, [
  ['names its service', naming(STS), []],
  ['named it before, and says nothing to an empty header', answer({ status: 400 }), [], { input: { offered } }],
  ['names none', challenged('Bearer realm=""'), ['auth.modern-misconfigured'], { args: { reason: silent } }],
  [
    'names none, and no service is needed',
    challenged('Bearer realm=""'),
    ['auth.modern-misconfigured'],
    { ok: true, input: { isNeeded: false }, args: { authority: 'not named' } },
  ],
  [
    'names none, and this installation knows one',
    challenged('Bearer realm=""'),
    ['auth.modern-misconfigured'],
    { ok: true, input: { fallback: STS } },
  ],
  ['names its service, and the person another one', naming(STS), [], { input: { named: 'https://other.test' } }],
  [
    'names its service, and the person one that cannot be used',
    naming(STS),
    ['tool.not-tested'],
    { input: { named: 'http://other.test' }, args: { reason: 'its address is not encrypted (http)' } },
  ],
  ...(
    [
      ['http://sts.example.test/', 'its address is not encrypted (http)'],
      ['sts.example.test', 'its address is malformed'],
      ['https://a:b@sts.example.test', 'its address carries a user name'],
    ] as const
  ).map(([uri, why]): Row<HttpAnswer, BearerChallengeInput> => {
    const reason = `the sign-in service that it names cannot be used: ${why}`;
    return [`names ${uri}`, naming(uri), ['auth.modern-misconfigured'], { args: { authority: uri, reason } }];
  }),
  ['asks for no token at all', challenged('Basic realm="x"'), ['tool.not-tested']],
]);

function authorityOf(written: string): Authority {
  const read = readAuthority(written);
  if (!read.ok) throw new Error(read.reason);
  return read.authority;
}

const described = (parts: object): HttpAnswer => {
  const issuer = 'https://sts.example.test/adfs';
  const usual = { issuer, token_endpoint: `${issuer}/token`, device_authorization_endpoint: `${issuer}/device` };
  return answer({ body: JSON.stringify({ ...usual, ...parts }) });
};
const service = { host: 'sts.example.test', port: 443 };
const configurationInput: OpenidConfigurationInput = {
  ...{ ...service, session: vetted, authority: authorityOf(STS), mailHost: HOST },
};
const wrong = (reason: string) => ({ args: { host: HOST, authority: STS, reason } });

export const openidConfigurationTable = table(openidConfiguration, configurationInput, [
  ['is in order', described({}), []],
  ['has its endpoints elsewhere', described({ token_endpoint: 'https://tokens.example.test:8443/' }), []],
  [
    'is not there',
    answer({ status: 404 }),
    ['auth.modern-misconfigured'],
    wrong('the sign-in service sts.example.test does not describe itself (status 404)'),
  ],
  ['is elsewhere', answer({ status: 302 }), ['auth.modern-misconfigured']],
  [
    'is a web page',
    answer({ body: '<html>' }),
    ['auth.modern-misconfigured'],
    wrong('what the sign-in service sts.example.test says of itself cannot be read: it is a web page'),
  ],
  [
    'is of another service',
    described({ issuer: 'https://evil.test' }),
    ['auth.modern-misconfigured'],
    wrong('the sign-in service at https://sts.example.test/adfs says that it is https://evil.test'),
  ],
  ['gives no tokens', described({ token_endpoint: null }), ['auth.modern-misconfigured']],
  [
    'gives tokens in the open',
    described({ token_endpoint: 'http://sts.example.test/' }),
    ['auth.modern-misconfigured'],
  ],
  ['gives codes in the open', described({ device_authorization_endpoint: 'x' }), ['auth.modern-misconfigured']],
  ['gives no codes', described({ device_authorization_endpoint: null }), ['tool.not-tested']],
]);

const flow: FlowInput = {
  ...service,
  service: { issuer: 'https://sts.example.test/adfs', tokenEndpoint: 'x', deviceEndpoint: 'x' },
  ...{ hosts: [], clientId: 'throughline', secrets: new RunSecrets('', null), mailHost: HOST, authority: STS },
};
const code: DeviceCode = {
  ...{ deviceCode: Secret.of('x'), userCode: 'WDJB-MJHT', verificationUri: 'https://sts.example.test/device' },
  ...{ verificationUriComplete: null, expiresInMs: 900_000, intervalMs: 5_000 },
};
const issued = (parts: Partial<DeviceCode>) => {
  return { answer: { kind: 'code', code: { ...code, ...parts } } as const, at: 0, evidence: [] };
};
const codeInput: DeviceCodeInput = { ...flow, scope: null, now: () => 0 };
const unknownClient = { kind: 'refused', error: 'invalid_client', description: 'AADSTS700016' } as const;
const denied =
  'the sign-in service sts.example.test gives the program throughline no token: invalid_client: AADSTS700016';

export const deviceCodeTable = table(deviceCode, codeInput, [
  ['a code', issued({}), []],
  ['a code in the address', issued({ verificationUriComplete: 'https://sts.example.test/device?c=1' }), []],
  ['a page of the same organization', issued({ verificationUri: 'https://login.example.test/device' }), []],
  [
    'a page of somebody else',
    issued({ verificationUri: 'https://www.microsoft.com/link' }),
    ['auth.modern-misconfigured'],
    { args: { reason: expect.stringContaining('it sends people to www.microsoft.com, which is not its own') } },
  ],
  [
    'a page of Microsoft, for a code of Microsoft',
    issued({ verificationUri: 'https://microsoft.com/devicelogin' }),
    [],
    {
      input: {
        service: { ...flow.service, issuer: 'https://login.microsoftonline.com/common/v2.0' },
      },
    },
  ],
  ['a page in the open', issued({ verificationUri: 'http://sts.example.test' }), ['auth.modern-misconfigured']],
  ['a page that is a script', issued({ verificationUriComplete: 'javascript:1' }), ['auth.modern-misconfigured']],
  ['a code that is a sentence', issued({ userCode: 'a'.repeat(65) }), ['auth.modern-misconfigured']],
  ['a code that is markup', issued({ userCode: '<b>' }), ['auth.modern-misconfigured']],
  [
    'a program that it does not know',
    { answer: unknownClient, at: 0, evidence: [] },
    ['auth.modern-misconfigured'],
    wrong(denied),
  ],
  [
    'nonsense',
    { answer: { kind: 'unusable', reason: 'its answer is not JSON' }, at: 0, evidence: [] },
    ['auth.modern-misconfigured'],
  ],
]);

const tokenInput: DeviceTokenInput = {
  ...{ ...flow, code: { ...code, expiresAt: 0, pageHost: 'x' }, declined: new AbortController().signal, now: () => 0 },
};
const what = 'The sign-in with a device code';

export const deviceTokenTable = table(deviceToken, tokenInput, [
  ['a token', { ended: { kind: 'token', token: Secret.of('x') }, evidence: [] }, []],
  ['nobody came', { ended: { kind: 'expired' }, evidence: [] }, ['tool.not-tested'], { args: { what } }],
  ['nobody is there', { ended: { kind: 'declined' }, evidence: [] }, ['tool.not-tested']],
  [
    'the service says that nobody came',
    { ended: { kind: 'refused', error: 'expired_token', description: '' }, evidence: [] },
    ['tool.not-tested'],
    { args: { reason: 'nobody signed in with the code in time' } },
  ],
  [
    'somebody said no',
    { ended: { kind: 'refused', error: 'access_denied', description: '' }, evidence: [] },
    ['tool.not-tested'],
    { args: { reason: 'the sign-in was declined at the sign-in service' } },
  ],
  [
    'a program that it does not know',
    { ended: unknownClient, evidence: [] },
    ['auth.modern-misconfigured'],
    wrong(denied),
  ],
  ['nonsense', { ended: { kind: 'unusable', reason: 'x' }, evidence: [] }, ['auth.modern-misconfigured']],
]);

const NOON = Date.parse('2026-11-20T12:00:00Z');
const inSeconds = (minutes: number): number => NOON / 1_000 + minutes * 60;
const EXCHANGE = 'https://outlook.office365.com';
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const factsOf = (claims: object) => readToken(Secret.of(`${part({ alg: 'RS256' })}.${part(claims)}.c2ln`));
const says = (claims: object) => ({
  facts: factsOf({ exp: inSeconds(60), scp: 'EWS.AccessAsUser.All', ...claims }),
  at: NOON,
});
const claimsInput: TokenClaimsInput = {
  ...{ ...SUBJECT, path: request.path, token: Secret.of('x'), source: 'device code', now: () => NOON },
};
const unsent = (reason: string) => ({ args: { host: HOST, error: 'none', reason: `${reason}; it was not sent` } });

export const tokenClaimsTable = table(tokenClaims, claimsInput, [
  ['for Exchange Online', says({ aud: EXCHANGE }), []],
  ['for this server', says({ aud: `https://${HOST}/`, scp: undefined }), []],
  ['for several', says({ aud: ['https://graph.microsoft.com', EXCHANGE] }), []],
  ['for a program that acts by itself', says({ aud: EXCHANGE, scp: undefined, roles: ['full_access_as_app'] }), []],
  ['opaque', { facts: readToken(Secret.of('mF_9.B5f-4.1JqM')), at: NOON }, []],
  ['expired, as far as clocks go', says({ aud: EXCHANGE, exp: inSeconds(-4) }), []],
  [
    'expired',
    says({ aud: EXCHANGE, exp: inSeconds(-6) }),
    ['auth.token-refused'],
    unsent('it expired at 2026-11-20T11:54:00.000Z'),
  ],
  [
    'of tomorrow',
    says({ nbf: inSeconds(1_440) }),
    ['auth.token-refused'],
    unsent('it is not valid before 2026-11-21T12:00:00.000Z'),
  ],
  [
    'for Microsoft Graph',
    says({ aud: 'https://graph.microsoft.com/' }),
    ['auth.token-refused'],
    unsent('it was made for Microsoft Graph, not for a mail server'),
  ],
  ['for Graph, by its number', says({ aud: '00000003-0000-0000-c000-000000000000' }), ['auth.token-refused']],
  [
    'for Exchange Online without a scope',
    says({ aud: EXCHANGE, scp: 'openid profile' }),
    ['auth.token-refused'],
    unsent('nothing in it lets a program open a mailbox (no scope, no role)'),
  ],
  ['an ID token', says({ at_hash: 'x' }), ['auth.token-refused']],
  [
    'no token',
    { facts: readToken(Secret.of('a\nb')), at: NOON },
    ['tool.not-tested'],
    { args: { reason: 'it holds characters that no token has' } },
  ],
]);

const signInInput: TokenSignInInput = {
  ...{ ...SUBJECT, session: vetted, accept, request, token: Secret.of('x'), facts: factsOf({ aud: EXCHANGE }) },
};
const forHere = { input: { facts: factsOf({ aud: `https://${HOST}` }) } };
const diagnosed = (reason: string, status = 401): HttpAnswer =>
  answer({ status, headers: [['x-ms-diagnostics', `2000003;reason="${reason}";error_category="invalid_resource"`]] });
const status = (
  code_: number,
  codes: Row<HttpAnswer, TokenSignInInput>[2],
  headers: readonly (readonly [string, string])[] = [],
): Row<HttpAnswer, TokenSignInInput> => [`status ${code_}`, answer({ status: code_, headers }), codes];

export const tokenSignInTable = table(tokenSignIn, signInInput, [
  ['lets in', answer({ body: '<Autodiscover/>' }), []],
  [
    'refuses, and the token is for somebody else',
    challenged('Bearer error="invalid_token"'),
    ['auth.token-refused'],
    { args: { reason: `it was made for ${EXCHANGE}`, audience: EXCHANGE, error: 'invalid_token' } },
  ],
  [
    "refuses in Exchange's own words",
    diagnosed('The audience claim value is invalid.'),
    ['auth.token-refused'],
    { ...forHere, args: { reason: 'The audience claim value is invalid.', audience: `https://${HOST}` } },
  ],
  [
    'refuses for want of a scope',
    answer({
      status: 403,
      headers: [['WWW-Authenticate', 'Bearer error="insufficient_scope", error_description="mail"']],
    }),
    ['auth.token-refused'],
    { ...forHere, args: { reason: 'insufficient_scope: mail', error: 'insufficient_scope: mail' } },
  ],
  [
    'refuses without a word',
    challenged('Bearer'),
    ['auth.token-refused'],
    { ...forHere, args: { reason: 'the server does not say why', error: 'none' } },
  ],
  ['refuses by policy', diagnosed('blocked', 403), ['auth.token-refused'], forHere],
  status(403, ['http.forbidden']),
  [
    'wants a client certificate',
    answer({ status: 403, body: '<title>IIS 10.0 Detailed Error - 403.7 - Forbidden</title>' }),
    ['tls.client-certificate-required'],
  ],
  status(302, ['http.unexpected-redirect']),
  status(400, ['http.unexpected-answer']),
  status(404, ['http.not-found']),
  status(405, ['http.verb-blocked']),
  status(429, ['http.throttled']),
  status(500, ['http.server-error']),
  status(503, ['http.unavailable']),
]);
