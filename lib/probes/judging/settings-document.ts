/** One document with settings, as it is kept until all of them are laid side by side. */
import type { ComparisonEvidence, SettingsEvidence } from '#lib/result/evidence.ts';
import { type Comparable, sameUrl } from '#lib/wire/autodiscover/compare.ts';
import type { PoxSettings } from '#lib/wire/autodiscover/pox.ts';
import { type Row, type ServiceUrl, serviceNames } from '#lib/wire/autodiscover/settings.ts';
import { type Offer, poxOffers } from './offers.ts';

export interface SettingsDocument {
  readonly host: string;
  /** What was asked for: "POX with MAPI over HTTP". */
  readonly form: string;
  readonly offers: readonly Offer[];
  readonly urls: readonly ServiceUrl[];
  /** The protocols of Outlook's own document; empty in every other. */
  readonly protocols: PoxSettings['protocols'];
  /** For the comparison; null for a document that says too little. */
  readonly comparable: Comparable | null;
  /** Whose mailbox it is; null for a document that does not say. */
  readonly user: Pick<PoxSettings['user'], 'displayName' | 'legacyDn'> | null;
}

/** What fits on a page. */
const MOST_PROTOCOLS = 50;
const MOST_ROWS = 200;
const MOST_NAMES = 20;
const LONGEST_PATH = 300;
const LONGEST_VALUE = 2_000;

/** A document of Outlook's own, as it is kept. */
export function outlookDocument(settings: PoxSettings, host: string, form: string): SettingsDocument {
  return {
    host,
    form,
    offers: poxOffers(settings),
    urls: settings.protocols.flatMap(({ urls }) => urls),
    protocols: settings.protocols,
    comparable: settings,
    user: settings.user,
  };
}

/** The protocols in it, by the names that it gives them. */
export function protocolNamesIn({ protocols }: PoxSettings): string {
  const names = protocols.map(({ type }) => type.slice(0, 100)).slice(0, MOST_NAMES);
  return names.length === 0 ? 'none' : names.join(', ');
}

/** Where a document came from. */
export interface Origin {
  readonly host: string;
  /** How that host was found: "the SRV record". */
  readonly foundBy: string;
}

/** Evidence of an Outlook document, with the place of every value in it. */
export function poxEvidence(settings: PoxSettings, { host, foundBy }: Origin, form: string): SettingsEvidence {
  return {
    displayName: settings.user.displayName,
    source: host,
    method: foundBy,
    document: form,
    general: shownRows(settings.rows),
    unknown: shownRows(settings.unknown),
    protocols: settings.protocols.slice(0, MOST_PROTOCOLS).map(({ type, version, path, rows }) => ({
      type: type.slice(0, 100),
      version: version?.slice(0, 100) ?? null,
      rows: shownRows(rows),
      path: path.slice(0, LONGEST_PATH),
    })),
  };
}

/** Rows, cut to what fits on a page. */
export function shownRows(rows: readonly Row[]): { path: string; value: string }[] {
  return rows
    .slice(0, MOST_ROWS)
    .map(({ path, value }) => ({ path: path.slice(0, LONGEST_PATH), value: value.slice(0, LONGEST_VALUE) }));
}

/** Services whose addresses for inside and for outside are not the same; null where there are none. */
export function sidesEvidence(settings: PoxSettings): ComparisonEvidence | null {
  const urls = settings.protocols.flatMap((protocol) => protocol.urls);
  const rows = [...Map.groupBy(urls, ({ service }) => service)].flatMap(([service, own]) => {
    const say = (side: ServiceUrl['side']): string | null =>
      own.find((url) => url.side === side)?.url.slice(0, LONGEST_VALUE) ?? null;
    const [inside, outside] = [say('internal'), say('external')];
    const differs = inside !== null && outside !== null && !sameUrls(inside, outside);
    return differs ? [{ setting: serviceNames[service], values: [inside, outside], differs }] : [];
  });
  return rows.length === 0 ? null : { sources: ['inside', 'outside'], rows };
}

const sameUrls = (one: string, other: string): boolean => sameUrl(one) === sameUrl(other);
