/**
 * Who is to blame when no Autodiscover host worked. People want to hear of the host that was meant to work, not of the ones that
 * merely had to be tried: a domain's web site owes nobody an answer, its `autodiscover` host does.
 */
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import { draft } from '#lib/result/finding.ts';
import { childId, type ResultNode, walk } from '#lib/result/node.ts';
import type { Blame } from '#lib/run/alternatives.ts';

/** What says of a domain's own host only that no mail system is there. */
const NOTHING_THERE: readonly FindingCode[] = [
  'dns.host-not-found',
  'tcp.refused',
  'http.not-found',
  'http.unexpected-answer',
  'http.unexpected-redirect',
  'http.verb-blocked',
];

/** @param branches the root domain's, then the `autodiscover` host's, both failed or not tested to their end */
export function blame(branches: readonly ResultNode[], domain: string, hosts: readonly string[]): Blame {
  const meant = branches.filter((branch, at) => (at === 0 ? hasMailSystem(branch) : exists(branch)));
  const suspects = meant.length > 0 ? meant : branches.filter((branch) => !onlyNothingThere(branch));
  if (suspects.length === 0) return { finding: draft('autodiscover.not-found', { domain, hosts }) };
  const furthest = Math.max(...suspects.map(progress));
  return { branches: suspects.filter((branch) => progress(branch) === furthest).map(({ id }) => id) };
}

/** Steps that went well, in plan order, up to where it stopped. */
function progress(branch: ResultNode): number {
  return branch.children.filter(({ status }) => status === 'passed' || status === 'warning').length;
}

function hasMailSystem(branch: ResultNode): boolean {
  const challenge = branch.children.find(({ id }) => id === childId(branch.id, 'challenge'));
  return challenge?.status === 'passed';
}

function exists(branch: ResultNode): boolean {
  return codes(branch).every((code) => code !== 'dns.host-not-found');
}

function onlyNothingThere(branch: ResultNode): boolean {
  return codes(branch).every((code) => NOTHING_THERE.includes(code));
}

function codes(branch: ResultNode): FindingCode[] {
  const findings = [...walk(branch)].flatMap((node) => node.findings);
  return findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}
