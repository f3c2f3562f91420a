/** The services that the settings name: each host is reached as any other, and each service asked how to sign in. */

import type { Way } from '#lib/auth/signed-request.ts';
import type { Net } from '#lib/net/door.ts';
import { certificatePrincipal } from '#lib/probes/certificate-principal.ts';
import { channelBinding } from '#lib/probes/channel-binding.ts';
import { leftOut, type NamedService, namedServices, type ServiceHost } from '#lib/probes/judging/named-services.ts';
import type { SettingsDocument } from '#lib/probes/judging/settings-document.ts';
import { serviceChallenge } from '#lib/probes/service-challenge.ts';
import type { VettedSession } from '#lib/probes/vetted.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { Challenge } from '#lib/wire/http/challenge.ts';

import { acceptsAgain, planHost, reachHost } from '../host.ts';
import { planGroup, planStep } from '../plan.ts';
import { seeProtection } from '../protection.ts';
import type { Doors } from '../transports/doors.ts';
import type { Opened } from './endpoint.ts';
import type { Search } from './search.ts';

/** The group; what is in it is known only with the settings. */
export function planServices(): PlannedNode {
  return planGroup('services', title('autodiscover.services', {}), []);
}

/** Looks at all hosts side by side. */
export function lookAtServices(
  scope: Scope<Net>,
  opened: Opened,
  documents: readonly SettingsDocument[],
  search: Search,
  doors: Doors,
): Promise<StepResult<unknown>> {
  const hosts = namedServices(documents);
  for (const host of hosts) announce(host, doors);
  return scope.group('services', async (group) => {
    group.plan(hosts.map((host) => planServiceHost(host, isKnown(host, opened))));
    const beyond = leftOut(documents);
    if (beyond > 0) group.found(notLookedAt(beyond, hosts.length));
    const results = await Promise.all(
      hosts.map((host) =>
        group.group(
          host.key,
          (one) => lookAtHost(one, host, opened, search, doors),
          host.isEssential ? 'needed' : 'aside',
        ),
      ),
    );
    return results.find(({ ok }) => !ok) ?? { ok: true, node: group.id, value: undefined };
  });
}

function notLookedAt(beyond: number, looked: number): FindingDraft {
  const what = `${beyond} more of the hosts that the settings name`;
  return draft('tool.not-tested', { what, reason: `no more than ${looked} are looked at` });
}

/** Extended Protection is a setting of each service, and the mailbox is what matters: Autodiscover is often left out of it. */
async function seeAtMailbox(
  scope: Scope<Net>,
  { host, port, path, challenges }: Subject & { readonly path: string; readonly challenges: readonly Challenge[] },
  {
    opened,
    way,
    search,
    doors,
  }: {
    readonly opened: Opened;
    readonly way: Way;
    readonly search: Search;
    readonly doors: Doors;
  },
): Promise<void> {
  const { signIn: method, windows } = opened;
  const offered = challenges.map(({ scheme }) => scheme.toLowerCase());
  const isOffered = windows !== null && offered.includes(windows.manner.scheme.toLowerCase());
  if (!isOffered || (await search.ground.objectionTo(scope, host, search)) !== null) return scope.notNeeded('binding');
  if ((await doors.mailboxProof()) === 'refused') return scope.notNeeded('binding');
  const request = { method: 'GET', path, headers: [], body: '' } as const;
  const offersNegotiate = offered.includes('negotiate');
  const provenAt = `Autodiscover on ${opened.host}`;
  await seeProtection(scope, { host, port, way, request, method, windows, offersNegotiate, provenAt }, search.context);
}

/** The host that gave the settings was reached before. */
const isKnown = ({ host, port }: ServiceHost, opened: Opened): boolean => host === opened.host && port === opened.port;

function planServiceHost(named: ServiceHost, isReached: boolean): PlannedNode {
  const { key, host, services, principal } = named;
  return planGroup(key, title('autodiscover.service-host', { host, services: services.map(({ name }) => name) }), [
    ...(isReached ? [] : planHost(named)),
    ...(principal === null ? [] : [planStep(certificatePrincipal, named, 'principal')]),
    ...services.map(({ key: step }) => planStep(serviceChallenge, named, step)),
    ...(services.some(({ isMailbox }) => isMailbox) ? [planStep(channelBinding, named, 'binding')] : []),
  ]);
}

function announce(named: ServiceHost, doors: Doors): void {
  doors.expectHost(named);
  for (const { path } of named.services) doors.expectService(named, path);
}

/** Whoever waits for this host hears how it ended, whatever ended it. */
async function lookAtHost(
  scope: Scope<Net>,
  named: ServiceHost,
  opened: Opened,
  search: Search,
  doors: Doors,
): Promise<StepResult<unknown>> {
  const broken = { ok: false, node: scope.id, state: 'broken', codes: [] } as const;
  try {
    return await lookAt(scope, { ...named, doors }, opened, search);
  } finally {
    doors.toldHost(named, broken);
    for (const { path } of named.services) doors.toldService(named, path, broken);
  }
}

async function lookAt(
  scope: Scope<Net>,
  named: ServiceHost & { readonly doors: Doors },
  opened: Opened,
  search: Search,
): Promise<StepResult<unknown>> {
  const { context } = search;
  const { doors } = named;
  const reached: StepResult<VettedSession> = isKnown(named, opened)
    ? { ok: true, node: scope.id, value: opened.session }
    : await reachHost(scope, named, search.ground.contextFor(named.host, context));
  doors.toldHost(named, reached);
  if (!reached.ok) return reached;
  const session = reached.value;
  const way = { session, accept: acceptsAgain(named, context) };
  const { host, port, principal } = named;
  const checked =
    principal === null
      ? []
      : [scope.step(certificatePrincipal, { host, port, shown: session, principal }, 'principal')];
  // A host may name its mailbox twice; it is looked at once.
  const mailbox = named.services.find(({ isMailbox }) => isMailbox)?.key;
  const asked = named.services.map(async ({ key, name, path, promised, speaks }: NamedService) => {
    const seen = await scope.step(
      serviceChallenge,
      { host, port, service: name, path, promised, way, ...(speaks && { speaks }) },
      key,
    );
    doors.toldService(named, path, seen);
    if (key === mailbox)
      await seeAtMailbox(
        scope,
        { ...named, path, challenges: seen.ok ? seen.value : [] },
        { opened, way, search, doors },
      );
    return seen;
  });
  const results: StepResult<unknown>[] = await Promise.all([...checked, ...asked]);
  return results.find(({ ok }) => !ok) ?? { ok: true, node: scope.id, value: undefined };
}
