import { type Authority, issuer } from './authority.ts';
import type { Certificate } from './certificate.ts';
import { pooledKey } from './keys.ts';
import { naming, type Sources, serialOf } from './sources.ts';

/** An intermediate of one world, which says itself where its issuer, its revocation list and its OCSP responder are. */
export function branchOf(authority: Authority, domain: string): Certificate {
  return authority.once(`branch of ${domain}`, () =>
    issuer(`Throughline Lab Branch ${domain}`, {
      issuer: authority.trusted.root,
      key: pooledKey('p-256', `branch of ${domain}`),
      serial: serialOf(branchName(domain)),
      with: naming(SOURCES, domain),
    }),
  );
}

const SOURCES: Sources = { issuer: '/root.cer', ocsp: '/ocsp/root', crl: '/root.crl' };

/** What the branch's serial number follows from. */
export function branchName(domain: string): string {
  return `branch.${domain}`;
}

/** The authorities that publish, by the name that stands in their paths. */
export const publishers = {
  root: ({ trusted }: Authority, _domain: string): Certificate => trusted.root,
  issuing: ({ trusted }: Authority, _domain: string): Certificate => trusted.intermediate,
  branch: branchOf,
} as const;

export type Publisher = keyof typeof publishers;
