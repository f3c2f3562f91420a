import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ORIGIN } from './dns/zone.ts';
import type { ClientKind } from './pki/client.ts';
import type { Mailbox } from './place.ts';
import type { HostLabel, World } from './world.ts';

/** The ports of a lab, the same on all of its addresses. */
export interface Ports {
  dns: number;
  https: number;
  http: number;
}

export const DEFAULT_PORT_BASE = 18_000;

/** Where the lab keeps its files unless told otherwise: `data/lab` in the project. */
export const DEFAULT_DATA = fileURLToPath(new URL('../../data/lab', import.meta.url));

/** The address at which the lab answers DNS queries. */
export const DNS_ADDRESS = '127.0.0.1';

const PASSWORD = 'Grüße:Lab-1';

export function portsFrom(base: number): Ports {
  return { dns: base + 53, https: base + 443, http: base + 80 };
}

/** The file with the one root certificate that the lab wants to be trusted. */
export function rootsFile(data: string): string {
  return path.resolve(data, 'roots.pem');
}

/** The file with the certificate that a client of this kind has. */
export function clientFileName(data: string, kind: ClientKind): string {
  return path.resolve(data, `client-${kind}.p12`);
}

/** The network profile as command line arguments: what leads a client into the lab. */
export function profileOptions(ports: Ports, roots: string): string[] {
  return [
    ['--resolver', `${DNS_ADDRESS}:${ports.dns}`],
    ['--map-port', `443=${ports.https}`],
    ['--map-port', `80=${ports.http}`],
    ['--trust', roots],
    ['--allow', '127.0.0.0/8'],
  ].flat();
}

export function domainOf({ name }: Pick<World, 'name'>): string {
  return `${name}.${ORIGIN}`;
}

/** A second mail domain of the same world, beside the first one: of a hoster, or of a company that has been bought. */
export function otherDomainOf({ name }: Pick<World, 'name'>): string {
  return `${name}-other.${ORIGIN}`;
}

/** Names of Microsoft 365 that stand in worlds which have their own stand-in for it. Nobody asks the lab's DNS for them. */
export const CLOUD_NAMES = ['outlook.office365.com', 'autodiscover-s.outlook.com'] as const;

/** The last byte of a host's address, and its name. */
const hosts: Record<HostLabel, { number: number; name: (world: Pick<World, 'name'>) => string }> = {
  root: { number: 1, name: domainOf },
  autodiscover: { number: 2, name: (world) => `autodiscover.${domainOf(world)}` },
  pki: { number: 3, name: (world) => `pki.${domainOf(world)}` },
  'xn--bcher-kva': { number: 4, name: (world) => `xn--bcher-kva.${domainOf(world)}` },
  mail: { number: 5, name: (world) => `mail.${domainOf(world)}` },
  other: { number: 6, name: otherDomainOf },
  'other-autodiscover': { number: 7, name: (world) => `autodiscover.${otherDomainOf(world)}` },
  'other-mail': { number: 8, name: (world) => `mail.${otherDomainOf(world)}` },
  cloud: { number: 9, name: () => CLOUD_NAMES[0] },
  login: { number: 10, name: (world) => `login.${domainOf(world)}` },
};

export function hostName(world: Pick<World, 'name'>, label: HostLabel): string {
  return hosts[label].name(world);
}

/** The loopback address of a host: the world's number in the list, over two bytes from 127.77.0 on, then the host's own. */
export function addressOf(worldNumber: number, label: HostLabel): string {
  return `127.${77 + (worldNumber >> 8)}.${worldNumber & 0xff}.${hosts[label].number}`;
}

/** The mailbox as the world's mail system knows it. */
export function mailboxOf(world: Pick<World, 'name'>): Mailbox {
  const email = `alice@${domainOf(world)}`;
  return { email, username: email, password: PASSWORD };
}
