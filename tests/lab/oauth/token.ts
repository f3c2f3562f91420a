/** Access tokens as Entra ID and AD FS write them: JWT, signed with RSA and SHA-256. RFC 7519, RFC 7515 */
import { createPublicKey, type JsonWebKey, sign, verify } from 'node:crypto';
import { type KeyPair, pooledKey } from '../pki/keys.ts';

/** What a token says. RFC 9068 2.2; `scp` and `upn` are Microsoft's. */
export interface Claims {
  iss: string;
  aud: string;
  exp: number;
  nbf: number;
  iat: number;
  sub: string;
  upn: string;
  appid: string;
  scp?: string;
}

const KEY_ID = 'lab-tokens-1';

const key = (): KeyPair => pooledKey('rsa-2048', 'tokens');

export function signedToken(claims: object): string {
  const signed = [{ alg: 'RS256', typ: 'JWT', kid: KEY_ID }, claims].map(part).join('.');
  return `${signed}.${sign('sha256', Buffer.from(signed), key().privateKey).toString('base64url')}`;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Null if it is none of ours. */
export function readToken(token: string): Claims | null {
  const [, signed = '', claims = '', signature = ''] = /^([\w-]+\.([\w-]+))\.([\w-]+)$/.exec(token) ?? [];
  const isOurs = verify('sha256', Buffer.from(signed), publicKey(), Buffer.from(signature, 'base64url'));
  return isOurs ? JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) : null;
}

/** The keys that tokens are signed with, for whoever checks them. RFC 7517 5 */
export function keySet(): { keys: JsonWebKey[] } {
  return { keys: [{ ...publicKey().export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' }] };
}

const publicKey = () => createPublicKey(key().privateKey);
