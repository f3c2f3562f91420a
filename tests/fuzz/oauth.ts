/**
 * Damaged challenges, descriptions of sign-in services, and tokens: what cannot be read is a reason, and what is shown of the rest stays
 * small and holds nothing secret.
 */

import { isIssuerOf, readAuthority } from '#lib/auth/bearer/authority.ts';
import { tokenScrubber } from '#lib/auth/bearer/run-secrets.ts';
import { readToken } from '#lib/auth/bearer/token.ts';
import { Secret } from '#lib/auth/secret.ts';
import { certainObjection, likelyObjection } from '#lib/probes/judging/token-fit.ts';
import { decodeChallenges } from '#lib/wire/http/challenge.ts';
import { readBearer } from '#lib/wire/oauth/challenge.ts';
import { decodeConfiguration } from '#lib/wire/oauth/configuration.ts';
import { type Random, seededRandom } from '#tests/lab/random.ts';
import { demand } from './complaint.ts';
import { mutateBytes } from './mutate.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = {
  ...{ aud: ['https://outlook.office365.com', 'https://mail.example.test'], exp: NOW / 1_000, nbf: 0, iat: 1 },
  ...{ iss: 'https://sts.example.test', scp: 'EWS.AccessAsUser.All', roles: ['full_access_as_app'], ver: '1.0' },
};

const samples = {
  challenge:
    'Bearer client_id="1", trusted_issuers="2@*,3@x", authorization_uri="https://login.windows.net/common/oauth2/authorize"',
  description: JSON.stringify({
    ...{
      issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
      token_endpoint: 'https://sts.example.test/token',
    },
    device_authorization_endpoint: 'https://sts.example.test/device',
  }),
  claims: JSON.stringify(claims),
  token: `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJlIG9mIG5vYm9keQ`,
};

/** Damages them until it is told to stop. */
export function fuzzOauth(seed: number, until: () => boolean): { readonly rounds: number } {
  const random = seededRandom(`oauth ${seed}`);
  let rounds = 0;
  do {
    const bytes = damaged(random);
    try {
      readEverything(bytes);
    } catch (error) {
      throw new Error(`round ${rounds}: ${Buffer.from(bytes).toString('hex')}`, { cause: error });
    }
    rounds += 1;
  } while (!until());
  return { rounds };
}

function damaged(random: Random): Uint8Array {
  let bytes: Uint8Array = Buffer.from(random.pick(Object.values(samples) as [string, ...string[]]));
  for (let change = random.below(4); change >= 0; change--) bytes = mutateBytes(bytes, random);
  return bytes;
}

function readEverything(bytes: Uint8Array): void {
  const text = Buffer.from(bytes).toString('latin1');
  const uri = readBearer(decodeChallenges([text, `Bearer authorization_uri="${text}"`]))?.authorizationUri ?? text;
  const described = decodeConfiguration(bytes);
  const authority = readAuthority(uri);
  if (authority.ok) {
    demand(
      URL.canParse(`https://${authority.authority.host}`) || authority.authority.host.includes(':'),
      'a host is one',
    );
    isIssuerOf(authority.authority, described.ok ? described.configuration.issuer : text);
  }
  for (const token of [text, `${part({ alg: 'none' })}.${Buffer.from(bytes).toString('base64url')}.x`])
    readAndHide(token);
}

function readAndHide(text: string): void {
  const facts = readToken(Secret.of(text));
  demand(JSON.stringify(facts.claims).length < 20_000, 'little evidence');
  certainObjection(facts, NOW);
  likelyObjection(facts, 'mail.example.test');
  demand(
    facts.unfit !== null || !tokenScrubber(text)(`x ${text} y`).includes(text) || text.length < 16,
    'a token is hidden',
  );
}
