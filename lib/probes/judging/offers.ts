/** Which ways to a mailbox a document offers, whatever its form. */
import type { PoxProtocol, PoxSettings } from '#lib/wire/autodiscover/pox.ts';
import type { ServiceUrl } from '#lib/wire/autodiscover/settings.ts';
import { readServiceUrl, whyOnlyInside } from './service-url.ts';

/** Protocols by which a client reaches a mailbox, by Autodiscover's own names where it has one. */
export const protocolIds = ['mapiHttp', 'exhttp', 'expr', 'exch', 'ews', 'activesync'] as const;
export type ProtocolId = (typeof protocolIds)[number];

/** A protocol that a document offers. */
export interface Offer {
  readonly protocol: ProtocolId;
  /** A URL, or the name of a host where the document has no more. */
  readonly address: string;
  /** A client outside could use it: https where it is a URL, and no name or address of the inside. */
  readonly outside: boolean;
}

/** What Outlook's own document offers. [MS-OXDSCLI] 2.2.4.1.1.2.6 */
export function poxOffers({ protocols }: PoxSettings): Offer[] {
  return [...protocols.flatMap(byServer), ...urlOffers(protocols.flatMap(({ urls }) => urls))];
}

/** What the addresses of any document offer. */
export function urlOffers(urls: readonly ServiceUrl[]): Offer[] {
  return urls.flatMap(({ service, side, url }) => {
    const protocol = BY_SERVICE[service];
    return protocol === undefined
      ? []
      : [{ protocol, address: url, outside: side !== 'internal' && readServiceUrl(url).ok }];
  });
}

const BY_SERVICE: Readonly<Partial<Record<ServiceUrl['service'], ProtocolId>>> = {
  MapiMailStore: 'mapiHttp',
  Ews: 'ews',
  ActiveSync: 'activesync',
};

/** EXCH is RPC over TCP and never leaves a network; the other two go through a proxy on this host. */
function byServer({ key, side, server }: PoxProtocol): Offer[] {
  if (server === null) return [];
  if (key === 'exch') return [{ protocol: 'exch', address: server, outside: false }];
  if (key !== 'expr' && key !== 'exhttp') return [];
  return [{ protocol: key, address: server, outside: side !== 'internal' && whyOnlyInside(server) === null }];
}
