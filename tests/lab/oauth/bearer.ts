/** What a mail server makes of bearer tokens, and how it says so. RFC 6750; the words are those of Exchange. */
import type { Header } from '../http/message.ts';
import type { Place } from '../place.ts';
import { authorizeUrl, MAIL_SCOPE, providerHost } from './provider.ts';
import { type Claims, readToken } from './token.ts';

/** How modern sign-in is bent. */
export interface BearerBend {
  /** Where clients are sent for a token; `none` if it says nothing of that. By default, the provider of the world. */
  authority?: string | ((place: Place) => string);
  /** The owner of the mailbox may not use it. */
  unlicensed?: boolean;
  /** Explains itself in the words of the RFC in place of Exchange's. */
  plainWords?: boolean;
}

const EXCHANGE = '00000002-0000-0ff1-ce00-000000000000';
const ENTRA = '00000001-0000-0000-c000-000000000000';

/** The value of WWW-Authenticate. */
export function bearerChallenge(
  place: Place,
  { authority = authorizeUrl }: BearerBend = {},
  more: readonly string[] = [],
): string {
  const where = typeof authority === 'string' ? authority : authority(place);
  return `Bearer ${[
    `client_id="${EXCHANGE}"`,
    `trusted_issuers="${ENTRA}@*"`,
    'token_types="app_asserted_user_v1 service_asserted_app_v1"',
    ...(where === 'none' ? [] : [`authorization_uri="${where}"`]),
    ...more,
  ].join(', ')}`;
}

/** Why a token is refused; the numbers and categories stand in x-ms-diagnostics. */
interface Fault {
  readonly number: number;
  readonly category: string;
  readonly reason: string;
  readonly status: 401 | 403;
  readonly error: 'invalid_token' | 'insufficient_scope';
}

/** Null for a token that is good here. */
export function tokenFault(token: string, place: Place, bend: BearerBend = {}): Fault | null {
  const claims = readToken(token);
  const fault = (number: number, category: string, reason: string): Fault =>
    ({ number, category, reason, status: 401, error: 'invalid_token' }) as const;
  if (!claims) return fault(2000001, 'invalid_token', 'The token cannot be read, or its signature is wrong.');
  if (!claims.iss.startsWith(`https://${providerHost(place)}`)) {
    return fault(2000001, 'invalid_token', `The issuer of the token is unknown: '${claims.iss}'.`);
  }
  if (claims.exp * 1000 < Date.now()) return fault(2000002, 'token_expired', 'The token has expired.');
  if (!isFor(claims, place)) {
    const expected = `Expected 'https://${place.host}'. Actual '${claims.aud}'.`;
    return fault(2000003, 'invalid_resource', `The audience claim value is invalid for current resource. ${expected}`);
  }
  if (!claims.scp?.split(' ').includes(MAIL_SCOPE)) {
    const words = 'The token contains no permissions, or permissions can not be understood.';
    return { ...fault(2000008, 'invalid_grant', words), status: 403, error: 'insufficient_scope' };
  }
  if (claims.upn.toLowerCase() !== place.mailbox.email.toLowerCase() || bend.unlicensed) {
    return fault(2000005, 'invalid_user', 'The user of the token has no mailbox, or no licence for one.');
  }
  return null;
}

/** Any host of the mail system will do: clients ask for one token. */
function isFor({ aud }: Claims, { domain }: Place): boolean {
  const host = URL.canParse(aud) ? new URL(aud).hostname : aud;
  return host === domain || (host.endsWith(`.${domain}`) && !host.startsWith('login.'));
}

/** How the refusal of a token is told. RFC 6750 3 */
export function refusalHeaders({ number, category, reason, error }: Fault, place: Place, bend: BearerBend): Header[] {
  if (bend.plainWords) {
    const scope = error === 'insufficient_scope' ? `, scope="https://${place.host}/${MAIL_SCOPE}"` : '';
    return [
      ['WWW-Authenticate', `Bearer realm="${place.host}", error="${error}", error_description="${reason}"${scope}`],
    ];
  }
  return [
    ['WWW-Authenticate', bearerChallenge(place, bend, [`error="${error}"`])],
    ['x-ms-diagnostics', `${number};reason="${reason}";error_category="${category}"`],
  ];
}

/** What Exchange answers to an empty token where modern sign-in is not set up for the mailbox. */
export function notAvailable({ mailbox }: Place): Header {
  const reason = `Flighting is not enabled for domain '${mailbox.email}'.`;
  return ['x-ms-diagnostics', `4000000;reason="${reason}";error_category="oauth_not_available"`];
}
