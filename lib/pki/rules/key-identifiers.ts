/** Identifiers of keys: hints for finding issuers, as long as they are true. RFC 5280 4.2.1.1, 4.2.1.2; BR 7.1.2.1.3, 7.1.2.11.1 */
import { sameOctets } from '#lib/wire/der/values.ts';
import type { GeneralName } from '#lib/wire/x509/general-name.ts';
import { sameName } from '#lib/wire/x509/name.ts';
import { extensionName, extensionOids as oids } from '#lib/wire/x509/oids.ts';
import { type Facts, same } from '../facts.ts';
import { baseline, invalid, rfc } from '../found.ts';
import type { Found } from '../problem.ts';
import { checkSignature } from '../signature.ts';
import type { Position } from './position.ts';

/** Whether the identifier of the issuer's key is there, in the form that it has to have. */
export function keyIdentifierRules(facts: Facts, { role }: Position): Found[] {
  const { has, selfIssued, authorityKeyIdentifier: identifier } = facts;
  if (!has(oids.authorityKeyIdentifier)) {
    // Whoever signs for himself needs no hint.
    return selfIssued
      ? []
      : [invalid('missing-extension', rfc('4.2.1.1', 'strict'), extensionName(oids.authorityKeyIdentifier))];
  }
  if (identifier === null) return [];
  const ground = selfIssued ? baseline('7.1.2.1.3', 'strict') : rfc('4.2.1.1', 'strict');
  const problems: Found[] = [];
  if (identifier.keyIdentifier === null)
    problems.push(invalid('key-identifier', ground, 'the authority key identifier names no key'));
  if (identifier.issuer !== null || identifier.serialNumber !== null)
    problems.push(
      invalid(
        'key-identifier',
        // Written by default by some tools that private authorities are made with.
        baseline(selfIssued ? '7.1.2.1.3' : '7.1.2.11.1', role === 'leaf' ? 'nobody' : 'strict'),
        'the authority key identifier names a certificate',
      ),
    );
  return [...problems, ...(role === 'anchor' ? rootRule(facts) : [])];
}

/** A root that signed itself names its own key, or OpenSSL does not take it for one. */
function rootRule({ certificate, selfIssued, authorityKeyIdentifier, subjectKeyIdentifier }: Facts): Found[] {
  const named = authorityKeyIdentifier?.keyIdentifier ?? null;
  if (!selfIssued || named === null || subjectKeyIdentifier === null || sameOctets(named, subjectKeyIdentifier))
    return [];
  if (checkSignature(certificate, certificate.publicKey).state === 'wrong') return [];
  return [
    invalid('key-identifier', baseline('7.1.2.1.3', 'clients'), 'a root that names another key as that of its issuer'),
  ];
}

/** Whether a certificate names the key and the certificate of the issuer that it has in this path. OpenSSL insists on it. */
export function issuerIdentifierRule(child: Facts, issuer: Facts): Found[] {
  const identifier = child.authorityKeyIdentifier;
  if (identifier === null) return [];
  const ground = rfc('4.2.1.1', 'clients');
  const { keyIdentifier, issuer: names, serialNumber } = identifier;
  const own = issuer.subjectKeyIdentifier;
  if (keyIdentifier !== null && own !== null && !sameOctets(keyIdentifier, own))
    return [invalid('key-identifier', ground, 'it names another key than that of its issuer')];
  if (serialNumber !== null && !same(serialNumber, issuer.certificate.serialNumber))
    return [invalid('key-identifier', ground, 'it names another certificate than that of its issuer')];
  return names === null || namesIssuerOf(names, issuer)
    ? []
    : [invalid('key-identifier', ground, 'it names the issuer of another certificate than that of its issuer')];
}

function namesIssuerOf(names: readonly GeneralName[], { certificate }: Facts): boolean {
  const directories = names.flatMap((name) => (name.type === 'directory' ? name.name : []));
  return directories.length === 0 || directories.some((name) => sameName(name, certificate.issuer));
}
