/** Whether a certificate may be used for what it is used for here. RFC 5280 4.2.1.3, 4.2.1.12; BR 7.1.2.7, 7.1.2.10 */
import type { KeyUsage } from '#lib/wire/x509/extensions.ts';
import { extensionOids, keyPurposeName, keyPurposeOids as purposes } from '#lib/wire/x509/oids.ts';
import type { Facts } from '../facts.ts';
import { baseline, found, invalid, rfc } from '../found.ts';
import type { Found, Ground, Usage } from '../problem.ts';
import type { Position } from './position.ts';

/** Purposes, key usage, and that no authority stands where a server should. */
export function usageRules(facts: Facts, position: Position): Found[] {
  const { role, usage } = position;
  const own =
    role === 'leaf' ? [...leafPurposeRule(facts, usage), ...keyUsageRule(facts, position)] : nestingRule(facts, usage);
  return [...own, ...purposeFormRule(facts, role), ...postQuantumRule(facts)];
}

const wanted: Readonly<Record<Usage, string>> = { server: purposes.serverAuth, client: purposes.clientAuth };

const wrong = (usage: Usage, reason: string, ground: Ground): Found =>
  found({ kind: 'wrong-usage', usage, reason: reason.slice(0, 200) }, ground);

const listed = (oids: readonly string[]): string =>
  oids.length === 0 ? 'nothing' : oids.map(keyPurposeName).join(', ');

/** Any purpose is not enough for a leaf: that is how OpenSSL and Mozilla see it, and no public authority issues it. */
function leafPurposeRule({ purposes: own }: Facts, usage: Usage): Found[] {
  if (own === null || own.includes(wanted[usage])) return [];
  return [wrong(usage, `extended key usage: ${listed(own)}`, rfc('4.2.1.12', 'clients'))];
}

const FITTING: Readonly<Record<Usage, readonly KeyUsage[]>> = {
  server: ['digitalSignature', 'keyEncipherment', 'keyAgreement'],
  client: ['digitalSignature', 'keyAgreement'],
};

function keyUsageRule({ keyUsage, basicConstraints, selfIssued }: Facts, { usage, trusted }: Position): Found[] {
  const problems: Found[] = [];
  if (basicConstraints?.authority === true)
    // Devices and small servers present their own root, and whoever trusts exactly that one gets what was asked for.
    problems.push(
      wrong(
        usage,
        'the certificate of an authority',
        baseline('7.1.2.7.8', trusted || selfIssued ? 'strict' : 'clients'),
      ),
    );
  if (keyUsage !== null && !FITTING[usage].some((one) => keyUsage.includes(one)))
    problems.push(wrong(usage, `key usage: ${keyUsage.join(', ') || 'nothing'}`, rfc('4.2.1.3', 'clients')));
  return problems;
}

/**
 * RFC 5280 leaves open what purposes of an authority mean; every client reads them as a limit for all that is below. To OpenSSL, any
 * purpose is none.
 */
function nestingRule({ purposes: own }: Facts, usage: Usage): Found[] {
  if (own === null || own.includes(wanted[usage])) return [];
  return [wrong(usage, `extended key usage of an authority: ${listed(own)}`, baseline('7.1.2.10.6', 'clients'))];
}

/** RFC 6962 3.1: such a certificate signs drafts of others. */
const PRECERTIFICATE_SIGNING = '1.3.6.1.4.1.11129.2.4.4';

const FORBIDDEN: readonly string[] = [
  purposes.any,
  purposes.codeSigning,
  purposes.emailProtection,
  purposes.timeStamping,
  purposes.ocspSigning,
  PRECERTIFICATE_SIGNING,
];

/** How the extension has to look in certificates of the public web, beyond what it allows. */
function purposeFormRule({ has, purposes: own, selfIssued }: Facts, role: Position['role']): Found[] {
  const section = role === 'leaf' ? '7.1.2.7.10' : '7.1.2.10.6';
  if (role === 'leaf' && !has(extensionOids.extendedKeyUsage))
    return [invalid('missing-extension', baseline('7.1.2.7.6', 'nobody'), 'extended key usage')];
  if (own === null) return [];
  if (role === 'anchor' && selfIssued)
    return [invalid('forbidden-extension', baseline('7.1.2.1.2', 'strict'), 'extended key usage in a root')];
  if (own.length === 0) return [invalid('malformed', rfc('4.2.1.12', 'clients'), 'extKeyUsage: an empty list')];
  const foreign = own.filter((oid) => FORBIDDEN.includes(oid));
  return foreign.length === 0
    ? []
    : [invalid('usage-form', baseline(section, 'strict'), `also for ${listed(foreign)}`)];
}

/** Keys that can do nothing but sign. RFC 9881 5 */
const SIGNING_ONLY: readonly string[] = [17, 18, 19].map((last) => `2.16.840.1.101.3.4.3.${last}`);
const NOT_SIGNING: readonly KeyUsage[] = [
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'encipherOnly',
  'decipherOnly',
];

function postQuantumRule({ certificate, keyUsage }: Facts): Found[] {
  if (!SIGNING_ONLY.includes(certificate.publicKey.algorithm.oid)) return [];
  const impossible = keyUsage?.filter((one) => NOT_SIGNING.includes(one)) ?? [];
  return impossible.map((one) =>
    invalid('usage-form', rfc('RFC 9881 5', 'strict'), `${one} with a key that only signs`),
  );
}
