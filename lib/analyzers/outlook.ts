/** How Outlook comes to its mailbox: the settings, then the mailbox and the address book by every transport, side by side. */
import type { Net } from '#lib/net/door.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { compare, lookAtNamed, planAutodiscover, search, tellClients } from './autodiscover.ts';
import type { Context } from './context.ts';
import type { OutlookRequest } from './mapi-request.ts';
import { Doors } from './transports/doors.ts';
import { openMailbox, planTransports } from './transports/transports.ts';

/** The plan of the test. */
export function planOutlook(request: OutlookRequest): PlannedNode[] {
  const [clients, ...before] = planAutodiscover(request).toReversed();
  return [...before.toReversed(), planTransports(request), ...(clients === undefined ? [] : [clients])];
}

/** Runs the test. Ends well where a client could open the mailbox. */
export async function outlook(
  scope: Scope<Net>,
  request: OutlookRequest,
  context: Context,
): Promise<StepResult<unknown>> {
  const found = await search(scope, request, context);
  const doors = new Doors(true);
  const [opened] = await Promise.all([
    // The services announce where they go before anybody else goes there.
    Promise.all([
      lookAtNamed(scope, found.discovery, doors),
      openMailbox(scope, request, found.discovery, doors, context).finally(() => doors.toldMailbox('unknown')),
    ]),
    compare(scope, request, found.discovery),
  ]);
  const [, transports] = opened;
  await tellClients(scope, request, found, transports?.ways ?? null);
  return transports?.result ?? found.discovery.won;
}
