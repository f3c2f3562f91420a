/** From redirect to redirect: each new place is looked at, its host judged, and only then asked. */
import type { Net } from '#lib/net/door.ts';
import { autodiscoverRedirect, type Onward } from '#lib/probes/autodiscover-redirect.ts';
import { hostIn, type Signpost } from '#lib/probes/judging/destination.ts';
import { POX_PATH } from '#lib/probes/judging/pox-request.ts';
import type { Trail } from '#lib/probes/judging/trail.ts';
import { draft } from '#lib/result/finding.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope, Worth } from '#lib/run/scope.ts';
import { planGroup, planStep } from '../plan.ts';
import { type Arrived, endpoint, type Opened, type Place, planEndpoint } from './endpoint.ts';
import type { MethodNotes } from './notes.ts';
import type { Search } from './search.ts';

/** A redirect, and the way that led to it. */
export interface Met {
  readonly signpost: Signpost;
  readonly trail: Trail;
}

/** Asks the usual place on a host, whose steps are planned in this scope, and goes where it leads. */
export async function pursueFrom(
  scope: Scope<Net>,
  host: string,
  search: Search,
  notes: MethodNotes,
): Promise<StepResult<Opened>> {
  if (!search.ground.takeEndpoint()) return tooMany(scope, host);
  const trail = search.trail.at(`https://${host}${POX_PATH}`);
  const place: Place = { host, port: 443, path: POX_PATH, trail };
  return goOn(scope, await endpoint(scope, place, search, notes), search, notes);
}

/**
 * Goes where a redirect leads, and from there on.
 * @param worth of the first place, where there are others to go to in its stead
 */
export async function pursue(
  scope: Scope<Net>,
  met: Met,
  search: Search,
  notes: MethodNotes,
  worth?: (result: StepResult<Arrived>) => Worth,
): Promise<StepResult<Opened>> {
  return goOn(scope, await follow(scope, met, search, notes, worth), search, notes);
}

async function goOn(
  scope: Scope<Net>,
  arrived: StepResult<Arrived>,
  search: Search,
  notes: MethodNotes,
): Promise<StepResult<Opened>> {
  let last = arrived;
  for (;;) {
    if (!last.ok) return last;
    if (last.value.kind === 'settings') return { ...last, value: last.value.opened };
    last = await follow(scope, last.value, search, notes);
  }
}

/** One redirect: a group of its own beside the steps that led to it. */
function follow(
  scope: Scope<Net>,
  { signpost, trail }: Met,
  search: Search,
  notes: MethodNotes,
  worth?: (result: StepResult<Arrived>) => Worth,
): Promise<StepResult<Arrived>> {
  const host = hostIn(signpost.from);
  const subject = { host, port: 443 };
  const key = search.ground.nextKey(scope.id);
  const look = planStep(autodiscoverRedirect, subject, 'place');
  scope.plan([planGroup(key, title('autodiscover.onward', { host }), [look])]);
  const goThere = async (group: Scope<Net>): Promise<StepResult<Arrived>> => {
    const input = { ...subject, signpost, trail, domain: search.domain };
    const onward = await group.step(autodiscoverRedirect, input, 'place');
    return onward.ok ? arrive(group, onward.value, search, notes) : onward;
  };
  return scope.group(key, goThere, worth);
}

function arrive(
  group: Scope<Net>,
  { destination, trail }: Onward,
  search: Search,
  notes: MethodNotes,
): Promise<StepResult<Arrived>> | StepResult<Arrived> {
  const { host } = destination;
  if (destination.kind === 'address')
    return search.again(group, { ...search, mailbox: destination.mailbox, domain: host, trail }, notes);
  const place: Place = { host, port: destination.port, path: destination.path, trail };
  group.plan(planEndpoint(place, search.context));
  return search.ground.takeEndpoint() ? endpoint(group, place, search, notes) : tooMany(group, host);
}

function tooMany(scope: Scope<Net>, host: string): StepResult<never> {
  const reason = 'too many servers were asked already';
  return scope.notTested('dns', draft('tool.not-tested', { what: `Autodiscover at ${host}`, reason }));
}
