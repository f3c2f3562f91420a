/** How a sign-in service describes itself, as far as a sign-in needs it. OpenID Connect Discovery 1.0 3, RFC 8414 2, RFC 8628 4 */
import { readObject } from './json.ts';

export interface OpenidConfiguration {
  readonly issuer: string;
  readonly tokenEndpoint: string | null;
  readonly deviceAuthorizationEndpoint: string | null;
}

export type ReadConfiguration =
  | { readonly ok: true; readonly configuration: OpenidConfiguration }
  | { readonly ok: false; readonly reason: string };

/** Longer addresses are in no such document. */
const LONGEST = 2_000;

/** Reads the document; the addresses in it are still to be judged. */
export function decodeConfiguration(body: Uint8Array): ReadConfiguration {
  const document = readObject(body);
  if (!document.ok) return document;
  const members = ['issuer', 'token_endpoint', 'device_authorization_endpoint'].map((name) => document.value[name]);
  const wrong = members.some((value) => value != null && (typeof value !== 'string' || value.length > LONGEST));
  if (wrong) return { ok: false, reason: 'an address in it is none' };
  const [issuer, tokenEndpoint, deviceAuthorizationEndpoint] = members.map((value) => (value as string) || null);
  if (issuer == null) return { ok: false, reason: 'it names no issuer' };
  return {
    ok: true,
    configuration: {
      issuer,
      tokenEndpoint: tokenEndpoint ?? null,
      deviceAuthorizationEndpoint: deviceAuthorizationEndpoint ?? null,
    },
  };
}
