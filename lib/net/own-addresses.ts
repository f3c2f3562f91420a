/**
 * What this machine can reach at all. Without a public IPv6 address here, a host's IPv6 addresses stay silent whatever that host is
 * like: this is our lack, and nobody else's.
 */
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { decide } from './policy.ts';

/** The addresses of this machine's interfaces. */
export function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address));
}

/**
 * Whether a machine with these addresses has one from which it could speak to that one. RFC 6724 5: same family, and a scope that is
 * as wide. A private IPv4 address will do for all of IPv4, because of address translation; an IPv6 one will not.
 */
export function canReach(address: string, own: readonly string[]): boolean {
  const kind = kindOf(address);
  const kinds = own.filter((one) => isIP(one) === isIP(address)).map(kindOf);
  if (kind === 'loopback') return true;
  if (kind === 'link-local') return kinds.includes('link-local');
  if (kind === 'public' && isIP(address) === 6) return kinds.includes('public');
  return kinds.some((one) => one !== 'loopback' && one !== 'link-local');
}

const kindOf = (address: string): string => decide(address, { allow: [], named: [] }).reason;
