/** How a secret of some bytes may be spelled where it must not stand: for whoever hides it, and for whoever looks for it. */
import type { Secret } from '../secret.ts';
import { ntHash } from './response.ts';

/** In hexadecimal digits, and in Base64 at each offset without the characters that its neighbours share in. */
export function spellingsOf(bytes: Uint8Array): string[] {
  const hex = Buffer.from(bytes).toString('hex');
  const base64 = [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
    const complete = Math.floor(shifted.length / 3) * 4;
    return shifted.toString('base64').slice(offset === 0 ? 0 : 4, complete);
  });
  const forUrls = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [...new Set([hex, hex.toUpperCase(), ...base64, ...forUrls])];
}

/** Of a password that somebody has taken apart into bytes, in either encoding, and of its hash. */
export function passwordSpellings(password: Secret): string[] {
  const value = password.reveal();
  const written = (['utf8', 'utf16le'] as const).flatMap((encoding) => spellingsOf(Buffer.from(value, encoding)));
  return [...written, ...passwordHashSpellings(password)];
}

/** Of the hash that stands for a password wherever NTLM is spoken. */
export function passwordHashSpellings(password: Secret): string[] {
  const hash = ntHash(password);
  const spellings = spellingsOf(hash);
  hash.fill(0);
  return spellings;
}
