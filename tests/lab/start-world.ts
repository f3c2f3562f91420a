import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { addressRecord } from './dns/records.ts';
import type { NameAnswer } from './dns/zone.ts';
import { addressOf, domainOf, hostName, mailboxOf, otherDomainOf, type Ports } from './layout.ts';
import type { Authority } from './pki/authority.ts';
import type { Listener, Place } from './place.ts';
import { seededRandom } from './random.ts';
import type { Stops } from './stops.ts';
import { createTally, type Tally } from './tally.ts';
import type { Host, HostLabel, World } from './world.ts';

/** A world together with its number, which its addresses are made of. */
export interface NumberedWorld {
  world: World;
  number: number;
}

/** The hosts of a world by label. */
export function hostsOf({ hosts }: World): [HostLabel, Host][] {
  return Object.entries(hosts) as [HostLabel, Host][];
}

/** What DNS says about the names of a world. */
export function namesOf(numbered: NumberedWorld): [name: string, answer: NameAnswer][] {
  const { world, number } = numbered;
  const ofHosts = hostsOf(world).flatMap((each) => namesOfHost(numbered, each));
  const beside = world.records?.(domainOf(world), (label) => addressOf(number, label)) ?? {};
  return [...ofHosts, ...wholeNames(beside, domainOf(world))];
}

function namesOfHost(
  { world, number }: NumberedWorld,
  [label, { dns, names }]: [HostLabel, Host],
): [name: string, answer: NameAnswer][] {
  // Its real name belongs to all worlds alike: who tests one of them is told the address.
  if (label === 'cloud') return [];
  const own = addressOf(number, label);
  const domain = domainOf(world);
  if (names) return wholeNames(names(own, domain), domain);
  const answer = typeof dns === 'function' ? dns(own) : (dns ?? [addressRecord(own)]);
  return [[hostName(world, label), answer]];
}

function wholeNames(answers: Readonly<Record<string, NameAnswer>>, domain: string): [string, NameAnswer][] {
  return Object.entries(answers).map(([name, answer]) => [
    name.endsWith('.') ? name.slice(0, -1) : `${name}.${domain}`,
    answer,
  ]);
}

/** Opens the ports of all hosts of a world, and returns what counts the requests there. */
export async function startWorld(
  { world, number }: NumberedWorld,
  authority: Authority,
  ports: Ports,
  stops: Stops,
): Promise<Tally> {
  const tally = createTally();
  const domains = { domain: domainOf(world), otherDomain: otherDomainOf(world) };
  const shared = { ...domains, mailbox: mailboxOf(world), authority, tally };
  for (const [label, host] of hostsOf(world)) {
    const own = addressOf(number, label);
    for (const address of [own, ...(host.alsoAt?.(own) ?? []).filter(canListen)]) {
      const place = { ...shared, host: hostName(world, label), address };
      await open(host.https, { ...place, ...chance(`${place.host}:443`), port: ports.https }, stops);
      await open(host.http, { ...place, ...chance(`${place.host}:80`), port: ports.http }, stops);
    }
  }
  return tally;
}

// Not every machine has an IPv6 loopback; all of 127.0.0.0/8 is there.
function canListen(address: string): boolean {
  const own = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses);
  return isIP(address) === 4 || own.some((one) => one.address === address);
}

async function open(listener: Listener | undefined, place: Place, stops: Stops): Promise<void> {
  if (listener) stops.add((await listener(place)).stop);
}

function chance(seed: string): Pick<Place, 'nextRandom'> {
  let connections = 0;
  return { nextRandom: () => seededRandom(`${seed} ${connections++}`) };
}
