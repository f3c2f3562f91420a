/** The seal of a PKCS #12 file: it tells a wrong pass phrase from a damaged file. RFC 7292 4 and 5.1, RFC 9579 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { count, identifier, octets, parts, Unreadable, type Value } from './ber.ts';
import { pbkdf2Parameters } from './decrypt.ts';
import { type Effort, type PassPhrase, PURPOSE, pbkdf2Key, pkcs12Key } from './keys.ts';

interface Digest {
  readonly name: string;
  readonly length: number;
}

const DIGESTS: Readonly<Record<string, Digest>> = {
  '1.2.840.113549.2.5': { name: 'md5', length: 16 },
  '1.3.14.3.2.26': { name: 'sha1', length: 20 },
  '2.16.840.1.101.3.4.2.4': { name: 'sha224', length: 28 },
  '2.16.840.1.101.3.4.2.1': { name: 'sha256', length: 32 },
  '2.16.840.1.101.3.4.2.2': { name: 'sha384', length: 48 },
  '2.16.840.1.101.3.4.2.3': { name: 'sha512', length: 64 },
};

/** Since OpenSSL 3.4. RFC 9579 3 */
const PBMAC1 = '1.2.840.113549.1.5.14';
const HMACS: Readonly<Record<string, Digest>> = {
  '1.2.840.113549.2.9': { name: 'sha256', length: 32 },
  '1.2.840.113549.2.10': { name: 'sha384', length: 48 },
  '1.2.840.113549.2.11': { name: 'sha512', length: 64 },
};

/**
 * Whether the seal is right under this pass phrase.
 * @param macData the file's MacData
 * @param content what is sealed
 */
export async function isSealedWith(
  passPhrase: PassPhrase,
  macData: Value,
  content: Uint8Array,
  effort: Effort,
): Promise<boolean> {
  const [sealed, salt, rounds] = parts(macData);
  const [algorithm, expected] = parts(sealed);
  const [name, parameters] = parts(algorithm);
  if (identifier(name) === PBMAC1) return isRight(await pbmac1(passPhrase, parameters, content, effort), expected);
  const digest = DIGESTS[identifier(name)];
  if (digest === undefined) throw new Unreadable(`its seal is not known here (${identifier(name)})`);
  const derivation = { salt: octets(salt), rounds: rounds === undefined ? 1 : count(rounds), digest: digest.name };
  const key = await pkcs12Key(passPhrase, PURPOSE.mac, { ...derivation, length: digest.length }, effort);
  return isRight(createHmac(digest.name, key).update(content).digest(), expected);
}

async function pbmac1(
  passPhrase: PassPhrase,
  parameters: Value | undefined,
  content: Uint8Array,
  effort: Effort,
): Promise<Uint8Array> {
  const [derivation, scheme] = parts(parameters);
  const hmac = HMACS[identifier(parts(scheme)[0])];
  if (hmac === undefined) throw new Unreadable('its seal is not known here');
  const key = await pbkdf2Key(passPhrase, pbkdf2Parameters(derivation, hmac.length), effort);
  return createHmac(hmac.name, key).update(content).digest();
}

function isRight(found: Uint8Array, expected: Value | undefined): boolean {
  const bytes = octets(expected);
  return bytes.length === found.length && timingSafeEqual(bytes, found);
}
