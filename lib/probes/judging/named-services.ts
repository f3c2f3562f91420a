/** Which services the settings name, host by host, as far as a client outside can go there. */

import type { PoxProtocol } from '#lib/wire/autodiscover/pox.ts';
import { type Service, type ServiceUrl, serviceNames } from '#lib/wire/autodiscover/settings.ts';
import { readServiceUrl, whyOnlyInside } from './service-url.ts';
import type { SettingsDocument } from './settings-document.ts';

export interface NamedService {
  /** Unique within its host. */
  readonly key: string;
  readonly name: string;
  readonly path: string;
  /** AuthPackage of the protocol that it belongs to. */
  readonly promised: string | null;
  /** The mailbox itself. */
  readonly isMailbox: boolean;
  /** It is asked in its own way. */
  readonly speaks?: 'mapi';
}

export interface ServiceHost {
  readonly key: string;
  readonly host: string;
  readonly port: number;
  /** Without it there is no mailbox. */
  readonly isEssential: boolean;
  readonly services: readonly NamedService[];
  /** CertPrincipalName, where Outlook Anywhere goes through this host; null where it is not to be compared. */
  readonly principal: string | null;
}

/** More are nobody's mail system. */
const MOST_HOSTS = 8;
const MOST_SERVICES = 8;

/** What a client needs from outside. Pages for people, and what only other servers use, are looked at by nobody's mail client. */
const ASKED: readonly Service[] = ['MapiMailStore', 'MapiAddressBook', 'Ews', 'Oab', 'ActiveSync'];
const ESSENTIAL: readonly Service[] = ['MapiMailStore', 'MapiAddressBook'];
const RPC_PATH = '/rpc/rpcproxy.dll';

interface Named {
  readonly host: string;
  readonly port: number;
  readonly isEssential: boolean;
  readonly service: Omit<NamedService, 'key'>;
  readonly principal: string | null;
}

/** The hosts in the order in which the documents name them, as many as are looked at. */
export function namedServices(documents: readonly SettingsDocument[]): ServiceHost[] {
  return byHost(documents).slice(0, MOST_HOSTS).map(toHost);
}

/** How many hosts there are beyond those. */
export function leftOut(documents: readonly SettingsDocument[]): number {
  return Math.max(0, byHost(documents).length - MOST_HOSTS);
}

function byHost(documents: readonly SettingsDocument[]): Named[][] {
  const hasMapi = documents.some(({ urls }) => urls.some(isUsableMapi));
  const named = documents.flatMap(({ urls, protocols }) => [
    ...urls.flatMap(byUrl),
    ...protocols.flatMap((protocol) => byProxy(protocol, !hasMapi)),
  ]);
  return [...Map.groupBy(named, ({ host, port }) => `${host}:${port}`).values()];
}

const isUsableMapi = ({ service, side, url }: ServiceUrl): boolean =>
  service === 'MapiMailStore' && side !== 'internal' && readServiceUrl(url).ok;

function byUrl({ service, side, url }: ServiceUrl): Named[] {
  const read = readServiceUrl(url);
  if (!ASKED.includes(service) || side === 'internal' || !read.ok) return [];
  const { host, port, path } = read;
  const isEssential = ESSENTIAL.includes(service);
  return [
    {
      host,
      port,
      isEssential,
      principal: null,
      service: {
        ...{ name: serviceNames[service], path, promised: null, isMailbox: service === 'MapiMailStore' },
        ...(isEssential && { speaks: 'mapi' as const }),
      },
    },
  ];
}

/** Outlook Anywhere: the host of EXPR or EXHTTP, always at the same place. */
function byProxy(
  { key, side, server, ssl, authPackage, certPrincipalName }: PoxProtocol,
  isEssential: boolean,
): Named[] {
  if (
    (key !== 'expr' && key !== 'exhttp') ||
    side === 'internal' ||
    server === null ||
    !ssl ||
    whyOnlyInside(server) !== null
  )
    return [];
  const host = server.toLowerCase();
  if (!/^[a-z0-9._-]{1,253}$/.test(host)) return [];
  const isCompared = certPrincipalName !== null && !/^none$/i.test(certPrincipalName);
  const principal = key === 'expr' && isCompared ? certPrincipalName.slice(0, 500) : null;
  const service = { name: 'Outlook Anywhere', path: RPC_PATH, promised: authPackage, isMailbox: false };
  return [{ host, port: 443, isEssential: isEssential && key === 'expr', principal, service }];
}

function toHost(named: readonly Named[]): ServiceHost {
  const [first] = named;
  const host = first?.host ?? '';
  const port = first?.port ?? 443;
  // Each path once: an address book beside its mailbox, a URL that two documents give.
  const distinct = [...Map.groupBy(named, ({ service }) => service.path.toLowerCase()).values()].flatMap(
    (same) => same[0] ?? [],
  );
  return {
    key: port === 443 ? host : `${host}:${port}`,
    host,
    port,
    isEssential: named.some(({ isEssential }) => isEssential),
    services: distinct.slice(0, MOST_SERVICES).map(({ service }, at) => ({ ...service, key: `service-${at + 1}` })),
    principal: named.find(({ principal }) => principal !== null)?.principal ?? null,
  };
}
