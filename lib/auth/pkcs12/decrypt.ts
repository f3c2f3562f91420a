/** Decryption with a pass phrase: the schemes of PKCS #12 itself (RFC 7292 appendix C) and PBES2 (RFC 8018 6.2). */
import { createDecipheriv } from 'node:crypto';
import forge from 'node-forge';
import { binary, count, identifier, isUniversal, octets, parts, Unreadable, type Value } from './ber.ts';
import { type Derivation, type Effort, type PassPhrase, PURPOSE, pbkdf2Key, pkcs12Key } from './keys.ts';

/** The key does not fit: most likely the pass phrase is another. */
export class WrongKey extends Error {}

interface Cipher {
  /** As Node calls it; RC2, which Node no longer has, by its effective bits. */
  readonly name: string | number;
  /** Octets of the key. */
  readonly key: number;
}

/** RFC 7292 appendix C, without RC4: nobody has written that for twenty years. */
const PKCS12_CIPHERS: Readonly<Record<string, Cipher>> = {
  '1.2.840.113549.1.12.1.3': { name: 'des-ede3-cbc', key: 24 },
  '1.2.840.113549.1.12.1.4': { name: 'des-ede-cbc', key: 16 },
  '1.2.840.113549.1.12.1.5': { name: 128, key: 16 },
  '1.2.840.113549.1.12.1.6': { name: 40, key: 5 },
};

/** RFC 8018 B.2, NIST CSOR */
const PBES2_CIPHERS: Readonly<Record<string, Cipher>> = {
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', key: 24 },
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', key: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', key: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', key: 32 },
};

const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';

/** RFC 8018 B.1.1 */
const PRFS: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

/**
 * Decrypts what an AlgorithmIdentifier with its parameters says how.
 * @throws WrongKey, Unreadable
 */
export async function decrypt(
  algorithm: Value | undefined,
  encrypted: Uint8Array,
  passPhrase: PassPhrase,
  effort: Effort,
): Promise<Uint8Array> {
  const [scheme, parameters] = parts(algorithm);
  const name = identifier(scheme);
  if (name === PBES2) return pbes2(parameters, encrypted, passPhrase, effort);
  const cipher = PKCS12_CIPHERS[name];
  if (cipher === undefined) throw new Unreadable(`it is encrypted in a way that is not known here (${name})`);
  const [salt, rounds] = parts(parameters);
  const derivation = { salt: octets(salt), rounds: count(rounds), digest: 'sha1' };
  const key = await pkcs12Key(passPhrase, PURPOSE.encryption, { ...derivation, length: cipher.key }, effort);
  // All of these ciphers have blocks of eight octets.
  const vector = await pkcs12Key(passPhrase, PURPOSE.vector, { ...derivation, length: 8 }, effort);
  return decipher(cipher, key, vector, encrypted);
}

async function pbes2(
  parameters: Value | undefined,
  encrypted: Uint8Array,
  passPhrase: PassPhrase,
  effort: Effort,
): Promise<Uint8Array> {
  const [derivation, scheme] = parts(parameters);
  const [name, vector] = parts(scheme);
  const cipher = PBES2_CIPHERS[identifier(name)];
  if (cipher === undefined) throw new Unreadable(`its cipher is not known here (${identifier(name)})`);
  const key = await pbkdf2Key(passPhrase, pbkdf2Parameters(derivation, cipher.key), effort);
  return decipher(cipher, key, octets(vector), encrypted);
}

/**
 * Reads an AlgorithmIdentifier of PBKDF2. RFC 8018 A.2
 * @param length of the key, which the parameters may leave out
 */
export function pbkdf2Parameters(algorithm: Value | undefined, length: number): Derivation {
  const [name, parameters] = parts(algorithm);
  if (identifier(name) !== PBKDF2) throw new Unreadable(`its key derivation is not known here (${identifier(name)})`);
  const [salt, rounds, ...rest] = parts(parameters);
  const prf = rest.find((one) => isUniversal(one, forge.asn1.Type.SEQUENCE));
  const digest = prf === undefined ? 'sha1' : PRFS[identifier(parts(prf)[0])];
  if (digest === undefined) throw new Unreadable('the digest of its key derivation is not known here');
  return { salt: octets(salt), rounds: count(rounds), digest, length };
}

function decipher({ name }: Cipher, key: Uint8Array, vector: Uint8Array, encrypted: Uint8Array): Uint8Array {
  if (typeof name === 'number') return decipherRc2(name, key, vector, encrypted);
  try {
    const cipher = createDecipheriv(name, key, vector);
    return Buffer.concat([cipher.update(encrypted), cipher.final()]);
  } catch {
    throw new WrongKey();
  }
}

/** Certificates of old files are encrypted with it, and take a few kilobytes; forge's time grows with the square of the length. */
const LONGEST_RC2 = 128 * 1024;

function decipherRc2(bits: number, key: Uint8Array, vector: Uint8Array, encrypted: Uint8Array): Uint8Array {
  if (encrypted.length > LONGEST_RC2) throw new Unreadable('more than 128 KiB of it are encrypted with RC2');
  const cipher = forge.rc2.createDecryptionCipher(binary(key), bits);
  cipher.start(binary(vector));
  cipher.update(forge.util.createBuffer(binary(encrypted)));
  if (!cipher.finish()) throw new WrongKey();
  return Buffer.from(cipher.output.getBytes(), 'latin1');
}
