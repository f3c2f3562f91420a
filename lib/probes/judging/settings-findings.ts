/** What is wrong with settings that Outlook can read. */
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { PoxSettings } from '#lib/wire/autodiscover/pox.ts';
import { type ServiceUrl, serviceNames } from '#lib/wire/autodiscover/settings.ts';
import type { Offer } from './offers.ts';
import type { OutlookAsker } from './pox-request.ts';
import { readServiceUrl, whyOnlyInside } from './service-url.ts';

/** Without these whoever speaks MAPI over HTTP has no mailbox; every other service is a part of what a person does with it. */
const ESSENTIAL: Readonly<Record<OutlookAsker, readonly ServiceUrl['service'][]>> = {
  outlook: ['MapiMailStore', 'MapiAddressBook'],
  'older-outlook': [],
};
/** More are not listed one by one: the server names them all in the same way. */
const MOST_FINDINGS = 12;

/** Who gave the settings, and to whom. */
interface Given {
  readonly host: string;
  readonly asker: OutlookAsker;
}

/** Addresses that cannot be used, and those that only clients inside can use; each service once. */
export function urlFindings({ protocols }: PoxSettings, given: Given): FindingDraft[] {
  const urls = protocols.flatMap((protocol) => protocol.urls);
  const findings = [...Map.groupBy(urls, ({ service }) => service)].flatMap(([, own]) =>
    serviceFindings(own, urls, given),
  );
  const distinct = new Map(findings.map((finding) => [JSON.stringify([finding.code, finding.args.url]), finding]));
  return [...distinct.values()].slice(0, MOST_FINDINGS);
}

function serviceFindings(own: readonly ServiceUrl[], all: readonly ServiceUrl[], given: Given): FindingDraft[] {
  const forOutside = own.filter(({ side }) => side !== 'internal');
  const broken = own.flatMap((url) => brokenFinding(url, given));
  const onlyInside = forOutside.flatMap((url) => insideFinding(url, given));
  const [internal] = own;
  // EXCH is the inside's own section: that a service stands there means nothing, as long as it stands elsewhere too.
  const missing = forOutside.length === 0 && internal !== undefined ? unpublished(internal, all, given) : [];
  return [...broken, ...onlyInside, ...missing];
}

function brokenFinding({ service, side, url }: ServiceUrl, { host, asker }: Given): FindingDraft[] {
  const read = readServiceUrl(url);
  if (read.ok || read.inside) return [];
  const args = { host, service: serviceNames[service], url, reason: read.reason };
  const isWorst = ESSENTIAL[asker].includes(service) && side !== 'internal';
  return [isWorst ? draft('autodiscover.url-not-https', args) : draft('autodiscover.url-not-https', args, 'warning')];
}

function insideFinding({ service, url }: ServiceUrl, { host, asker }: Given): FindingDraft[] {
  const read = readServiceUrl(url);
  if (read.ok || !read.inside) return [];
  const args = { host, service: serviceNames[service], url, reason: read.reason };
  return [internalOnly(args, ESSENTIAL[asker].includes(service))];
}

const NONE_FOR_OUTSIDE = 'is all there is, and no address for outside is published';

/** Of a document that has nothing for outside only the mailbox is said: the rest goes without saying. */
function unpublished({ service, url }: ServiceUrl, all: readonly ServiceUrl[], { host, asker }: Given): FindingDraft[] {
  const isEssential = ESSENTIAL[asker].includes(service);
  if (!isEssential && all.every(({ side }) => side === 'internal')) return [];
  const args = { host, service: serviceNames[service], url, reason: NONE_FOR_OUTSIDE };
  // Outlook takes the inner address first wherever it can: one with a public name may well work outside.
  return [internalOnly(args, isEssential && !readServiceUrl(url).ok)];
}

function internalOnly(
  args: { host: string; service: string; url: string; reason: string },
  isLost: boolean,
): FindingDraft {
  return isLost
    ? draft('autodiscover.url-internal-only', args)
    : draft('autodiscover.url-internal-only', args, 'warning');
}

/** Outlook Anywhere that leads nowhere from outside: it is named by its host alone, and stands among no addresses. */
export function proxyFindings(proxies: readonly Offer[], { host }: Given): FindingDraft[] {
  const names = new Set(proxies.map(({ address }) => address));
  return [...names].slice(0, MOST_FINDINGS).map((url) => {
    const reason = whyOnlyInside(url) ?? NONE_FOR_OUTSIDE;
    return internalOnly({ host, service: 'Outlook Anywhere', url, reason }, true);
  });
}

/** Protocols that go through a web server and do not say how to sign in there: clients then try, and people see prompts. */
export function authPackageFindings({ protocols }: PoxSettings, host: string): FindingDraft[] {
  const silent = protocols.filter(
    ({ key, server, authPackage }) => (key === 'expr' || key === 'exhttp') && server !== null && authPackage === null,
  );
  if (silent.length === 0) return [];
  return [draft('autodiscover.no-auth-package', { host, protocols: [...new Set(silent.map(({ type }) => type))] })];
}
