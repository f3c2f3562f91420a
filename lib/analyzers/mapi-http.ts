/** One mailbox by MAPI over HTTP alone: at the address that was typed in, or the one that Autodiscover names. */
import type { Net } from '#lib/net/door.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { documentsOf, planSearch, searchFor } from './autodiscover.ts';
import type { Context } from './context.ts';
import type { MapiRequest } from './mapi-request.ts';
import { enter, planEntrance } from './transports/enter.ts';
import { type MapiTarget, planMapi, runMapi } from './transports/mapi.ts';
import { entranceAt, MAPI_WAY, mapiWay, planMapiWay } from './transports/mapi-way.ts';

/** The plan of the test. */
export function planMapiHttp(request: MapiRequest): PlannedNode[] {
  if (request.server === null) return [planSearch(request), planMapiWay(request.domain)];
  const place = entranceAt(request.server, request.mailbox);
  return [...planEntrance(place, request.signInWith), ...planMapi(place, place, typedIn(request, request.server))];
}

/** Runs the test. */
export async function mapiHttp(
  scope: Scope<Net>,
  request: MapiRequest,
  context: Context,
): Promise<StepResult<unknown>> {
  if (request.server !== null) return atAddress(scope, request, request.server, context);
  const { won, notes, search } = await searchFor(scope, request, context);
  if (!won.ok) return won;
  const own = notes.filter(({ method }) => method === won.value.method);
  const settled = { opened: won.value, documents: documentsOf(own), search, doors: null };
  const asked = { user: request.user, looking: request, isWanted: true };
  return scope.group(MAPI_WAY, (group) => mapiWay(group, settled, asked, context));
}

/** Nobody has said by what name the mailbox is known, nor where the address book is: it is beside the mailbox, and knows. */
function typedIn({ mailbox, user, longWaitMs, hideFolders }: MapiRequest, server: string): MapiTarget {
  const addressBook = new URL(server);
  addressBook.pathname = addressBook.pathname.replace(/\/emsmdb\b/i, '/nspi');
  const urls = { mailbox: server, addressBook: addressBook.href };
  const looking = { longWaitMs, hideFolders };
  return { mailbox, user, looking, urls, isAnnounced: false, dn: null, displayName: null };
}

async function atAddress(
  scope: Scope<Net>,
  request: MapiRequest,
  server: string,
  context: Context,
): Promise<StepResult<unknown>> {
  const entrance = entranceAt(server, request.mailbox);
  // Whoever types in an address wants to sign in there.
  const known = { opened: null, doors: null, isPlanned: true, objection: async () => null };
  const inside = await enter(scope, entrance, known, context);
  if (!inside.ok) return inside;
  const both = Promise.resolve(inside);
  return runMapi(scope, typedIn(request, server), { mailbox: both, addressBook: both }, context);
}
