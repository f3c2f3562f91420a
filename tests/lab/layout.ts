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

export function hostName(world: Pick<World, 'name'>, label: HostLabel): string {
  return label === 'root' ? domainOf(world) : `${label}.${domainOf(world)}`;
}

const hostNumbers: Record<HostLabel, number> = { root: 1, autodiscover: 2, pki: 3, 'xn--bcher-kva': 4 };

/** The loopback address of a host: the world's number in the list, over two bytes from 127.77.0 on, then the host's own. */
export function addressOf(worldNumber: number, label: HostLabel): string {
  return `127.${77 + (worldNumber >> 8)}.${worldNumber & 0xff}.${hostNumbers[label]}`;
}

/** The mailbox as the world's mail system knows it. */
export function mailboxOf(world: Pick<World, 'name'>): Mailbox {
  const email = `alice@${domainOf(world)}`;
  return { email, username: email, password: PASSWORD };
}
