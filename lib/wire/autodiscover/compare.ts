/**
 * Several documents laid side by side: what differs between them. Letters of a host, a port that goes without saying and a slash at
 * the end make no difference, nor does it make one if a document lacks what its kind never says.
 */
import { type Comparable, type Fact, type Facts, factsOf } from './facts.ts';
import { type Service, type ServiceUrl, type Side, serviceNames } from './settings.ts';

export type { Comparable } from './facts.ts';

export interface Labelled {
  /** How the caller calls it; means nothing here. */
  readonly label: string;
  readonly document: Comparable;
  /** What was asked: only answers to the same question have to name the same protocols. */
  readonly question: string;
}

export interface Difference {
  /** In words: "Exchange Web Services (external)", "the server of EXPR". */
  readonly setting: string;
  /** In the order of the documents, as they stand there; null where a document has none. */
  readonly values: readonly (string | null)[];
}

/** What is not the same everywhere. */
export function differences(documents: readonly Labelled[]): readonly Difference[] {
  const all = documents.map(({ document, question }) => ({ question, ...factsOf(document) }));
  const services = new Set(all.flatMap(({ urls }) => urls.map(({ service }) => service)));
  // Each such address is for something else.
  services.delete('Other');
  return [
    ...protocolDifferences(all),
    ...[...services].flatMap((service) => serviceDifferences(service, all)),
    ...valueDifferences(all),
  ];
}

type Asked = Facts & { readonly question: string };

function protocolDifferences(all: readonly Asked[]): readonly Difference[] {
  const isDifferent = all.some((one) =>
    all.some(
      (other) =>
        one.question === other.question &&
        one.protocols !== null &&
        other.protocols !== null &&
        one.protocols !== other.protocols,
    ),
  );
  return isDifferent ? [{ setting: 'the protocols', values: all.map(({ protocols }) => protocols) }] : [];
}

function valueDifferences(all: readonly Asked[]): readonly Difference[] {
  const settings = new Set(all.flatMap(({ values }) => [...values.keys()]));
  return [...settings].flatMap((setting) => {
    const facts = all.map(({ values }) => values.get(setting) ?? null);
    return row(setting, facts);
  });
}

/** Null stands for a document that does not speak of such things. */
function row(setting: string, facts: readonly (Fact | null)[]): readonly Difference[] {
  const keys = new Set(facts.flatMap((fact) => (fact === null ? [] : [fact.key])));
  return keys.size > 1 ? [{ setting, values: facts.map((fact) => fact?.value ?? null) }] : [];
}

const SIDES: readonly Side[] = ['internal', 'external'];

function serviceDifferences(service: Service, all: readonly Asked[]): readonly Difference[] {
  const own = all.map((one) => ({ ...one, urls: one.urls.filter((url) => url.service === service) }));
  const name = serviceNames[service];
  const stated = SIDES.flatMap((side) =>
    row(
      `${name} (${side})`,
      own.map((one) => sideFact(one, service, side)),
    ),
  );
  return [...stated, ...unstatedDifferences(name, own)];
}

function sideFact({ urls, speaksOf }: Asked, service: Service, side: Side): Fact | null {
  const stated = ofSide(urls, side);
  if (stated.length > 0) return toFact(stated);
  const isOpen = ofSide(urls, 'unstated').length > 0;
  return speaksOf(service, side) && !isOpen ? { value: null, key: null } : null;
}

/**
 * An address of which nobody says for whom it is may be the one for inside as well as the one for outside: it differs only from a
 * document that does not have it at all. Two answers to the same question have to agree in them, too.
 */
function unstatedDifferences(name: string, all: readonly Asked[]): readonly Difference[] {
  const isDifferent = all.some((one) => {
    const open = keysOf(ofSide(one.urls, 'unstated'));
    return open.size > 0 && all.some((other) => other !== one && !agrees(open, one, other));
  });
  if (!isDifferent) return [];
  const shown = all.map(({ urls }) => {
    const open = ofSide(urls, 'unstated');
    return toFact(open.length > 0 ? open : urls).value;
  });
  return [{ setting: name, values: shown }];
}

function agrees(open: ReadonlySet<string>, one: Asked, other: Asked): boolean {
  if (other.urls.length === 0) return true;
  const theirs = keysOf(ofSide(other.urls, 'unstated'));
  if (theirs.size > 0 && one.question === other.question)
    return [...open].every((key) => theirs.has(key)) && open.size === theirs.size;
  return [...keysOf(other.urls)].some((key) => open.has(key));
}

const ofSide = (urls: readonly ServiceUrl[], side: Side): readonly ServiceUrl[] =>
  urls.filter((url) => url.side === side);

const keysOf = (urls: readonly ServiceUrl[]): ReadonlySet<string> => new Set(urls.map(({ url }) => sameUrl(url)));

function toFact(urls: readonly ServiceUrl[]): Fact {
  const byKey = new Map(urls.map(({ url }) => [sameUrl(url), url]));
  const keys = [...byKey.keys()].sort();
  return keys.length === 0
    ? { value: null, key: null }
    : { key: keys.join(' '), value: keys.map((key) => byKey.get(key)).join(', ') };
}

/** One form for all the ways to write the same address. RFC 3986 6.2.2, 6.2.3 */
export function sameUrl(url: string): string {
  if (!URL.canParse(url)) return url.trim();
  const { protocol, host, pathname, search } = new URL(url);
  return `${protocol}//${host.replace(/\.(?=:|$)/, '')}${pathname.replace(/\/$/, '')}${search}`;
}
