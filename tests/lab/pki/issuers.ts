/** Certificates of servers that are well, below issuers that are not. */
import { type Authority, issuer } from './authority.ts';
import type { Certificate } from './certificate.ts';
import { basicConstraints, keyUsage, nameConstraints } from './extensions.ts';
import { type Identity, type MakeIdentity, serverCertificate, shown } from './identities.ts';
import { pooledKey } from './keys.ts';
import type { Wish } from './usual.ts';

/** An intermediate below the trusted root, bent as wished, with a key of its own. */
function bentIntermediate(authority: Authority, name: string, wish: Wish): Certificate {
  const commonName = `Throughline Lab ${name}`;
  const usual = { issuer: authority.trusted.root, key: pooledKey('p-256', commonName) };
  return authority.once(commonName, () => issuer(commonName, { ...usual, ...wish }));
}

function below(name: string, wish: Wish): MakeIdentity {
  return (authority, host) => shownBelow(authority, host, bentIntermediate(authority, name, wish));
}

/** The server's certificate comes from the first of these, and they are sent in this order. */
function shownBelow(authority: Authority, host: string, ...above: readonly [Certificate, ...Certificate[]]): Identity {
  return shown(serverCertificate(authority, host, { issuer: above[0] }), ...above);
}

/** The root has signed it with MD5. */
export const md5 = below('MD5 CA', { hash: 'md5' });

/** It may issue for nothing in the lab. */
export const nameExcluded = below('Excluding CA', { with: [nameConstraints({ excluded: [{ dns: 'lab.test' }] })] });

/** It may issue for another domain only. */
export const nameNotPermitted = below('Permitting CA', {
  with: [nameConstraints({ permitted: [{ dns: 'elsewhere.test' }] })],
});

/** It is no authority at all: somebody has signed with a certificate that was made for something else. */
export const notAnAuthority = below('Web Server', { with: [basicConstraints(false)], without: ['keyUsage'] });

/** An authority that may sign revocation lists only. */
export const mayNotSign = below('Revoking CA', { with: [keyUsage('cRLSign')] });

export const intermediateBadlySigned = below('Damaged CA', { badSignature: true });

/** No authority may stand below the upper one, but one does. RFC 5280 4.2.1.9 */
export const pathTooLong: MakeIdentity = (authority, host) => {
  const upper = bentIntermediate(authority, 'Last CA', { with: [basicConstraints(true, 0)] });
  const lower = bentIntermediate(authority, 'CA Too Many', { issuer: upper });
  return shownBelow(authority, host, lower, upper);
};

/** What a firewall shows that opens TLS: a certificate made on the spot, by the authority that it was delivered with. */
export const fromFirewall: MakeIdentity = (authority, host) => {
  const subject = { C: 'US', ST: 'California', L: 'Sunnyvale', O: 'Fortinet', CN: 'FortiGate CA' };
  const firewall = authority.once('firewall', () => issuer('FortiGate CA', { subject, days: [-900, 2700] }));
  return shownBelow(authority, host, firewall);
};
