/**
 * Who is to blame when no way led to settings. People want to hear of the place that was meant to work, not of the ones that merely
 * had to be tried: a domain's web site owes nobody an answer, its `autodiscover` host does, and so does whatever a redirect or a
 * record names.
 */
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import { draft } from '#lib/result/finding.ts';
import { childId, type ResultNode, walk } from '#lib/result/node.ts';
import type { Blame } from '#lib/run/alternatives.ts';
import type { SearchMethod } from './methods.ts';

/** What says of a domain's own host only that no mail system is there. */
const NOTHING_THERE: readonly FindingCode[] = [
  'dns.host-not-found',
  'tcp.refused',
  'http.not-found',
  'http.unexpected-answer',
  'http.unexpected-redirect',
  'http.verb-blocked',
];

/** @param branches one for each way, failed or not tested to its end */
export function blame(branches: readonly ResultNode[], domain: string): Blame {
  const meant = branches.filter((branch) => isMeant(branch));
  const suspects = meant.length > 0 ? meant : branches.filter((branch) => isHost(branch) && !onlyNothingThere(branch));
  if (suspects.length === 0) return { finding: draft('autodiscover.not-found', { domain, hosts: hostsOf(domain) }) };
  const furthest = Math.max(...suspects.map(progress));
  return { branches: suspects.filter((branch) => progress(branch) === furthest).map(({ id }) => id) };
}

const hostsOf = (domain: string): string[] => [domain, `autodiscover.${domain}`];

function methodOf({ id }: ResultNode): SearchMethod {
  return id.slice(id.lastIndexOf('/') + 1) as SearchMethod;
}

/** Whether somebody set this way up for clients to go. */
function isMeant(branch: ResultNode): boolean {
  switch (methodOf(branch)) {
    case 'https-root':
      return passed(branch, 'challenge');
    case 'https-autodiscover':
      return step(branch, 'dns')?.findings.every(({ code }) => code !== 'dns.host-not-found') ?? false;
    case 'http-redirect':
      return passed(branch, 'redirect');
    case 'srv':
      return passed(branch, 'lookup');
  }
}

/** The two at which a server itself is asked; the others only tell of one. */
function isHost(branch: ResultNode): boolean {
  const method = methodOf(branch);
  return method === 'https-root' || method === 'https-autodiscover';
}

/** Steps that went well, in plan order, up to where it stopped. */
function progress(branch: ResultNode): number {
  return [...walk(branch)].filter(
    ({ children, status }) => children.length === 0 && (status === 'passed' || status === 'warning'),
  ).length;
}

function passed(branch: ResultNode, key: string): boolean {
  const status = step(branch, key)?.status;
  return status === 'passed' || status === 'warning';
}

function step(branch: ResultNode, key: string): ResultNode | undefined {
  return branch.children.find(({ id }) => id === childId(branch.id, key));
}

function onlyNothingThere(branch: ResultNode): boolean {
  return codes(branch).every((code) => NOTHING_THERE.includes(code));
}

function codes(branch: ResultNode): FindingCode[] {
  const findings = [...walk(branch)].flatMap((node) => node.findings);
  return findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);
}
