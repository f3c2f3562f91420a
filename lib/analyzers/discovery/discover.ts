/** The search for the settings of a mailbox: every way that a client outside can go, side by side, in the order of one client. */
import type { Net } from '#lib/net/door.ts';
import { Trail } from '#lib/probes/judging/trail.ts';
import type { PlannedNode, ResultNode } from '#lib/result/node.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { outlookAsker } from '../clients.ts';
import type { Asking, Context } from '../context.ts';
import { planAlternatives } from '../plan.ts';
import { blame } from './blame.ts';
import { costOf } from './cost.ts';
import type { Arrived, Opened } from './endpoint.ts';
import { planMethod, runMethod, type SearchMethod } from './methods.ts';
import { MethodNotes } from './notes.ts';
import { Ground, type Search } from './search.ts';

export interface DiscoveryTarget {
  readonly mailbox: string;
  readonly domain: string;
}

/** What a search ends with, whether it found anything or not. */
export interface Discovery {
  /** The endpoint that a client would take its settings from. */
  readonly won: StepResult<Opened>;
  readonly notes: readonly MethodNotes[];
  readonly search: Search;
}

/** The plan of a search. */
export function planDiscovery(
  key: string,
  { mailbox, domain }: DiscoveryTarget,
  order: readonly SearchMethod[],
  asking: Asking,
): PlannedNode {
  return planAlternatives(
    key,
    title('autodiscover.title', { mailbox }),
    order.map((method) => planMethod(method, domain, asking)),
  );
}

/** Searches for the mailbox that the person entered. */
export async function discover(
  scope: Scope<Net>,
  key: string,
  { mailbox, domain }: DiscoveryTarget,
  { order, context }: { readonly order: readonly SearchMethod[]; readonly context: Context },
): Promise<Discovery> {
  const asker = outlookAsker(context.client);
  const notes = order.map((method) => new MethodNotes(method, asker));
  const again: Search['again'] = (group, onward, own) => searchAgain(group, onward, order, own);
  const search: Search = {
    mailbox,
    domain,
    context,
    ground: new Ground(domain),
    trail: Trail.of(mailbox),
    isBeaten: async () => false,
    again,
  };
  const won = await searchAll(scope, key, search, order, (method) => notes.find((each) => each.method === method));
  return { won, notes, search };
}

function searchAll(
  scope: Scope<Net>,
  key: string,
  search: Search,
  order: readonly SearchMethod[],
  notesOf: (method: SearchMethod) => MethodNotes | undefined,
): Promise<StepResult<Opened>> {
  const asker = outlookAsker(search.context.client);
  const ends = order.map(() => Promise.withResolvers<boolean>());
  const isBeatenAt = (place: number) => async (): Promise<boolean> => {
    const earlier = await Promise.all(ends.slice(0, place).map(({ promise }) => promise));
    return earlier.includes(true) || search.isBeaten();
  };
  return scope.alternatives(key, {
    branches: order.map((method, place) => ({
      key: method,
      body: async (branch) => {
        const own = { ...search, isBeaten: isBeatenAt(place) };
        const through = search.context.budget.approach();
        let works = false;
        try {
          const result = await runMethod(branch, method, own, notesOf(method) ?? new MethodNotes(method, asker));
          works = result.ok;
          return result;
        } finally {
          ends[place]?.resolve(works);
          through();
        }
      },
    })),
    blame: (failed: readonly ResultNode[]) => blame(failed, search.domain),
    cost: costOf,
  });
}

/** A mailbox that has moved: the whole search, for its new address. */
async function searchAgain(
  group: Scope<Net>,
  search: Search,
  order: readonly SearchMethod[],
  notes: MethodNotes,
): Promise<StepResult<Arrived>> {
  group.plan([planDiscovery('methods', search, order, search.context)]);
  const won = await searchAll(group, 'methods', search, order, () => notes);
  return won.ok ? { ...won, value: { kind: 'settings', opened: won.value } } : won;
}
