import { type CertificateContent, type Issuer, issueCertificate, type KeyPair, newKeyPair } from './certificate.ts';

/** A root with one intermediate, as a public certificate authority has them. */
export interface Hierarchy {
  root: Issuer;
  intermediate: Issuer;
}

/** Everything that the lab's certificates are made of. */
export interface Authority {
  trusted: Hierarchy;
  /** Looks as good as the other, but its root is not in the trust file. */
  unknown: Hierarchy;
  /** Signed by the trusted root, but its time is over. */
  expiredIntermediate: Issuer;
  /** Servers share these two, because making keys takes longest. */
  serverKeys: readonly [KeyPair, KeyPair];
}

/** Makes the lab's certificate authorities, new at each start. Each has its own key, so that none passes for another. */
export function createAuthority(): Authority {
  const trusted = createHierarchy('Throughline Lab');
  const expiredIntermediate = createIssuer({
    commonName: 'Throughline Lab Issuing CA of Last Year',
    key: newKeyPair(),
    issuer: trusted.root,
    validFrom: -730,
    validTo: -3,
  });
  const serverKeys = [newKeyPair(), newKeyPair()] as const;
  return { trusted, unknown: createHierarchy('Unknown Lab'), expiredIntermediate, serverKeys };
}

function createHierarchy(owner: string): Hierarchy {
  const root = createIssuer({ commonName: `${owner} Root CA`, key: newKeyPair(), validFrom: -400, validTo: 3650 });
  const intermediate = createIssuer({
    commonName: `${owner} Issuing CA`,
    key: newKeyPair(),
    issuer: root,
    validFrom: -300,
    validTo: 1825,
  });
  return { root, intermediate };
}

function createIssuer(content: CertificateContent): Issuer {
  const certificate = issueCertificate({ ...content, authority: true });
  return { commonName: content.commonName, key: content.key, certificate };
}
