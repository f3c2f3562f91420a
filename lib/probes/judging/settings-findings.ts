/** What is wrong with settings that Outlook can read. */
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { PoxSettings } from '#lib/wire/autodiscover/pox.ts';
import { type ServiceUrl, serviceNames } from '#lib/wire/autodiscover/settings.ts';
import { readServiceUrl } from './service-url.ts';

/** Without these there is no mailbox; every other service is a part of what a person does with it. */
const ESSENTIAL: readonly ServiceUrl['service'][] = ['MapiMailStore', 'MapiAddressBook'];
/** More are not listed one by one: the server names them all in the same way. */
const MOST_FINDINGS = 12;

/** Addresses that cannot be used, and those that only clients inside can use; each service once. */
export function urlFindings({ protocols }: PoxSettings, host: string): FindingDraft[] {
  const urls = protocols.flatMap((protocol) => protocol.urls);
  const findings = [...Map.groupBy(urls, ({ service }) => service)].flatMap(([, own]) =>
    serviceFindings(own, urls, host),
  );
  const distinct = new Map(findings.map((finding) => [JSON.stringify([finding.code, finding.args.url]), finding]));
  return [...distinct.values()].slice(0, MOST_FINDINGS);
}

function serviceFindings(own: readonly ServiceUrl[], all: readonly ServiceUrl[], host: string): FindingDraft[] {
  const forOutside = own.filter(({ side }) => side !== 'internal');
  const broken = own.flatMap((url) => brokenFinding(url, host));
  const onlyInside = forOutside.flatMap((url) => insideFinding(url, host));
  const [internal] = own;
  // EXCH is the inside's own section: that a service stands there means nothing, as long as it stands elsewhere too.
  const missing = forOutside.length === 0 && internal !== undefined ? unpublished(internal, all, host) : [];
  return [...broken, ...onlyInside, ...missing];
}

function brokenFinding({ service, side, url }: ServiceUrl, host: string): FindingDraft[] {
  const read = readServiceUrl(url);
  if (read.ok || read.inside) return [];
  const args = { host, service: serviceNames[service], url, reason: read.reason };
  const isWorst = ESSENTIAL.includes(service) && side !== 'internal';
  return [isWorst ? draft('autodiscover.url-not-https', args) : draft('autodiscover.url-not-https', args, 'warning')];
}

function insideFinding({ service, url }: ServiceUrl, host: string): FindingDraft[] {
  const read = readServiceUrl(url);
  if (read.ok || !read.inside) return [];
  return [internalOnly(service, { host, service: serviceNames[service], url, reason: read.reason })];
}

/** Of a document that has nothing for outside only the mailbox is said: the rest goes without saying. */
function unpublished({ service, url }: ServiceUrl, all: readonly ServiceUrl[], host: string): FindingDraft[] {
  const isEssential = ESSENTIAL.includes(service);
  if (!isEssential && all.every(({ side }) => side === 'internal')) return [];
  const reason = 'is all there is, and no address for outside is published';
  const args = { host, service: serviceNames[service], url, reason };
  // Outlook takes the inner address first wherever it can: one with a public name may well work outside.
  const isLost = isEssential && !readServiceUrl(url).ok;
  return [
    isLost ? draft('autodiscover.url-internal-only', args) : draft('autodiscover.url-internal-only', args, 'warning'),
  ];
}

function internalOnly(
  service: ServiceUrl['service'],
  args: { host: string; service: string; url: string; reason: string },
): FindingDraft {
  return ESSENTIAL.includes(service)
    ? draft('autodiscover.url-internal-only', args)
    : draft('autodiscover.url-internal-only', args, 'warning');
}

/** Protocols that go through a web server and do not say how to sign in there: clients then try, and people see prompts. */
export function authPackageFindings({ protocols }: PoxSettings, host: string): FindingDraft[] {
  const silent = protocols.filter(
    ({ key, server, authPackage }) => (key === 'expr' || key === 'exhttp') && server !== null && authPackage === null,
  );
  if (silent.length === 0) return [];
  return [draft('autodiscover.no-auth-package', { host, protocols: [...new Set(silent.map(({ type }) => type))] })];
}
