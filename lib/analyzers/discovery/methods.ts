/** The ways to the settings that a client outside can go, each as one branch of the tree. [MS-OXDISCO] 3.1.5 */
import type { Net } from '#lib/net/door.ts';
import type { ServiceHost } from '#lib/net/services.ts';
import { dnsLookup } from '#lib/probes/dns-lookup.ts';
import { httpRedirect } from '#lib/probes/http-redirect.ts';
import type { Signpost } from '#lib/probes/judging/destination.ts';
import { POX_PATH } from '#lib/probes/judging/pox-request.ts';
import { serviceNameOf, srvLookup } from '#lib/probes/srv-lookup.ts';
import { tcpConnect } from '#lib/probes/tcp-connect.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { MethodId } from '../clients/facts.ts';
import type { Asking } from '../context.ts';
import { planGroup, planStep } from '../plan.ts';
import { type Opened, planEndpoint } from './endpoint.ts';
import type { MethodNotes } from './notes.ts';
import { pursue, pursueFrom } from './onward.ts';
import type { Search } from './search.ts';

/** Those that lead to a server which knows the mailbox; the vendor's cloud is asked beside them. */
export type SearchMethod = Exclude<MethodId, 'cloud'>;

const autodiscoverHost = (domain: string): string => `autodiscover.${domain}`;
const overTls = (host: string) => ({ host, port: 443 });
const overHttp = (host: string) => ({ host, port: 80 });

/** The plan of one way. */
export function planMethod(method: SearchMethod, domain: string, asking: Asking): PlannedNode {
  const host = autodiscoverHost(domain);
  switch (method) {
    case 'https-root':
      return planGroup(method, title('autodiscover.host', { host: domain }), planEndpoint(overTls(domain), asking));
    case 'https-autodiscover':
      return planGroup(method, title('autodiscover.host', { host }), planEndpoint(overTls(host), asking));
    case 'http-redirect':
      return planGroup(method, title('autodiscover.http-redirect', { host }), [
        planStep(dnsLookup, overHttp(host), 'dns'),
        planStep(tcpConnect, overHttp(host), 'tcp'),
        planStep(httpRedirect, overHttp(host), 'redirect'),
      ]);
    case 'srv':
      return planGroup(method, title('autodiscover.srv', { domain }), [planStep(srvLookup, overTls(domain), 'lookup')]);
  }
}

/** Goes one way to its end. */
export function runMethod(
  scope: Scope<Net>,
  method: SearchMethod,
  search: Search,
  notes: MethodNotes,
): Promise<StepResult<Opened>> {
  switch (method) {
    case 'https-root':
      return pursueFrom(scope, search.domain, search, notes);
    case 'https-autodiscover':
      return pursueFrom(scope, autodiscoverHost(search.domain), search, notes);
    case 'http-redirect':
      return overPort80(scope, search, notes);
    case 'srv':
      return byRecord(scope, search, notes);
  }
}

async function overPort80(scope: Scope<Net>, search: Search, notes: MethodNotes): Promise<StepResult<Opened>> {
  const subject = overHttp(autodiscoverHost(search.domain));
  const resolution = await scope.step(dnsLookup, subject, 'dns');
  if (!resolution.ok) return resolution;
  const dialed = await scope.step(tcpConnect, { ...subject, resolution: resolution.value }, 'tcp');
  if (!dialed.ok) return dialed;
  const signpost = await scope.step(httpRedirect, { ...subject, dialed: dialed.value }, 'redirect');
  return signpost.ok ? pursue(scope, { signpost: signpost.value, trail: search.trail }, search, notes) : signpost;
}

/** A record may name several hosts. A client goes on to the next where one does not answer, and not where one says no. RFC 2782 */
const MOST_TARGETS = 3;

async function byRecord(scope: Scope<Net>, search: Search, notes: MethodNotes): Promise<StepResult<Opened>> {
  const { domain, trail } = search;
  const found = await scope.step(srvLookup, overTls(domain), 'lookup');
  if (!found.ok) return found;
  const [first, ...others] = found.value.slice(0, MOST_TARGETS);
  const follow = (target: ServiceHost, left: number) => {
    const met = { signpost: signpostOf(target, domain), trail };
    return pursue(scope, met, search, notes, (result) => (left > 0 && isUnreached(result) ? 'aside' : 'needed'));
  };
  let last = await follow(first ?? found.value[0], others.length);
  for (const [at, target] of others.entries()) {
    if (!isUnreached(last)) return last;
    last = await follow(target, others.length - at - 1);
  }
  return last;
}

const isUnreached = (result: StepResult<unknown>): boolean =>
  !result.ok && result.codes.some((code) => UNREACHED.test(code));

const UNREACHED = /^(dns|tcp)\.|^tls\.(timeout|not-tls)$/;

/** Outlook takes no notice of the port. */
function signpostOf({ target }: ServiceHost, domain: string): Signpost {
  const location = `https://${target.replace(/\.$/, '')}${POX_PATH}`;
  return { from: serviceNameOf(domain), how: 'SRV record', location, kind: 'url' };
}
