/** Ties a sign-in to the TLS connection below it: tls-server-end-point. RFC 5929 4, [MS-NLMP] 2.2.2.1, RFC 2744 3.11 */
import { createHash } from 'node:crypto';
import { concat } from '#lib/wire/der/writer.ts';
import type { Hash, SignatureAlgorithm } from '#lib/wire/x509/signature-algorithm.ts';
import { md5 } from './response.ts';

/**
 * What the client says of the connection.
 * - `right`: what belongs to the certificate that the client has seen
 * - `none`: that it knows of no binding
 * - `wrong`: something else on purpose, to see whether the server looks
 */
export type ChannelBinding =
  | { readonly kind: 'right'; readonly hash: Uint8Array }
  | { readonly kind: 'none' }
  | { readonly kind: 'wrong' };

export type EndPointBinding =
  | {
      readonly defined: true;
      /** With which the certificate was hashed: `sha256`. */
      readonly certificateHash: Hash;
      readonly binding: ChannelBinding & { readonly kind: 'right' };
    }
  /** For what has no hash of its own (Ed25519, Ed448), or one that nobody uses: such a certificate cannot be bound to. */
  | { readonly defined: false; readonly algorithm: string };

/** Node's names of those that it has, all but the broken ones the same. MD5 and SHA-1 give way to SHA-256. RFC 5929 4.1 */
const HASHES: Readonly<Partial<Record<Hash, Hash>>> = {
  md5: 'sha256',
  sha1: 'sha256',
  sha224: 'sha224',
  sha256: 'sha256',
  sha384: 'sha384',
  sha512: 'sha512',
  'sha512-224': 'sha512-224',
  'sha512-256': 'sha512-256',
  'sha3-224': 'sha3-224',
  'sha3-256': 'sha3-256',
  'sha3-384': 'sha3-384',
  'sha3-512': 'sha3-512',
};

/**
 * The binding to a server's certificate. With RSA-PSS it is the hash of the signature, as OpenSSL and those who use it have it, even
 * if that of the mask differs; by the letter of RFC 5929 two different ones would leave it undefined.
 * @param certificate DER, as the client saw it
 * @param signature the algorithm by which it is signed
 */
export function channelBindingOf(certificate: Uint8Array, signature: SignatureAlgorithm): EndPointBinding {
  const certificateHash = signature.hash === null ? undefined : HASHES[signature.hash];
  if (certificateHash === undefined) return { defined: false, algorithm: signature.name };
  const digest = createHash(certificateHash).update(certificate).digest();
  return { defined: true, certificateHash, binding: { kind: 'right', hash: bindingHash(digest) } };
}

const PREFIX = new TextEncoder().encode('tls-server-end-point:');

/** MD5 over gss_channel_bindings_struct: four empty addresses, length and text of the application's data. RFC 4121 4.1.1.2 */
export function bindingHash(digest: Uint8Array): Uint8Array {
  const data = concat([PREFIX, digest]);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, data.length, true);
  return md5(new Uint8Array(16), length, data);
}

/** Belongs to no certificate. */
const WRONG = new Uint8Array(16).fill(0x5a);

/** What the AV pair holds: zeros mean that there is none. */
export function bindingValue(binding: ChannelBinding): Uint8Array {
  switch (binding.kind) {
    case 'right':
      return binding.hash;
    case 'wrong':
      return WRONG;
    case 'none':
      return new Uint8Array(16);
  }
}
