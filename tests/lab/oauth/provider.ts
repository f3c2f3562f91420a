/** An OpenID provider with sign-in by device code. OpenID Connect Discovery 1.0, RFC 8414, RFC 8628 */
import { randomBytes } from 'node:crypto';
import { type Handler, type Header, type HttpAnswer, type HttpRequest, headerOf } from '../http/message.ts';
import { notFound } from '../mail/not-found.ts';
import type { Place } from '../place.ts';
import { type Claims, keySet, signedToken } from './token.ts';

/** How the provider is bent. */
export interface ProviderBend {
  /** What the person does at the other device; by default, agree after the program has asked once. */
  person?: { agreesAfter: number } | 'refuses' | 'never-comes';
  /** How long a program has to wait between two questions, in seconds. */
  interval?: number;
  /** Finds that the program asks too often, once. */
  slowDownOnce?: boolean;
  /** Puts other things into the access tokens. */
  claims?: Partial<Claims>;
  /** What it calls itself in its discovery document. */
  issuer?: string;
}

/** The host of a world at which tokens are to be had. */
export const providerHost = ({ domain }: Pick<Place, 'domain'>): string => `login.${domain}`;

/** As Exchange names it: where people, not programs, would go. */
export const authorizeUrl = (place: Pick<Place, 'domain'>): string =>
  `https://${providerHost(place)}/common/oauth2/authorize`;

/** Each is an issuer of its own, as with Entra ID, whose two versions have different names. */
const ISSUERS = ['/common/v2.0', '/common', ''] as const;

interface Pending {
  readonly scope: string;
  readonly client: string;
  asked: number;
}

export function openIdProvider(bend: ProviderBend = {}): Handler {
  return (request, place) => {
    const path = request.target.split('?')[0] ?? '';
    const prefix = ISSUERS.find((each) => path.startsWith(`${each}/`)) ?? '';
    const issuer = `https://${place.host}${prefix}`;
    switch (`${request.method} ${path.slice(prefix.length)}`) {
      case 'GET /.well-known/openid-configuration':
        return json(200, metadata(issuer, bend));
      case 'GET /keys':
        return json(200, keySet());
      case 'POST /oauth2/devicecode':
        return begin(formOf(request), place, bend);
      case 'POST /oauth2/token':
        return issue(formOf(request), place, issuer, bend);
      default:
        return notFound();
    }
  };
}

function metadata(issuer: string, bend: ProviderBend): object {
  return {
    issuer: bend.issuer ?? issuer,
    authorization_endpoint: `${issuer}/oauth2/authorize`,
    token_endpoint: `${issuer}/oauth2/token`,
    device_authorization_endpoint: `${issuer}/oauth2/devicecode`,
    jwks_uri: `${issuer}/keys`,
    response_types_supported: ['code', 'id_token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    grant_types_supported: ['authorization_code', DEVICE_GRANT],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_post'],
  };
}

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const LIFE_SECONDS = 900;

/** RFC 8628 3.1, 3.2 */
function begin(form: URLSearchParams, place: Place, { interval = 1 }: ProviderBend): HttpAnswer {
  const client = form.get('client_id');
  if (!client) return problem('invalid_request', 'The request names no client_id.');
  const code = randomBytes(32).toString('base64url');
  const userCode = randomBytes(6)
    .toString('hex')
    .toUpperCase()
    .replace(/(?<=^.{6})/, '-');
  const scope = form.get('scope') ?? form.get('resource') ?? '';
  pendingAt(place).set(code, { scope, client, asked: 0 });
  const page = `https://${place.host}/device`;
  return json(200, {
    device_code: code,
    user_code: userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?code=${userCode}`,
    expires_in: LIFE_SECONDS,
    interval,
    message: `To sign in, open ${page} and enter the code ${userCode}.`,
  });
}

/** RFC 8628 3.4, 3.5 */
function issue(form: URLSearchParams, place: Place, issuer: string, bend: ProviderBend): HttpAnswer {
  if (form.get('grant_type') !== DEVICE_GRANT) return problem('unsupported_grant_type', 'Only device codes are taken.');
  const pending = pendingAt(place);
  const code = form.get('device_code') ?? '';
  const one = pending.get(code);
  if (!one || one.client !== form.get('client_id')) return problem('invalid_grant', 'There is no such device code.');
  const { person = { agreesAfter: 1 }, slowDownOnce = false } = bend;
  one.asked += 1;
  if (slowDownOnce && one.asked === 1) return problem('slow_down', 'The program asks too often.');
  if (person === 'refuses') return problem('access_denied', 'The person has refused.');
  if (person === 'never-comes') return problem('expired_token', 'The code has expired.');
  if (one.asked <= person.agreesAfter) return problem('authorization_pending', 'The person has not decided yet.');
  pending.delete(code);
  return json(200, tokensFor(one, place, issuer, bend));
}

function tokensFor({ scope, client }: Pending, place: Place, issuer: string, bend: ProviderBend): object {
  const now = Math.floor(Date.now() / 1000);
  const about = { iss: issuer, exp: now + 3600, nbf: now - 60, iat: now, sub: 'a11ce-4c414221' };
  const person = { upn: place.mailbox.email, appid: client };
  const access = { ...about, ...person, aud: audienceOf(scope, place), scp: MAIL_SCOPE, ...bend.claims };
  const asked = scope.split(' ');
  const identity = { ...about, aud: client, preferred_username: place.mailbox.email };
  return {
    token_type: 'Bearer',
    expires_in: 3600,
    scope,
    access_token: signedToken(access),
    ...(asked.includes('openid') && { id_token: signedToken(identity) }),
    ...(asked.includes('offline_access') && { refresh_token: randomBytes(32).toString('base64url') }),
  };
}

/** What mail programs ask for, beside the name of the server. */
export const MAIL_SCOPE = 'EWS.AccessAsUser.All';

/** The server for which a token is wanted: https://mail.contoso.example/EWS.AccessAsUser.All, or its address alone. */
function audienceOf(scope: string, { domain }: Place): string {
  const wanted = scope.split(' ').find((each) => URL.canParse(each));
  return wanted ? `${new URL(wanted).origin}/` : `https://autodiscover.${domain}/`;
}

/** The sign-ins that have begun. */
function pendingAt({ authority, host }: Place): Map<string, Pending> {
  return authority.once(`device codes of ${host}`, () => new Map<string, Pending>());
}

function formOf(request: HttpRequest): URLSearchParams {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headerOf(request, 'content-type') ?? '');
  return new URLSearchParams(isForm ? request.body.toString('utf8') : '');
}

const problem = (error: string, words: string): HttpAnswer => json(400, { error, error_description: words });

function json(status: number, value: object): HttpAnswer {
  const headers: Header[] = [
    ['Content-Type', 'application/json; charset=utf-8'],
    ['Cache-Control', 'no-store'],
  ];
  return { status, headers, body: JSON.stringify(value) };
}
