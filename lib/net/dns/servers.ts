/** The resolvers that a lookup asks: those of the profile, else the system's. */
import { Resolver } from 'node:dns';
import { isIP } from 'node:net';
import { parseSocketAddress } from '../profile.ts';

export interface Server {
  /** With its zone where it is link-local: `fe80::1%eth0`. */
  readonly address: string;
  readonly port: number;
  /** As reports show it: `192.0.2.53:53`, `[2001:db8::53]:53`. */
  readonly name: string;
}

const DNS_PORT = 53;

/**
 * In the order in which they are asked.
 * @param named `address` or `address:port`; empty means the system's
 */
export function serversOf(named: readonly string[]): Server[] {
  // A new one each time: it reads the system's settings, which may have changed since the last run.
  const texts = named.length > 0 ? named : new Resolver().getServers();
  return texts.flatMap((text) => serverOf(text) ?? []);
}

function serverOf(text: string): Server | null {
  const parsed = parseSocketAddress(text);
  if (parsed === null) return null;
  const { address, port } = parsed;
  const shown = isIP(address) === 6 ? `[${address}]` : address;
  return { address, port: port ?? DNS_PORT, name: `${shown}:${port ?? DNS_PORT}` };
}
