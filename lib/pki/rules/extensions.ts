/** Which extensions have to be there, which must not, and which are critical. RFC 5280 4.2; BR 7.1.2 */
import { type Extension, findExtension, repeatedExtensions } from '#lib/wire/x509/extension.ts';
import type { PolicyConstraints } from '#lib/wire/x509/extensions.ts';
import { extensionName, extensionOids as oids } from '#lib/wire/x509/oids.ts';
import type { Facts } from '../facts.ts';
import { baseline, invalid, rfc } from '../found.ts';
import type { Found, Ground } from '../problem.ts';
import type { Position } from './position.ts';

/** What is unreadable, doubled, unknown and critical, missing, misplaced, or critical where it must not be. */
export function extensionRules(facts: Facts, { role }: Position): Found[] {
  const { extensions } = facts.certificate;
  const doubled = repeatedExtensions(extensions).map(extensionName);
  return [
    ...facts.malformed,
    ...doubled.map((name) => invalid('duplicate-extension', rfc('4.2', 'clients'), name)),
    ...extensions.flatMap(unknownRule),
    ...criticalityRule(facts),
    ...(role === 'leaf' ? alternativeNameRule(facts) : issuerExtensionsRule(facts)),
    ...forbiddenRule(facts),
    ...emptyRule(facts),
  ];
}

/** What this folder looks into; a client has to refuse a critical extension that it does not know. */
const UNDERSTOOD: readonly string[] = [
  ...[oids.basicConstraints, oids.keyUsage, oids.extendedKeyUsage, oids.subjectAltName, oids.issuerAltName],
  ...[oids.nameConstraints, oids.certificatePolicies, oids.policyMappings, oids.policyConstraints],
  ...[oids.inhibitAnyPolicy, oids.crlDistributionPoints, oids.tlsFeature],
  // These must not be critical, which is a complaint of its own.
  ...[oids.authorityKeyIdentifier, oids.subjectKeyIdentifier, oids.authorityInfoAccess, oids.subjectInfoAccess],
  oids.freshestCrl,
];

function unknownRule({ oid, critical }: Extension): Found[] {
  if (!critical || UNDERSTOOD.includes(oid)) return [];
  return [invalid('unknown-critical-extension', rfc('4.2', 'clients'), extensionName(oid))];
}

interface Criticality {
  readonly oid: string;
  readonly critical: boolean;
  readonly ground: Ground;
  /** Holds for authorities alone. */
  readonly authorities?: true;
}

/**
 * Name constraints are not among them: the Baseline Requirements (7.1.2.10.8) let public authorities deviate from RFC 5280. OpenSSL
 * takes for unknown what must not be critical.
 */
const CRITICALITIES: readonly Criticality[] = [
  { oid: oids.authorityKeyIdentifier, critical: false, ground: rfc('4.2.1.1', 'clients') },
  { oid: oids.subjectKeyIdentifier, critical: false, ground: rfc('4.2.1.2', 'clients') },
  { oid: oids.authorityInfoAccess, critical: false, ground: rfc('4.2.2.1', 'clients') },
  { oid: oids.subjectInfoAccess, critical: false, ground: rfc('4.2.2.2', 'clients') },
  { oid: oids.freshestCrl, critical: false, ground: rfc('4.2.1.15', 'clients') },
  { oid: oids.extendedKeyUsage, critical: false, ground: baseline('7.1.2.7.6', 'strict') },
  { oid: oids.basicConstraints, critical: true, ground: rfc('4.2.1.9', 'strict'), authorities: true },
  { oid: oids.policyConstraints, critical: true, ground: rfc('4.2.1.11', 'strict') },
  { oid: oids.inhibitAnyPolicy, critical: true, ground: rfc('4.2.1.14', 'strict') },
];

function criticalityRule({ certificate, basicConstraints }: Facts): Found[] {
  return CRITICALITIES.flatMap(({ oid, critical, ground, authorities }) => {
    const extension = findExtension(certificate.extensions, oid);
    if (extension === null || extension.critical === critical) return [];
    if (authorities && basicConstraints?.authority !== true) return [];
    const reason = `${extensionName(oid)} ${critical ? 'is not critical' : 'is critical'}`;
    return [invalid('extension-criticality', ground, reason)];
  });
}

/** Critical where it is the only name of the subject, and nowhere else. */
function alternativeNameRule({ certificate }: Facts): Found[] {
  const extension = findExtension(certificate.extensions, oids.subjectAltName);
  const nameless = certificate.subject.rdns.length === 0;
  if (extension === null)
    return nameless ? [invalid('missing-extension', rfc('4.2.1.6', 'strict'), 'subjectAltName, with no subject')] : [];
  if (nameless && !extension.critical)
    return [
      invalid('extension-criticality', rfc('4.2.1.6', 'strict'), 'subjectAltName is not critical, with no subject'),
    ];
  return !nameless && extension.critical
    ? [invalid('extension-criticality', baseline('7.1.2.7.12', 'strict'), 'subjectAltName is critical, with a subject')]
    : [];
}

/** What every authority has to have besides basic constraints. */
function issuerExtensionsRule({ has }: Facts): Found[] {
  const needed = [
    [oids.subjectKeyIdentifier, '4.2.1.2'],
    [oids.keyUsage, '4.2.1.3'],
  ] as const;
  return needed
    .filter(([oid]) => !has(oid))
    .map(([oid, section]) => invalid('missing-extension', rfc(section, 'strict'), extensionName(oid)));
}

function forbiddenRule({ has, basicConstraints }: Facts): Found[] {
  if (!has(oids.nameConstraints) || basicConstraints?.authority === true) return [];
  return [invalid('forbidden-extension', rfc('4.2.1.10', 'strict'), 'nameConstraints without being an authority')];
}

/** Lists about policies, each of which has one entry at least. Whoever judges policies takes an empty one for none. */
function emptyRule({ policies, policyMappings, policyConstraints }: Facts): Found[] {
  const isEmpty = [
    ['certificatePolicies', '4.2.1.4', policies?.length === 0],
    ['policyMappings', '4.2.1.5', policyMappings?.length === 0],
    ['policyConstraints', '4.2.1.11', policyConstraints !== null && !constrains(policyConstraints)],
  ] as const;
  return isEmpty
    .filter(([, , empty]) => empty)
    .map(([name, section]) => invalid('malformed', rfc(section, 'strict'), `${name}: an empty list`));
}

const constrains = ({ requireExplicitPolicy, inhibitPolicyMapping }: PolicyConstraints): boolean =>
  requireExplicitPolicy !== null || inhibitPolicyMapping !== null;
