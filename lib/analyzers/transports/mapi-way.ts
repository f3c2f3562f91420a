/** The way to the mailbox by MAPI over HTTP: whether it is offered, its entrances, and what is behind them. */
import type { Net } from '#lib/net/door.ts';
import type { SettingsDocument } from '#lib/probes/judging/settings-document.ts';
import { mapiOffer } from '#lib/probes/mapi-offer.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { Context } from '../context.ts';
import type { Opened } from '../discovery/endpoint.ts';
import type { Search } from '../discovery/search.ts';
import type { Looking } from '../mapi-request.ts';
import { planGroup, planStep } from '../plan.ts';
import type { Doors } from './doors.ts';
import { type Entrance, enter, type Inside } from './enter.ts';
import { type MapiTarget, planMapi, runMapi } from './mapi.ts';

/** What Autodiscover has led to. */
export interface Settled {
  readonly opened: Opened;
  /** The winner's own. */
  readonly documents: readonly SettingsDocument[];
  readonly search: Search;
  readonly doors: Doors | null;
}

export const MAPI_WAY = 'mapi-http';

/** The plan; what follows the offer is known only with the settings. */
export function planMapiWay(host: string): PlannedNode {
  return planGroup(MAPI_WAY, title('mapi.title', {}), [planStep(mapiOffer, { host, port: 443 }, 'offer')]);
}

/** Runs the branch. @param isWanted whether it is this way alone that is tested */
export async function mapiWay(
  scope: Scope<Net>,
  settled: Settled,
  { user, looking, isWanted }: { readonly user: string; readonly looking: Looking; readonly isWanted: boolean },
  context: Context,
): Promise<StepResult<null>> {
  const { opened, documents, search, doors } = settled;
  const { host, port, mailbox } = opened;
  const offer = await scope.step(mapiOffer, { host, port, mailbox, documents, isWanted }, 'offer');
  if (!offer.ok) return offer;
  const { urls, dn, displayName } = offer.value;
  const target: MapiTarget = { mailbox, user, looking, urls, isAnnounced: true, dn, displayName };
  const [box, book] = [entranceAt(urls.mailbox, mailbox), entranceAt(urls.addressBook, mailbox)];
  const known = (entrance: Entrance) => ({
    ...settled,
    isPlanned: false,
    objection: () => search.ground.objectionTo(scope, entrance.host, search),
  });
  const inMailbox = enter(scope, box, known(box), search.ground.contextFor(box.host, context));
  if (doors !== null) void tellProof(inMailbox, doors);
  const isSame = box.host === book.host && box.port === book.port;
  const inBook = isSame ? inMailbox : enter(scope, book, known(book), search.ground.contextFor(book.host, context));
  const [entered] = await Promise.all([inMailbox, inBook]);
  // Whether it is reached or not: what could not be tried has to be seen.
  scope.plan(planMapi(box, book, target));
  if (!entered.ok) return entered;
  return runMapi(scope, target, { mailbox: inMailbox, addressBook: inBook }, context);
}

async function tellProof(entering: Promise<StepResult<Inside>>, doors: Doors): Promise<void> {
  const inside = await entering;
  if (inside.ok) doors.toldMailbox(await inside.value.firstUse.outcome);
}

/** The address of an endpoint as a place. */
export function entranceAt(url: string, mailbox: string): Entrance {
  const { hostname, port, pathname, search } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const path = pathname + search;
  return { host, port: port === '' ? 443 : Number(port), path, service: 'MAPI over HTTP', speaks: 'mapi', mailbox };
}
