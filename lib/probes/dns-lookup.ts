/** Looks up a host's addresses. Failures of the lookup become findings by their own code; what is left to judge is the good case. */
import type { Net } from '#lib/net/door.ts';
import type { Resolution } from '#lib/net/resolver.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';

export const dnsLookup: Probe<Net, Subject, Resolution, Resolution> = {
  id: 'dns-lookup',
  titles: {
    planned: ({ host }) => title('dns-lookup.planned', { host }),
    failed: ({ host }) => title('dns-lookup.failed', { host }),
  },
  emits: [],
  observe: (net, { host, port }, signal) => net.resolve(host, port, signal),
  judge: (seen, { host }) => ({
    ok: true,
    value: seen,
    title: title('dns-lookup.passed', { host, count: seen.addresses.length }),
    evidence: [seen.evidence],
  }),
};
