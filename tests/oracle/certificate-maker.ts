/** Certificates made by `openssl`, as an administrator makes them by hand. */
import { readFileSync } from 'node:fs';
import { output } from './foreign.ts';
import { TemporaryFolder } from './temporary.ts';

export const keyKinds = {
  RSA: ['-newkey', 'rsa:2048'],
  ECDSA: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  Ed25519: ['-newkey', 'ed25519'],
} as const;

export type KeyKind = keyof typeof keyKinds;

/** Names of files: the certificate and its key. */
export interface Issued {
  readonly certificate: string;
  readonly key: string;
}

export interface Wish {
  readonly name: string;
  /** Without one it signs itself. */
  readonly issuer?: Issued;
  readonly kind?: KeyKind;
  readonly authority?: boolean;
}

export class CertificateMaker {
  readonly #folder = new TemporaryFolder();
  #made = 0;

  /** Makes a key and a certificate for it. */
  async issue({ name, issuer, kind = 'ECDSA', authority = false }: Wish): Promise<Issued> {
    const number = ++this.#made;
    const certificate = this.#folder.file(`${number}.pem`);
    const key = this.#folder.file(`${number}.key`);
    const use = authority
      ? ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign']
      : ['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', `subjectAltName=DNS:${name}`];
    const by = issuer === undefined ? [] : ['-CA', issuer.certificate, '-CAkey', issuer.key];
    const files = ['-nodes', '-keyout', key, '-out', certificate, '-days', '90'];
    await output('openssl', ['req', '-x509', ...keyKinds[kind], '-subj', `/CN=${name}`, ...use, ...by, ...files]);
    return { certificate, key };
  }

  /** Several certificates in one file, in this order. */
  bundle(...parts: readonly Issued[]): string {
    const content = parts.map(({ certificate }) => readFileSync(certificate, 'utf8')).join('');
    return this.#folder.write(`${++this.#made}.pem`, content);
  }
}
