/** How mail clients find a mailbox: every way to the settings, every form of the answer, and what each kind of client makes of it. */
import type { Net } from '#lib/net/door.ts';
import { autodiscoverClients } from '#lib/probes/autodiscover-clients.ts';
import { autodiscoverComparison } from '#lib/probes/autodiscover-comparison.ts';
import type { CloudAnswer } from '#lib/probes/cloud-autodiscover.ts';
import { isMicrosoftHost } from '#lib/probes/judging/destination.ts';
import type { SettingsDocument } from '#lib/probes/judging/settings-document.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { predictClients } from './clients/predict.ts';
import { reportClients } from './clients/report.ts';
import { type WaysSeen, withTransports } from './clients/transports.ts';
import { protocolNames } from './clients/words.ts';
import { type ClientId, clientName, methodOrder } from './clients.ts';
import type { Context } from './context.ts';
import { askCloud, CLOUD_HOST, planCloud } from './discovery/cloud.ts';
import { type Discovery, type DiscoveryTarget, discover, planDiscovery } from './discovery/discover.ts';
import type { Opened } from './discovery/endpoint.ts';
import { factsOf } from './discovery/facts.ts';
import type { SearchMethod } from './discovery/methods.ts';
import type { MethodNotes } from './discovery/notes.ts';
import { lookAtServices, planServices } from './discovery/services.ts';
import { planStep } from './plan.ts';
import { Doors } from './transports/doors.ts';

export interface AutodiscoverTarget extends DiscoveryTarget {
  readonly client: ClientId;
  readonly askMicrosoft: boolean;
  readonly signInWith: Context['signInWith'];
}

const SEARCH = 'autodiscover';

/** The plan of the search alone. */
export function planSearch(target: AutodiscoverTarget): PlannedNode {
  return planDiscovery(SEARCH, target, orderOf(target.client), target);
}

/** Searches for the settings, in the order of the client in question. */
export function searchFor(scope: Scope<Net>, target: AutodiscoverTarget, context: Context): Promise<Discovery> {
  return discover(scope, SEARCH, target, { order: orderOf(target.client), context });
}

/** The plan of the test. */
export function planAutodiscover(target: AutodiscoverTarget): PlannedNode[] {
  const subject = { host: target.domain, port: 443 };
  return [
    ...planCloud(target.askMicrosoft),
    planSearch(target),
    planServices(),
    planStep(autodiscoverComparison, subject, 'comparison'),
    planStep(autodiscoverClients, subject, 'clients'),
  ];
}

/** Runs the test. Ends with the endpoint that the chosen client takes its settings from. */
export async function autodiscover(
  scope: Scope<Net>,
  target: AutodiscoverTarget,
  context: Context,
): Promise<StepResult<Opened>> {
  const found = await search(scope, target, context);
  await Promise.all([
    lookAtNamed(scope, found.discovery, new Doors(false)),
    compare(scope, target, found.discovery),
    tellClients(scope, target, found, null),
  ]);
  return found.discovery.won;
}

/** What the search has led to, and what Microsoft 365 says. */
export interface Found {
  readonly discovery: Discovery;
  readonly cloud: StepResult<CloudAnswer> | null;
}

/** Searches for the settings, and asks Microsoft 365 if the person likes. */
export async function search(scope: Scope<Net>, target: AutodiscoverTarget, context: Context): Promise<Found> {
  const [cloud, discovery] = await Promise.all([
    askCloud(scope, target.mailbox, context),
    searchFor(scope, target, context),
  ]);
  return { cloud, discovery };
}

/** Those that the winner's own documents name: a client knows no others. */
export async function lookAtNamed(scope: Scope<Net>, { won, notes, search }: Discovery, doors: Doors): Promise<void> {
  const own = notes.find(({ method }) => won.ok && method === won.value.method);
  if (won.ok && own !== undefined) await lookAtServices(scope, won.value, documentsOf([own]), search, doors);
}

/** All answers side by side. */
export async function compare(scope: Scope<Net>, { domain }: DiscoveryTarget, { notes }: Discovery): Promise<void> {
  const input = { host: domain, port: 443, documents: documentsOf(notes) };
  await scope.step(autodiscoverComparison, input, 'comparison');
}

/** What each client makes of it. @param ways how the transports went; null where they were not tried */
export async function tellClients(
  scope: Scope<Net>,
  target: AutodiscoverTarget,
  { discovery: { won, notes }, cloud }: Found,
  ways: WaysSeen | null,
): Promise<void> {
  const search = scope.look(SEARCH);
  const settled = predictClients(factsOf(notes, search, cloud));
  const predictions = ways === null ? settled : withTransports(settled, ways, target.client);
  const { clients, evidence } = reportClients(predictions);
  scope.tellClients(clients);
  const own = settled.find(({ client }) => client === target.client);
  const isBlocked = own?.outcome === 'blocked' && search.status !== 'failed';
  await scope.step(
    autodiscoverClients,
    {
      ...{ host: target.domain, port: 443, table: evidence },
      cloudFirst: won.ok ? cloudFirst(target, won.value.host, cloud) : null,
      leftOut: won.ok && isBlocked ? leftOut(target, won.value.host, documentsOf(notes)) : null,
      asking: notes.flatMap(({ host, signIn }) => (host !== null && signIn.length > 0 ? [host] : [])),
    },
    'clients',
  );
}

/** Only for a client that asks there by itself. */
function cloudFirst({ mailbox, client }: AutodiscoverTarget, host: string, cloud: StepResult<CloudAnswer> | null) {
  const answers = cloud?.ok === true && cloud.value.url !== null;
  return answers && methodOrder(client).includes('cloud') && !isMicrosoftHost(host)
    ? { mailbox, host, cloud: CLOUD_HOST }
    : null;
}

function leftOut({ client }: AutodiscoverTarget, host: string, documents: readonly SettingsDocument[]) {
  const offers = documents.flatMap((document) => document.offers).filter(({ outside }) => outside);
  const offered = [...new Set(offers.map(({ protocol }) => protocolNames[protocol]))];
  return { host, client: clientName(client), offered: offered.length > 0 ? offered : ['nothing from outside'] };
}

/** All that was read on these ways. */
export function documentsOf(notes: readonly MethodNotes[]): SettingsDocument[] {
  return notes.flatMap(({ documents }) => Object.values(documents).filter((document) => document !== null));
}

/** The ways of the client, the vendor's cloud apart; a client that goes none of them by itself is shown the usual ones. */
function orderOf(client: ClientId): SearchMethod[] {
  const own = methodOrder(client).filter((method) => method !== 'cloud');
  const all: readonly SearchMethod[] = ['https-root', 'https-autodiscover', 'http-redirect', 'srv'];
  return [...own, ...all.filter((method) => !own.includes(method))];
}
