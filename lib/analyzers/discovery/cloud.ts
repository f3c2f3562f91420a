/** Microsoft 365, where the person wants it asked: Outlook asks there first, whatever the domain. */
import type { Net } from '#lib/net/door.ts';
import { type CloudAnswer, cloudAutodiscover } from '#lib/probes/cloud-autodiscover.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { Context } from '../context.ts';
import { acceptsAgain, planHost, reachHost } from '../host.ts';
import { planGroup, planStep } from '../plan.ts';

/** Where Outlook's direct connection goes. */
export const CLOUD_HOST = 'outlook.office365.com';
const SUBJECT = { host: CLOUD_HOST, port: 443 };

/** The plan; nothing where it must not be asked. */
export function planCloud(asked: boolean): PlannedNode[] {
  if (!asked) return [];
  const steps = [...planHost(SUBJECT), planStep(cloudAutodiscover, SUBJECT, 'answer')];
  return [planGroup('cloud', title('autodiscover.cloud', {}), steps)];
}

/** Runs it; null where it was not asked. Nothing secret goes there. */
export async function askCloud(
  scope: Scope<Net>,
  mailbox: string,
  context: Context,
): Promise<StepResult<CloudAnswer> | null> {
  if (!context.askMicrosoft) return null;
  return scope.group(
    'cloud',
    async (group) => {
      const session = await reachHost(group, SUBJECT, { ...context, clientCertificate: null });
      if (!session.ok) return session;
      const way = { session: session.value, accept: acceptsAgain(SUBJECT, context) };
      return group.step(cloudAutodiscover, { ...SUBJECT, mailbox, way }, 'answer');
    },
    'aside',
  );
}
