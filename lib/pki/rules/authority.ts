/** Whether a certificate may issue others. RFC 5280 4.2.1.3, 4.2.1.9, 6.1.4 (k), (n) */
import { extensionOids as oids } from '#lib/wire/x509/oids.ts';
import type { Facts } from '../facts.ts';
import { invalid, rfc } from '../found.ts';
import type { Found } from '../problem.ts';
import type { Position } from './position.ts';

/** What an issuer needs; and that the extensions which make an authority agree with each other, wherever they stand. */
export function authorityRules(facts: Facts, { role }: Position): Found[] {
  return [...(role === 'leaf' ? [] : issuerRule(facts, role)), ...agreementRule(facts)];
}

function issuerRule({ has, basicConstraints, keyUsage }: Facts, role: Position['role']): Found[] {
  const problems: Found[] = [];
  // Clients take a root for a name and a key, unless it says itself that it is no authority.
  if (!has(oids.basicConstraints))
    problems.push(
      invalid('not-an-authority', rfc('4.2.1.9', role === 'anchor' ? 'strict' : 'clients'), 'no basic constraints'),
    );
  else if (basicConstraints?.authority === false)
    problems.push(invalid('not-an-authority', rfc('4.2.1.9', 'clients'), 'cA is false'));
  if (keyUsage !== null && !keyUsage.includes('keyCertSign'))
    problems.push(invalid('may-not-sign-certificates', rfc('4.2.1.3', 'clients'), 'no keyCertSign in the key usage'));
  return problems;
}

function agreementRule({ basicConstraints, keyUsage }: Facts): Found[] {
  const problems: Found[] = [];
  const isAuthority = basicConstraints?.authority === true;
  const signs = keyUsage?.includes('keyCertSign') ?? false;
  if (signs && !isAuthority)
    problems.push(invalid('contradiction', rfc('4.2.1.3', 'strict'), 'keyCertSign in the key usage, but no authority'));
  if (basicConstraints !== null && basicConstraints.pathLength !== null && !isAuthority)
    problems.push(invalid('contradiction', rfc('4.2.1.9', 'clients'), 'a path length, but no authority'));
  if (keyUsage?.length === 0)
    problems.push(invalid('usage-form', rfc('4.2.1.3', 'strict'), 'a key usage without any usage'));
  return problems;
}
