/** How Outlook finds its mailbox, first form: Autodiscover at the domain itself and at its `autodiscover` host, side by side. */
import type { Net } from '#lib/net/door.ts';
import type { PoxSettings } from '#lib/probes/autodiscover-settings.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { autodiscoverHost, planAutodiscoverHost } from './autodiscover-host.ts';
import { blame } from './blame.ts';
import type { Context } from './context.ts';
import { planAlternatives } from './plan.ts';

export interface OutlookTarget {
  readonly mailbox: string;
  readonly domain: string;
}

/** In the order in which Outlook tries them. [MS-OXDISCO] 3.1.5.2 */
function hostsOf({ domain }: OutlookTarget): readonly { key: string; host: string }[] {
  return [
    { key: 'https-root', host: domain },
    { key: 'https-autodiscover', host: `autodiscover.${domain}` },
  ];
}

/** The plan of the test. */
export function planOutlook(target: OutlookTarget): PlannedNode[] {
  const hosts = hostsOf(target).map(({ key, host }) => planAutodiscoverHost(key, { host, port: 443 }));
  return [planAlternatives('autodiscover', title('autodiscover.title', { mailbox: target.mailbox }), hosts)];
}

/** Runs the test. */
export function outlook(scope: Scope<Net>, target: OutlookTarget, context: Context): Promise<StepResult<PoxSettings>> {
  const hosts = hostsOf(target);
  return scope.alternatives('autodiscover', {
    branches: hosts.map(({ key, host }) => ({
      key,
      body: (branch) => autodiscoverHost(branch, { host, port: 443, mailbox: target.mailbox }, context),
    })),
    blame: (failed) =>
      blame(
        failed,
        target.domain,
        hosts.map(({ host }) => host),
      ),
  });
}
