import { type Authority, issuer } from './authority.ts';
import type { Certificate } from './certificate.ts';
import { privatePem } from './keys.ts';
import { makeCertificate, type Wish } from './usual.ts';

/** What a TLS server shows: its certificate, followed by the others that it sends, and the private key. */
export interface Identity {
  readonly chain: string;
  readonly privateKey: string;
  /** The OCSP answer that it staples, if a client asks for one. */
  readonly staple?: Uint8Array;
}

/** Makes what a server shows under a name. The domain is that of the world, below which its other hosts are. */
export type MakeIdentity = (authority: Authority, name: string, domain: string) => Identity;

/** A certificate with nothing wrong, sent with its intermediate. */
export const healthy: MakeIdentity = (authority, name) => fromTrusted(authority, name);

export const expired: MakeIdentity = (authority, name) => fromTrusted(authority, name, { days: [-120, -2] });

export const notYetValid: MakeIdentity = (authority, name) => fromTrusted(authority, name, { days: [3, 93] });

/** Ten of its ninety days are left. */
export const expiresSoon: MakeIdentity = (authority, name) => fromTrusted(authority, name, { days: [-80, 10] });

/** Made for another host of the same owner. */
export const wrongName: MakeIdentity = (authority) => fromTrusted(authority, 'mail.elsewhere.test');

/** The name stands in the subject only, where today's clients do not look. */
export const commonNameOnly: MakeIdentity = (authority, name) => fromTrusted(authority, name, { names: [] });

export const badSignature: MakeIdentity = (authority, name) => fromTrusted(authority, name, { badSignature: true });

/** A healthy certificate, but the server keeps the intermediate to itself. */
export const withoutIntermediate: MakeIdentity = (authority, name) => shown(serverCertificate(authority, name));

export const withExpiredIntermediate: MakeIdentity = (authority, name) => {
  const lastYear = authority.once('last year', () =>
    issuer('Throughline Lab Issuing CA of Last Year', { issuer: authority.trusted.root, days: [-730, -3] }),
  );
  return shown(serverCertificate(authority, name, { issuer: lastYear }), lastYear);
};

export const selfSigned: MakeIdentity = (authority, name) => {
  const itself = { subject: { O: 'Throughline Lab', CN: name }, key: authority.serverKey };
  return shown(makeCertificate({ ...itself, names: [name] }));
};

/** The whole chain is sent, root included, so that nothing but trust is missing. */
export const unknownRoot: MakeIdentity = (authority, name) => fromUnknown(authority, name);

/** Expired, made for another host, and from an authority that nobody trusts. */
export const threeProblems: MakeIdentity = (authority) =>
  fromUnknown(authority, 'mail.elsewhere.test', { days: [-120, -2] });

/** Healthy and expired in turn, as behind a balancer of whose two servers one was forgotten. The healthy one comes first. */
export function changing(): MakeIdentity {
  let count = 0;
  return (...about) => (count++ % 2 === 0 ? healthy(...about) : expired(...about));
}

/** A certificate from the trusted intermediate, bent as wished, and sent with that. */
export function fromTrusted(authority: Authority, name: string, wish: Wish = {}): Identity {
  return shown(serverCertificate(authority, name, wish), authority.trusted.intermediate);
}

function fromUnknown(authority: Authority, name: string, wish: Wish = {}): Identity {
  const { root, intermediate } = authority.unknown;
  return shown(serverCertificate(authority, name, { issuer: intermediate, ...wish }), intermediate, root);
}

/**
 * The certificate of a server under this name, from the trusted intermediate unless somebody else is wished for. The common name
 * repeats the first of the names, as authorities have it. CA/B Baseline Requirements 7.1.4.3
 */
export function serverCertificate(authority: Authority, name: string, wish: Wish = {}): Certificate {
  const [first = name] = (wish.names ?? []).filter((each) => typeof each === 'string');
  const usual = { subject: { O: 'Throughline Lab', CN: first }, names: [name], key: authority.serverKey };
  return makeCertificate({ ...usual, ...(wish.issuer ? {} : { issuer: authority.trusted.intermediate }), ...wish });
}

/** A server with these certificates, its own first, in this order. */
export function shown(leaf: Certificate, ...others: readonly Certificate[]): Identity {
  return { chain: [leaf, ...others].map(({ pem }) => pem).join(''), privateKey: privatePem(leaf.key) };
}
