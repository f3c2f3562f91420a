/** What a server says of itself when it asks for a token. RFC 6750 3, [MS-XOAUTH] 4.6 */
import { type Challenge, offers } from '../http/challenge.ts';

export interface BearerChallenge {
  /** Where a person signs in; Exchange names its sign-in service by this. */
  readonly authorizationUri: string | null;
  /** The server itself as the sign-in service knows it; never the program that signs in. */
  readonly clientId: string | null;
  /** Empty where the server has several. */
  readonly realm: string | null;
  /** Who may issue tokens, `issuer@realm` each. */
  readonly trustedIssuers: readonly string[];
  readonly tokenTypes: readonly string[];
  readonly scope: string | null;
  /** What was wrong with the token that came. RFC 6750 3.1 */
  readonly error: string | null;
  readonly errorDescription: string | null;
}

/** All Bearer challenges read as one: for each thing, the first that says it. Null where there is none. */
export function readBearer(challenges: readonly Challenge[]): BearerChallenge | null {
  const bearer = offers(challenges, 'Bearer');
  if (bearer.length === 0) return null;
  const said = (name: string): string | null => bearer.find(({ params }) => params[name])?.params[name] ?? null;
  return {
    authorizationUri: said('authorization_uri'),
    clientId: said('client_id'),
    realm: said('realm'),
    trustedIssuers: listOf(said('trusted_issuers')),
    tokenTypes: listOf(said('token_types')),
    scope: said('scope'),
    error: said('error'),
    errorDescription: said('error_description'),
  };
}

const listOf = (text: string | null): string[] => text?.split(/[\s,]+/).filter((item) => item !== '') ?? [];
