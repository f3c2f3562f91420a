/** Good certificates, sent together with the wrong ones or in the wrong order; and unusual lists with nothing wrong. */
import { type Authority, issuer } from './authority.ts';
import type { Certificate } from './certificate.ts';
import { extendedKeyUsage } from './extensions.ts';
import { type MakeIdentity, serverCertificate, shown } from './identities.ts';
import { type KeyKind, pooledKey } from './keys.ts';

/** Two intermediates, one below the other. */
function twoIntermediates({ once, trusted }: Authority): { upper: Certificate; lower: Certificate } {
  const below = (name: string, above: Certificate): Certificate =>
    once(name, () => issuer(name, { issuer: above, key: pooledKey('p-256', name) }));
  const upper = below('Throughline Lab Upper CA', trusted.root);
  return { upper, lower: below('Throughline Lab Lower CA', upper) };
}

/** The upper intermediate comes before the lower one. */
export const wrongOrder: MakeIdentity = (authority, name) => {
  const { upper, lower } = twoIntermediates(authority);
  return shown(serverCertificate(authority, name, { issuer: lower }), upper, lower);
};

/** Behind the chain stands an intermediate that belongs to another one. */
export const stranger: MakeIdentity = (authority, name) => {
  const { trusted, unknown } = authority;
  return shown(serverCertificate(authority, name), trusted.intermediate, unknown.intermediate);
};

export const intermediateTwice: MakeIdentity = (authority, name) => {
  const { intermediate } = authority.trusted;
  return shown(serverCertificate(authority, name), intermediate, intermediate);
};

/** With a stranger behind the chain, and a certificate that is valid only later and only for clients. */
export const untidyAndUnfit: MakeIdentity = (authority, name) => {
  const leaf = serverCertificate(authority, name, { days: [3, 93], with: [extendedKeyUsage('clientAuth')] });
  return shown(leaf, authority.trusted.intermediate, authority.unknown.intermediate);
};

/** The root is sent, too. Nobody needs it, and it does no harm. */
export const withRoot: MakeIdentity = (authority, name) => {
  const { root, intermediate } = authority.trusted;
  return shown(serverCertificate(authority, name), intermediate, root);
};

/** Keys of another kind, for server and intermediate alike; the root stays RSA. */
export function withKeys(server: KeyKind, above: KeyKind): MakeIdentity {
  return (authority, name) => {
    const commonName = `Throughline Lab CA ${above}`;
    const intermediate = authority.once(commonName, () =>
      issuer(commonName, { issuer: authority.trusted.root, key: pooledKey(above, commonName) }),
    );
    const leaf = serverCertificate(authority, name, { issuer: intermediate, key: pooledKey(server, 'server') });
    return shown(leaf, intermediate);
  };
}

/** The trusted root, signed by an older one for the sake of clients that know only that; and the older one itself. */
function crossSigned({ once, trusted }: Authority): { old: Certificate; cross: Certificate } {
  const old = once('old root', () => issuer('Throughline Lab Root of Old', { days: [-7000, -100] }));
  const cross = once('cross-signed root', () =>
    issuer('Throughline Lab Root CA', { issuer: old, key: trusted.root.key, days: [-2000, 900] }),
  );
  return { old, cross };
}

/** The root is trusted, but comes as the certificate that an older root has made for it. */
export const rootCrossSigned: MakeIdentity = (authority, name) => {
  const { cross } = crossSigned(authority);
  return shown(serverCertificate(authority, name), authority.trusted.intermediate, cross);
};

/** The same, and the older root is sent behind it: expired, and trusted by nobody any more. */
export const withOldRoot: MakeIdentity = (authority, name) => {
  const { old, cross } = crossSigned(authority);
  return shown(serverCertificate(authority, name), authority.trusted.intermediate, cross, old);
};
