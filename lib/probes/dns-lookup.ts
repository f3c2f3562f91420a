/**
 * Looks up a host's addresses. Where it fails the failure has its own code; judged here is what is wrong although addresses came:
 * private ones among them, only one of two questions answered, a wildcard that stands behind all.
 */
import type { Net } from '#lib/net/door.ts';
import type { Forbidden, Resolution, Trouble } from '#lib/net/resolver.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Message } from '#lib/result/message.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { providerOf } from './judging/providers.ts';

export const dnsLookup: Probe<Net, Subject, Resolution, Resolution> = {
  id: 'dns-lookup',
  titles: {
    planned: ({ host }) => title('dns-lookup.planned', { host }),
    failed: ({ host }) => title('dns-lookup.failed', { host }),
  },
  emits: ['dns.internal-address', 'dns.lookup-failed', 'dns.lookup-timeout', 'dns.wildcard-answer', 'tool.not-tested'],
  observe: (net, { host, port }, signal) => net.resolve(host, port, signal, { wildcard: true }),
  judge: (seen, { host }) => ({
    ok: true,
    value: seen,
    title: passed(host, seen),
    findings: [
      ...internalAddresses(host, seen.forbidden ?? []),
      ...(seen.troubles ?? []).map((trouble) => halfAnswered(host, trouble)),
      ...(seen.wildcard === undefined ? [] : [draft('dns.wildcard-answer', { host, wildcard: seen.wildcard })]),
      ...untriedAddresses(host, seen),
    ],
    evidence: [seen.evidence],
  }),
};

function passed(host: string, { addresses, untried, aliases }: Resolution): Message {
  const count = addresses.length + (untried?.length ?? 0);
  const provider = providerOf(aliases ?? []);
  return provider === null
    ? title('dns-lookup.passed', { host, count })
    : title('dns-lookup.provided', { host, count, provider });
}

/** Nobody names more addresses in one sentence. */
const NAMED = 8;

function internalAddresses(host: string, forbidden: readonly Forbidden[]): FindingDraft[] {
  if (forbidden.length === 0) return [];
  const addresses = forbidden.map(({ address }) => address).slice(0, NAMED);
  const rule = [...new Set(forbidden.map((one) => one.rule))].join(', ');
  return [draft('dns.internal-address', { host, addresses, rule }, 'warning')];
}

/**
 * One family is there, and the question for the other one failed. It is a warning: some clients take the whole lookup for failed then
 * (musl), others ask every resolver again or wait. That a family has no addresses is no failure. RFC 4074
 */
function halfAnswered(host: string, { family, word, silent, resolver, waitedMs }: Trouble): FindingDraft {
  const what = `IPv${family} addresses`;
  if (silent) return draft('dns.lookup-timeout', { host, what, waited: waitedMs, resolver }, 'warning');
  return draft('dns.lookup-failed', { host, what, answer: word, resolver }, 'warning');
}

function untriedAddresses(host: string, { addresses, untried = [] }: Resolution): FindingDraft[] {
  if (untried.length === 0) return [];
  const what = `Connecting to ${untried.length} of the ${addresses.length + untried.length} addresses of ${host}`;
  return [draft('tool.not-tested', { what, reason: `no more than ${addresses.length} are tried` })];
}
