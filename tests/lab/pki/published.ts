/** Certificates that say where more can be fetched: their issuer, their OCSP responder, their revocation list. */
import { branchOf } from './branch.ts';
import type { Extension } from './extensions.ts';
import { fromTrusted, type MakeIdentity, serverCertificate, shown } from './identities.ts';
import { writeOcsp } from './ocsp.ts';
import type { OcspBend } from './ocsp-bends.ts';
import { naming, type Sources, serialOf } from './sources.ts';

/** From the trusted intermediate. The serial number follows from the name. */
export function published(sources: Sources): MakeIdentity {
  return (authority, name, domain) =>
    fromTrusted(authority, name, { serial: serialOf(name), with: naming(sources, domain) });
}

/** The same, but the server keeps the intermediate to itself. */
export function withoutIntermediateBut(sources: Sources): MakeIdentity {
  return (authority, name, domain) => shown(serverCertificate(authority, name, { with: naming(sources, domain) }));
}

/** From an intermediate of this world, which names sources of its own. */
export function publishedByBranch(sources: Sources = {}): MakeIdentity {
  return (authority, name, domain) => {
    const branch = branchOf(authority, domain);
    const wish = { issuer: branch, serial: serialOf(name), with: naming(sources, domain) };
    return shown(serverCertificate(authority, name, wish), branch);
  };
}

/** With an OCSP answer that the server staples, and with these extensions. */
export function stapled(bend: OcspBend, ...extensions: readonly Extension[]): MakeIdentity {
  return (authority, name) => {
    const issuer = authority.trusted.intermediate;
    const leaf = serverCertificate(authority, name, { with: extensions });
    const answer = { issuer, serial: leaf.serial, status: 'good' } as const;
    return { ...shown(leaf, issuer), staple: writeOcsp(bend({ signer: issuer, answers: [answer] }, authority)) };
  };
}
