/**
 * What each kind of client would make of what a run has found: it goes its ways in its order until one of them gives settings that it
 * can use, or settings that it cannot. Pure: facts in, predictions out.
 */
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import { type Attempt, type ClientId, clientIds, clients, type EmulatedClient } from '../clients.ts';
import type { DiscoveryFacts, MethodFacts } from './facts.ts';
import type { ClientPrediction, TriedMethod } from './prediction.ts';
import { cloudAnswers, codes, type Reading, readAttempt } from './reading.ts';
import { documentNames, protocolNames } from './words.ts';

/** One for each client of the list, in its order. */
export function predictClients(facts: DiscoveryFacts): ClientPrediction[] {
  return clientIds.map((id) => {
    const client = clients[id];
    if (client.kind === 'emulated') return predict(id, client, facts);
    return { ...silent(id), outcome: 'not-tested', note: client.why };
  });
}

const silent = (client: ClientId) => ({ client, by: null, because: [], methods: [], totalMs: null, knows: [] });

interface Step {
  readonly attempt: Attempt;
  readonly facts: MethodFacts | null;
  readonly reading: Reading;
}

function predict(id: ClientId, client: EmulatedClient, facts: DiscoveryFacts): ClientPrediction {
  const steps = follow(client, facts);
  const last = steps.at(-1);
  const methods = steps.map(tried);
  const common = { ...silent(id), methods, totalMs: total(client, steps), note: note(client, steps) };
  if (last?.reading.kind === 'settings') {
    const { reading, attempt } = last;
    if (attempt.unsure) return { ...common, outcome: 'not-tested', totalMs: null };
    return { ...common, outcome: 'connects', by: attempt.method, knows: reading.knows };
  }
  if (last?.reading.kind === 'useless') return { ...common, outcome: 'blocked', because: last.reading.because };
  const open = steps.filter(isOpen);
  if (open.length === 0) return { ...common, outcome: 'blocked', because: obstacles(steps) };
  const because = open.some(isCloud) && facts.methods.some(hasMailbox) ? CLOUD_FIRST : obstacles(open);
  return { ...common, outcome: 'not-tested', because, totalMs: null };
}

const CLOUD_FIRST: readonly FindingCode[] = ['autodiscover.cloud-first'];
const isCloud = ({ attempt }: Step): boolean => attempt.method === 'cloud';
const hasMailbox = ({ method, outcome }: MethodFacts): boolean => method !== 'cloud' && outcome === 'works';

/** Its steps, as far as it goes. */
function follow(client: EmulatedClient, { methods }: DiscoveryFacts): Step[] {
  const steps: Step[] = [];
  for (const attempt of client.order) {
    const facts = methods.find(({ method }) => method === attempt.method) ?? null;
    const reading = facts === null ? unseen : readAttempt(client, attempt, facts);
    steps.push({ attempt, facts, reading });
    if (ends(client, reading, facts)) break;
  }
  return steps;
}

const unseen: Reading = { kind: 'unknown', because: [], answers: false, open: 'method' };

function ends({ stopsWhenRefused }: EmulatedClient, reading: Reading, facts: MethodFacts | null): boolean {
  if (reading.kind === 'settings' || reading.kind === 'useless') return true;
  if (reading.kind === 'unknown' && reading.answers) return true;
  if (!stopsWhenRefused) return false;
  // Where nobody signed in, it may be refused as well as let in.
  if (reading.kind === 'unknown') return facts !== null && facts.signIn.length > 0;
  return reading.kind === 'locked-out' || facts?.because.includes('auth.rejected') === true;
}

/** Nobody has to ask Microsoft 365; whoever has not asked takes it that the address is not known there. */
const wasNotAsked = ({ attempt, facts }: Step): boolean =>
  attempt.method === 'cloud' && (facts === null || (facts.outcome === 'not-tested' && !cloudAnswers(facts)));

const isOpen = (step: Step): boolean => step.reading.kind === 'unknown' && !wasNotAsked(step);

/** What says only that no mail system is there: beside a mail system that is, it stands in nobody's way. */
const NOTHING_THERE: readonly FindingCode[] = [
  'dns.host-not-found',
  'tcp.refused',
  'http.not-found',
  'http.unexpected-answer',
  'http.unexpected-redirect',
  'http.verb-blocked',
  'autodiscover.srv-not-found',
  'autodiscover.no-redirect',
];

function obstacles(steps: readonly Step[]): FindingCode[] {
  const all = codes(steps.flatMap(({ reading }) => ('because' in reading ? reading.because : [])));
  const real = all.filter((code) => !NOTHING_THERE.includes(code));
  if (real.length > 0) return real;
  return all.length > 0 ? ['autodiscover.not-found'] : [];
}

function tried({ attempt: { method }, facts, reading }: Step): TriedMethod {
  return { method, result: results[reading.kind], elapsedMs: facts?.elapsedMs ?? null };
}

const results: Readonly<Record<Reading['kind'], TriedMethod['result']>> = {
  settings: 'settings',
  useless: 'unusable',
  'locked-out': 'unusable',
  nothing: 'nothing',
  unknown: 'unknown',
};

/** How long it waits: for one way after the other, or for the slowest of those whose turn comes before the winner's. */
function total({ pace }: EmulatedClient, steps: readonly Step[]): number | null {
  const waits = steps.filter((step) => !wasNotAsked(step)).map(({ facts }) => facts?.elapsedMs ?? null);
  const known = waits.filter((wait) => wait !== null);
  if (known.length < waits.length || known.length === 0) return null;
  return pace === 'all at once' ? Math.max(...known) : known.reduce((sum, wait) => sum + wait, 0);
}

/** What its users should know: of the client, and of this run. */
function note(client: EmulatedClient, steps: readonly Step[]): string {
  const last = steps.at(-1);
  const words = [
    client.note,
    steps.some(wasNotAsked) ? 'Microsoft 365, which it asks first, was not asked.' : '',
    last === undefined ? '' : remark(client, last),
    felt(steps),
  ];
  return words.filter((word) => word !== '').join(' ');
}

function remark({ speaks }: EmulatedClient, { attempt, facts, reading }: Step): string {
  switch (reading.kind) {
    case 'settings':
      return attempt.unsure ? 'Whether it goes this way no source says.' : '';
    case 'useless':
      return reading.because.length > 0 ? '' : `The settings hold no address for ${list(speaks, protocolNames)}.`;
    case 'unknown':
      if (attempt.method === 'cloud' || reading.open === 'method') return '';
      if (reading.open === 'address')
        return 'The address that it is given is one for inside, and may work outside as well.';
      if (reading.open === 'document') return `What it asks for (${list(attempt.reads, documentNames)}) was not asked.`;
      return `Whether it gets in there (${facts?.signIn.join(', ')}) was not tested.`;
    case 'locked-out':
    case 'nothing':
      return '';
  }
}

const list = <Id extends string>(ids: readonly Id[], names: Readonly<Record<Id, string>>): string =>
  ids.map((id) => names[id]).join(' or ');

function felt(steps: readonly Step[]): string {
  const noticed = codes(steps.flatMap(({ facts }) => facts?.felt ?? []));
  return noticed.length === 0 ? '' : `Its users notice on the way: ${noticed.join(', ')}.`;
}
