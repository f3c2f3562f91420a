/** The answer to a challenge by NTLMv2. Never by NTLMv1, which gives the password away. [MS-NLMP] 3.3.2 */
import { createHash, createHmac } from 'node:crypto';
import { concat } from '#lib/wire/der/writer.ts';
import { type ClientChallenge, encodeClientChallenge } from '#lib/wire/ntlm/authenticate.ts';
import { encodeUtf16 } from '#lib/wire/ntlm/text.ts';
import type { Secret } from '../secret.ts';
import { type NtlmIdentity, upperCase } from './identity.ts';
import { md4 } from './md4.ts';

export const md5 = (...parts: readonly Uint8Array[]): Uint8Array =>
  plain(createHash('md5').update(concat(parts)).digest());

export const hmacMd5 = (key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array =>
  plain(createHmac('md5', key).update(concat(parts)).digest());

/** Without Node's pool of memory behind it, so that zeroing it and cloning it mean these bytes alone. */
const plain = (buffer: Buffer): Uint8Array => Uint8Array.from(buffer);

/**
 * The hash that Windows stores. Any text is a password: its UTF-16 units count as they are, also U+0000 and half of a surrogate
 * pair, since Windows hashes a counted string too.
 */
export function ntHash(password: Secret): Uint8Array {
  const text = encodeUtf16(password.reveal());
  const hash = md4(text);
  text.fill(0);
  return hash;
}

/** NTOWFv2: what stands for the password of this user in this domain. The domain counts as it is sent. */
export function ntowfV2(password: Secret, { user, domain }: NtlmIdentity): Uint8Array {
  const hash = ntHash(password);
  const key = hmacMd5(hash, encodeUtf16(upperCase(user) + domain));
  hash.fill(0);
  return key;
}

export interface NtlmResponse {
  /** NTProofStr and what it proves. */
  readonly ntResponse: Uint8Array;
  readonly lmResponse: Uint8Array;
  readonly sessionBaseKey: Uint8Array;
}

/**
 * @param key `ntowfV2`
 * @param withLm LMv2 beside it: for servers that send no time. Zeros otherwise.
 */
export function respond(
  key: Uint8Array,
  serverChallenge: Uint8Array,
  client: ClientChallenge,
  withLm: boolean,
): NtlmResponse {
  const proven = encodeClientChallenge(client);
  const proof = hmacMd5(key, serverChallenge, proven);
  const lmProof = hmacMd5(key, serverChallenge, client.challenge);
  return {
    ntResponse: concat([proof, proven]),
    lmResponse: withLm ? concat([lmProof, client.challenge]) : new Uint8Array(24),
    sessionBaseKey: hmacMd5(key, proof),
  };
}
