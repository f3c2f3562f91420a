/** A token as the client has it: how it is sent, and what it says about itself. RFC 6750 2.1, RFC 9068 2.2 */
import type { JsonObject } from '#lib/wire/oauth/json.ts';
import { decodeClaims } from '#lib/wire/oauth/jwt.ts';
import type { Secret } from '../secret.ts';

/** The value of the Authorization header. The recorder of `lib/net` never shows it. */
export function bearerAuthorization(token: Secret): string {
  return `Bearer ${token.reveal()}`;
}

/**
 * What a token says, as far as it tells why a mail server takes it or not. Names, addresses and numbers of persons are left out.
 * Nothing in it is verified.
 */
export interface TokenFacts {
  /** Why it cannot be sent at all; null where it can. */
  readonly unfit: string | null;
  /** Only the server can read it; the rest is empty then. */
  readonly opaque: boolean;
  readonly audience: readonly string[];
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | null;
  readonly validFrom: number | null;
  /** What the person lets the program do, and what the program may do by itself. */
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  /** It tells a program who signed in, and opens nothing. OpenID Connect Core 1.0 2 */
  readonly isIdToken: boolean;
  /** For the evidence. */
  readonly claims: readonly { readonly name: string; readonly value: string }[];
}

const UNKNOWN: TokenFacts = {
  unfit: null,
  opaque: true,
  audience: [],
  expiresAt: null,
  validFrom: null,
  scopes: [],
  roles: [],
  isIdToken: false,
  claims: [],
};

/** Reads it without verifying anything. */
export function readToken(token: Secret): TokenFacts {
  const unfit = unfitness(token);
  const claims = unfit === null ? decodeClaims(token.reveal()) : null;
  return claims === null ? { ...UNKNOWN, unfit } : factsOf(claims);
}

function unfitness(token: Secret): string | null {
  if (token.isEmpty) return 'it is empty';
  if (token.isTooLongToken) return 'it is longer than web servers take';
  return token.looksLikeToken ? null : 'it holds characters that no token has';
}

function factsOf(claims: JsonObject): TokenFacts {
  return {
    unfit: null,
    opaque: false,
    audience: words(claims.aud),
    expiresAt: moment(claims.exp),
    validFrom: moment(claims.nbf),
    scopes: words(claims.scp ?? claims.scope).flatMap((scopes) => scopes.split(' ').filter((scope) => scope !== '')),
    roles: words(claims.roles),
    isIdToken: 'at_hash' in claims || 'c_hash' in claims,
    claims: SHOWN.flatMap((name) => shown(name, claims[name])),
  };
}

/** Whose token for whom, until when and for what: nothing about the person. */
const SHOWN = ['aud', 'iss', 'nbf', 'iat', 'exp', 'scp', 'scope', 'roles', 'appid', 'azp', 'tid', 'ver'];
const MOMENTS = ['nbf', 'iat', 'exp'];
const MOST_SHOWN = 500;

function shown(name: string, value: unknown): { name: string; value: string }[] {
  if (value == null) return [];
  const time = MOMENTS.includes(name) ? moment(value) : null;
  const text = time === null ? words(value).join(' ') : new Date(time).toISOString();
  return text === '' ? [] : [{ name, value: text.slice(0, MOST_SHOWN) }];
}

/** A text, a number, or several of them: claims come in all these forms. */
function words(value: unknown): string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value.slice(0, 20) : [value];
  return items.flatMap((item) => (typeof item === 'string' || typeof item === 'number' ? [String(item)] : []));
}

/** Seconds since the epoch, as far as a calendar goes. RFC 7519 2 */
function moment(value: unknown): number | null {
  const seconds = typeof value === 'number' ? value : Number.NaN;
  return seconds >= 0 && seconds <= 253_402_300_799 ? seconds * 1_000 : null;
}
