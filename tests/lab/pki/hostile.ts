/** Certificates as nobody makes them who means well. */
import { issuer } from './authority.ts';
import type { Certificate } from './certificate.ts';
import { padding } from './extensions.ts';
import { hugeRsaKey } from './huge-key.ts';
import { fromTrusted, type MakeIdentity, serverCertificate, shown } from './identities.ts';
import { type KeyPair, pooledKey } from './keys.ts';
import { makeCertificate } from './usual.ts';

const NAMES = 10_000;

/** Ten thousand names, none of them the host's, yet so short that they pass the 100 KiB which OpenSSL's clients read. */
export const manyNames: MakeIdentity = (authority, name) => {
  const names = Array.from({ length: NAMES }, (_, index) => `${index.toString(36)}.t`);
  return fromTrusted(authority, name, { names });
};

/** A million bytes of nothing in one extension. */
export const huge: MakeIdentity = (authority, name) => fromTrusted(authority, name, { with: [padding(1_000_000)] });

/** The intermediate has the longest RSA key that OpenSSL takes. The server's own would cost the lab too much at each handshake. */
export const hugeKey: MakeIdentity = (authority, name) => {
  const { root } = authority.trusted;
  const above = authority.once('huge key', () =>
    issuer('Throughline Lab Huge CA', { issuer: root, key: hugeRsaKey() }),
  );
  return shown(serverCertificate(authority, name, { issuer: above }), above);
};

/** Two hundred certificates, each signed by the next, up to the trusted root. They pass the 100 KiB, too. */
export const longChain: MakeIdentity = (authority, name) => {
  const key = pooledKey('ed25519', 'long chain');
  const chain = authority.once('long chain', () => intermediates(authority.trusted.root, key, 199));
  const [last = authority.trusted.root, ...above] = chain;
  return shown(serverCertificate(authority, name, { issuer: last }), last, ...above);
};

/** So many intermediates, the lowest first. */
function intermediates(root: Certificate, key: KeyPair, length: number): Certificate[] {
  const chain: Certificate[] = [];
  for (let number = 1; number <= length; number++) {
    const [above = root] = chain;
    chain.unshift(makeCertificate({ authority: true, subject: { CN: `CA ${number}` }, key, issuer: above }));
  }
  return chain;
}
