import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

export type KeyKind = `rsa-${number}` | 'p-256' | 'p-384' | 'p-521' | 'ed25519';

/** A private key, and the public one as certificates hold it. */
export interface KeyPair {
  readonly kind: KeyKind;
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo. RFC 5280 4.1.2.7 */
  readonly spki: Uint8Array;
}

const pool = new Map<string, KeyPair>();

/**
 * A key by kind and name: the same each time that this process asks, because making keys takes longest. Different names
 * have different keys.
 */
export function pooledKey(kind: KeyKind, name = 'common'): KeyPair {
  const label = `${kind} ${name}`;
  const known = pool.get(label) ?? newKey(kind);
  pool.set(label, known);
  return known;
}

/** Makes a new key. RSA of 2048 bits takes some fifty milliseconds, elliptic curves next to nothing. */
export function newKey(kind: KeyKind): KeyPair {
  return keyPair(kind, generate(kind));
}

/** A key pair out of a private key that comes from elsewhere. */
export function keyPair(kind: KeyKind, privateKey: KeyObject): KeyPair {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return { kind, privateKey, spki: Uint8Array.from(spki) };
}

function generate(kind: KeyKind): KeyObject {
  if (kind === 'ed25519') return generateKeyPairSync('ed25519').privateKey;
  const [family = '', size = ''] = kind.split('-');
  if (family === 'rsa') return generateKeyPairSync('rsa', { modulusLength: Number(size) }).privateKey;
  return generateKeyPairSync('ec', { namedCurve: kind.toUpperCase() }).privateKey;
}

/** The private key as TLS servers read it (PKCS#8). */
export function privatePem({ privateKey }: KeyPair): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
