/** What is wrong with a path as a whole. RFC 5280 6.1.4 (l), (m); RFC 9525 */
import { valuesOf } from '#lib/wire/x509/name.ts';
import { attributeOids, extensionName, extensionOids } from '#lib/wire/x509/oids.ts';
import { distrustOf } from './distrust.ts';
import type { Facts } from './facts.ts';
import { baseline, found, invalid, rfc } from './found.ts';
import { commonNameFits, namesHost } from './host-name.ts';
import type { Found, Problem, Usage } from './problem.ts';
import { issuerIdentifierRule } from './rules/key-identifiers.ts';

/** An authority may limit how many others follow below it; self-issued ones, and the leaf, do not count. */
export function pathLengthProblems(path: readonly Facts[]): Problem[] {
  return path.flatMap(({ basicConstraints }, at) => {
    const limit = basicConstraints?.pathLength ?? null;
    const below = path.slice(1, at).filter(({ selfIssued }) => !selfIssued).length;
    if (at === 0 || limit === null || below <= limit) return [];
    return [{ ...invalid('path-length', rfc('6.1.4', 'clients'), `${below} authorities below, ${limit} allowed`), at }];
  });
}

/** Whether each certificate names the issuer that it has here. */
export function linkProblems(path: readonly Facts[]): Problem[] {
  return path.flatMap((facts, at) => {
    const issuer = path[at + 1];
    return issuer === undefined ? [] : issuerIdentifierRule(facts, issuer).map((one) => ({ ...one, at }));
  });
}

/** Each host that the leaf does not name. */
export function hostProblems(leaf: Facts, hosts: readonly string[], usage: Usage): Problem[] {
  const missing = hosts.filter((host) => leaf.names === null || !namesHost(leaf.names, host));
  const nameless = hosts.length === 0 && usage === 'server' && !leaf.has(extensionOids.subjectAltName);
  const form = invalid(
    'missing-extension',
    baseline('7.1.2.7.12', 'strict'),
    extensionName(extensionOids.subjectAltName),
  );
  return [...missing.map((host) => hostProblem(leaf, host)), ...(nameless ? [form] : [])].map((one) => ({
    ...one,
    at: 0,
  }));
}

function hostProblem({ certificate, names }: Facts, host: string): Found {
  const ground = rfc('RFC 9525 6.3', 'clients');
  const identified = names?.some(({ type }) => type === 'dns' || type === 'ip') ?? false;
  const commonNames = valuesOf(certificate.subject, attributeOids.commonName);
  const kind = !identified && commonNameFits(commonNames, host) ? 'common-name-only' : 'host-not-named';
  return found({ kind, host: host.slice(0, 253) }, ground);
}

/** Programmes that trust the root no longer, or not for what was issued so late; also where only its name is known. */
export function distrustProblems(path: readonly Facts[]): Problem[] {
  const [leaf, top] = [path[0], path.at(-1)];
  if (leaf === undefined || top === undefined) return [];
  const { certificate, fingerprint, selfIssued } = top;
  const root = { fingerprint: selfIssued ? fingerprint : null, name: certificate.issuer };
  return distrustOf(root, leaf.certificate.notBefore.at).map((one) => ({
    ...found({ kind: 'distrusted', ...one }, { rule: 'web-pki', enforcedBy: 'clients', spec: one.source }),
    at: path.length - 1,
  }));
}
