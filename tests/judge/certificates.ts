/** Certificates for judges: any names, dates to the second, any chain. Made at test time, so that none is ever out of date. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import forge from 'node-forge';
import type { ShownCertificates } from '#lib/probes/judging/certificates.ts';

/** Noon of the day on which these judges live. */
export const NOW = Date.parse('2026-11-20T12:00:00Z');
export const DAY = 86_400_000;

interface Key {
  readonly publicPem: string;
  readonly privatePem: string;
}

export interface Made {
  readonly name: string;
  readonly key: Key;
  readonly pem: string;
}

interface Content {
  readonly name?: string;
  readonly dns?: readonly string[];
  readonly addresses?: readonly string[];
  readonly mail?: readonly string[];
  /** Without an issuer it signs itself. */
  readonly issuer?: Pick<Made, 'name' | 'key'>;
  readonly key?: Key;
  readonly from?: number;
  readonly to?: number;
  readonly authority?: boolean;
}

/** Makes a certificate. Nothing is said about key identifiers, so that issuers are found by name alone. */
export function make(content: Content = {}): Made {
  const { name = 'mail.example.test', key = newKey(), issuer = { name, key }, authority = false } = content;
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(key.publicPem);
  certificate.serialNumber = `40${randomBytes(8).toString('hex')}`;
  certificate.validity = {
    notBefore: new Date(content.from ?? NOW - 100 * DAY),
    notAfter: new Date(content.to ?? NOW + 300 * DAY),
  };
  certificate.setSubject([{ name: 'commonName', value: name }]);
  certificate.setIssuer([{ name: 'commonName', value: issuer.name }]);
  certificate.setExtensions([{ name: 'basicConstraints', critical: true, cA: authority }, ...altNames(content)]);
  certificate.sign(forge.pki.privateKeyFromPem(issuer.key.privatePem), forge.md.sha256.create());
  return { name, key, pem: forge.pki.certificateToPem(certificate) };
}

function altNames({ dns = [], addresses = [], mail = [] }: Content) {
  const names = [
    ...mail.map((value) => ({ type: 1, value })),
    ...dns.map((value) => ({ type: 2, value })),
    ...addresses.map((ip) => ({ type: 7, ip })),
  ];
  return names.length === 0 ? [] : [{ name: 'subjectAltName', altNames: names }];
}

/** The same certificate, its signature damaged in the last bit. */
export function damaged({ pem, ...rest }: Made): Made {
  const der = Buffer.from(pem.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
  const lines = der.toString('base64').replaceAll(/.{64}/g, '$&\n');
  return { ...rest, pem: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n` };
}

let keys: Key | undefined;

/** One key for whoever does not care; making keys takes longest. */
export function commonKey(): Key {
  keys ??= newKey();
  return keys;
}

export function newKey(): Key {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { publicPem: publicKey, privatePem: privateKey };
}

/** What a handshake has shown: these certificates in this order, and the roots that the run trusts. */
export function shown(chain: readonly Made[], roots: readonly Made[] = [], objection: string | null = null) {
  const pems = (made: readonly Made[]): string[] => made.map(({ pem }) => pem);
  return { chain: pems(chain), roots: pems(roots), objection } satisfies ShownCertificates;
}
