/** Asks DNS which hosts a domain names for Autodiscover. RFC 2782; [MS-OXDISCO] 3.1.5.3 */
import type { Net } from '#lib/net/door.ts';
import type { ServiceHost, ServiceLookup } from '#lib/net/services.ts';
import { draft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';

/** `host` is the domain. */
export type SrvLookupInput = Subject;

/** The record by which a domain names its Autodiscover hosts. */
export const serviceNameOf = (domain: string): string => `_autodiscover._tcp.${domain}`;

export const srvLookup: Probe<Net, SrvLookupInput, ServiceLookup, readonly [ServiceHost, ...ServiceHost[]]> = {
  id: 'srv-lookup',
  titles: {
    planned: ({ host }) => title('srv-lookup.planned', { domain: host }),
    failed: ({ host }) => title('srv-lookup.failed', { domain: host }),
  },
  emits: ['autodiscover.srv-not-found', 'net.limit-reached'],
  observe: (net, { host }, signal) => net.resolveService(serviceNameOf(host), signal),
  judge: ({ name, records, dropped, evidence }, { host }) => {
    const [first, ...others] = records;
    if (first === undefined)
      return {
        ok: false,
        findings: [draft('autodiscover.srv-not-found', { domain: host, name })],
        evidence: [evidence],
      };
    const all = records.length + dropped;
    const findings =
      dropped === 0
        ? []
        : [
            draft(
              'net.limit-reached',
              { host: name, what: 'SRV records', limit: `${records.length} of ${all}` },
              'warning',
            ),
          ];
    return {
      ok: true,
      value: [first, ...others],
      title: title('srv-lookup.passed', { domain: host, target: records.map(({ target }) => target) }),
      findings,
      evidence: [evidence],
    };
  },
};
