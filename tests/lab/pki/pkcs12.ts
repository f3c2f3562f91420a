/** PKCS #12 files as administrators export them for a server. Forge writes them; what it cannot read it cannot write: RSA alone. */
import forge from 'node-forge';
import type { Certificate } from './certificate.ts';

export interface Pkcs12Content {
  readonly certificates: readonly Certificate[];
  /** Whose private key goes into the file. */
  readonly key: Certificate | null;
  /** Null is none at all, which is not the same as an empty one. */
  readonly passPhrase: string | null;
}

/** The bytes of the file: 3DES, sealed with SHA-1, as every program reads it. RFC 7292 */
export function writePkcs12({ certificates, key, passPhrase }: Pkcs12Content): Buffer {
  const read = certificates.map(({ pem }) => forge.pki.certificateFromPem(pem));
  const asn1 = forge.pkcs12.toPkcs12Asn1(
    key && privateKey(key),
    (read.length === 0 ? null : read) as forge.pki.Certificate[],
    passPhrase,
    { algorithm: '3des', count: 2 },
  );
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'latin1');
}

function privateKey({ key }: Certificate): forge.pki.rsa.PrivateKey {
  return forge.pki.privateKeyFromPem(key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
}
