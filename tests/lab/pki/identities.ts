import type { Authority } from './authority.ts';
import { type CertificateContent, issueCertificate, type KeyPair } from './certificate.ts';

/** What a TLS server shows: its certificate, followed by the others that it sends, and the private key. */
export interface Identity {
  chain: string;
  privateKey: string;
}

/** Makes what a server shows under a name. */
export type MakeIdentity = (authority: Authority, name: string) => Identity;

/** Ninety days of life, of which two thirds are left. */
const HEALTHY_LIFE = { validFrom: -30, validTo: 60 };

/** A certificate with nothing wrong, sent with its intermediate. */
export const healthy: MakeIdentity = (authority, name) => fromTrusted(authority, name, {});

export const expired: MakeIdentity = (authority, name) =>
  fromTrusted(authority, name, { validFrom: -120, validTo: -2 });

export const notYetValid: MakeIdentity = (authority, name) =>
  fromTrusted(authority, name, { validFrom: 3, validTo: 93 });

/** Ten of its ninety days are left. */
export const expiresSoon: MakeIdentity = (authority, name) =>
  fromTrusted(authority, name, { validFrom: -80, validTo: 10 });

/** Made for another host of the same owner. */
export const wrongName: MakeIdentity = (authority) => fromTrusted(authority, 'mail.elsewhere.test', {});

/** The name stands in the subject only, where today's clients do not look. */
export const commonNameOnly: MakeIdentity = (authority, name) => fromTrusted(authority, name, { names: [] });

export const badSignature: MakeIdentity = (authority, name) => fromTrusted(authority, name, { badSignature: true });

/** A healthy certificate, but the server keeps the intermediate to itself. */
export const withoutIntermediate: MakeIdentity = (authority, name) => {
  const [key] = authority.serverKeys;
  return identity(key, issueLeaf(authority, name, {}));
};

export const withExpiredIntermediate: MakeIdentity = (authority, name) => {
  const [key] = authority.serverKeys;
  const issuer = authority.expiredIntermediate;
  return identity(key, issueLeaf(authority, name, { issuer }), issuer.certificate);
};

export const selfSigned: MakeIdentity = (authority, name) => {
  const [key] = authority.serverKeys;
  return identity(key, issueCertificate({ commonName: name, names: [name], key, ...HEALTHY_LIFE }));
};

/** The whole chain is sent, root included, so that nothing but trust is missing. */
export const unknownRoot: MakeIdentity = (authority, name) => fromUnknown(authority, name, {});

/** Expired, made for another host, and from an authority that nobody trusts. */
export const threeProblems: MakeIdentity = (authority) =>
  fromUnknown(authority, 'mail.elsewhere.test', { validFrom: -120, validTo: -2 });

/** Healthy and expired in turn, as behind a balancer of whose two servers one was forgotten. The healthy one comes first. */
export function changing(): MakeIdentity {
  let shown = 0;
  return (authority, name) => (shown++ % 2 === 0 ? healthy(authority, name) : expired(authority, name));
}

function fromTrusted(authority: Authority, name: string, change: Partial<CertificateContent>): Identity {
  const [key] = authority.serverKeys;
  return identity(key, issueLeaf(authority, name, change), authority.trusted.intermediate.certificate);
}

function fromUnknown(authority: Authority, name: string, change: Partial<CertificateContent>): Identity {
  const [key] = authority.serverKeys;
  const { root, intermediate } = authority.unknown;
  const leaf = issueLeaf(authority, name, { issuer: intermediate, ...change });
  return identity(key, leaf, intermediate.certificate, root.certificate);
}

function issueLeaf(authority: Authority, name: string, change: Partial<CertificateContent>): string {
  const usual = { key: authority.serverKeys[0], issuer: authority.trusted.intermediate, ...HEALTHY_LIFE };
  return issueCertificate({ commonName: name, names: [name], ...usual, ...change });
}

function identity(key: KeyPair, ...certificates: string[]): Identity {
  return { chain: certificates.join(''), privateKey: key.privatePem };
}
