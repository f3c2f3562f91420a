/** What several probes need to know of certificates. Pure: PEM in, facts out. */
import { X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '#lib/result/evidence.ts';
import type { Subject } from '#lib/result/probe.ts';

/** Input of every probe that judges a certificate: what a handshake has shown. */
export interface CertificateInput extends Subject {
  readonly shown: ShownCertificates;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The part of a TLS session that certificate judges look at. */
export interface ShownCertificates {
  /** As sent, leaf first; PEM; never empty. */
  readonly chain: readonly string[];
  /** PEM of every trusted root. */
  readonly roots: readonly string[];
  /** OpenSSL's objection to the chain, as Node reports it. */
  readonly objection: string | null;
}

/** The certificates as sent; the leaf is the first. */
export function parseChain(chain: readonly string[]): [leaf: X509Certificate, ...rest: X509Certificate[]] {
  const [leaf, ...rest] = chain.map((pem) => new X509Certificate(pem));
  if (leaf === undefined) throw new Error('a chain has at least a leaf');
  return [leaf, ...rest];
}

/** The common name of a distinguished name, else the whole name in one line. */
export function shortName(distinguishedName: string): string {
  return /(?:^|\n)CN=(.+)/.exec(distinguishedName)?.[1] ?? distinguishedName.replaceAll('\n', ', ');
}

/** DNS names and addresses of the subject alternative name, as written in the certificate. */
export function subjectAltNames(certificate: X509Certificate): string[] {
  const entries = certificate.subjectAltName?.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? [];
  return entries.flatMap((entry) => /^\s*(?:DNS|IP Address):(.*)$/.exec(entry)?.[1]?.replaceAll('"', '') ?? []);
}

/** What a person wants to see of a certificate. */
export function describeCertificate(certificate: X509Certificate): CertificateFacts {
  const { asymmetricKeyType: type = 'unknown', asymmetricKeyDetails: details } = certificate.publicKey;
  return {
    subject: certificate.subject.replaceAll('\n', ', '),
    issuer: certificate.issuer.replaceAll('\n', ', '),
    names: subjectAltNames(certificate).slice(0, 100),
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
    serialNumber: certificate.serialNumber,
    fingerprint256: certificate.fingerprint256,
    key: `${type.toUpperCase()} ${details?.modulusLength ?? details?.namedCurve ?? ''}`.trim(),
    pem: certificate.toString(),
  };
}
