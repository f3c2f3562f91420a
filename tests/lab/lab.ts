import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startDns } from './dns/server.ts';
import type { Zone } from './dns/zone.ts';
import * as layout from './layout.ts';
import { type WorldEntry, worldEntry } from './list.ts';
import { listen } from './net/listen.ts';
import { type Authority, createAuthority } from './pki/authority.ts';
import { clientFile } from './pki/client.ts';
import { type NumberedWorld, namesOf, startWorld } from './start-world.ts';
import { collectStops, type Stops } from './stops.ts';
import type { Counts, Tally } from './tally.ts';
import type { World } from './world.ts';
import { allWorlds } from './worlds/index.ts';

export interface LabOptions {
  /**
   * The port base, or `any` for free ports and files in a temporary folder: several labs can then run at once. `real` is the same with 443
   * and 80, for clients that know no others; not everybody may open these.
   */
  port?: number | 'any' | 'real';
  /** The folder for the lab's files. */
  data?: string;
  /** Names of the worlds to start; all if left out. */
  worlds?: readonly string[];
  /** Worlds that are not in the list, for tests that make many out of one. */
  beside?: readonly World[];
}

/** A running lab. */
export interface Lab {
  worlds: readonly WorldEntry[];
  /** The network profile as command line arguments. */
  options: readonly string[];
  ports: layout.Ports;
  /** The PEM file with the one root to trust. */
  roots: string;
  world(name: string): WorldEntry;
  counts(worldName: string): Counts;
  resetCounts(worldName: string): void;
  /** Ends everything that was started. */
  stop(): Promise<void>;
}

/** Starts the simulated mail systems. If something cannot be started, everything else is ended again. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const stops = collectStops();
  try {
    return await start(options, stops);
  } catch (error) {
    await stops.stopAll();
    throw error;
  }
}

async function start(options: LabOptions, stops: Stops): Promise<Lab> {
  const { port = layout.DEFAULT_PORT_BASE, data } = options;
  const chosen = chooseWorlds(options);
  const ports = await startDnsAndClaimPorts(port, new Map(chosen.flatMap(namesOf)), stops);
  const authority = createAuthority();
  const folder = data ?? (await defaultData(port, stops));
  const roots = await writeRoots(authority.trusted.root.pem, folder);
  await writeClientFiles(chosen, authority, folder);
  const tallies = new Map<string, Tally>();
  for (const each of chosen) tallies.set(each.world.name, await startWorld(each, authority, ports, stops));
  return labOf(
    chosen.map((world) => worldEntry(world, ports, folder)),
    tallies,
    { options: layout.profileOptions(ports, roots), ports, roots },
    stops,
  );
}

function labOf(
  worlds: WorldEntry[],
  tallies: ReadonlyMap<string, Tally>,
  facts: Pick<Lab, 'options' | 'ports' | 'roots'>,
  stops: Stops,
): Lab {
  const unknown = (name: string) => new RangeError(`The lab has no world named ${name}.`);
  const tally = (name: string) => tallies.get(name) ?? raise(unknown(name));
  return {
    ...facts,
    worlds,
    world: (name) => worlds.find((world) => world.name === name) ?? raise(unknown(name)),
    counts: (name) => tally(name).counts(),
    resetCounts: (name) => tally(name).reset(),
    stop: stops.stopAll,
  };
}

function raise(error: Error): never {
  throw error;
}

/** Every world with its number. */
export function numberedWorlds(): NumberedWorld[] {
  return allWorlds.map((world, index) => ({ world, number: index + 1 }));
}

// The number comes from the whole list, so that a world has the same addresses whichever others are started.
function chooseWorlds({ worlds: names, beside = [] }: LabOptions): NumberedWorld[] {
  const numbered = numberedWorlds();
  const strangers = names?.filter((name) => !allWorlds.some((world) => world.name === name)) ?? [];
  if (strangers.length > 0) throw new RangeError(`The lab has no world named ${strangers.join(', ')}.`);
  const more = beside.map((world, index) => ({ world, number: numbered.length + index + 1 }));
  return [...numbered.filter(({ world }) => !names || names.includes(world.name)), ...more];
}

// One function for both, because only the DNS server can tell which port is free for UDP and TCP alike.
async function startDnsAndClaimPorts(
  wanted: Required<LabOptions>['port'],
  zone: Zone,
  stops: Stops,
): Promise<layout.Ports> {
  const fixed = typeof wanted === 'number' ? layout.portsFrom(wanted) : null;
  const dns = await startDns(zone, layout.DNS_ADDRESS, fixed?.dns ?? 0);
  stops.add(dns.stop);
  if (wanted === 'real') return { ...layout.portsFrom(0), dns: dns.port };
  return fixed ?? { dns: dns.port, https: await holdFreePort(stops), http: await holdFreePort(stops) };
}

/**
 * Finds a free port and holds it at an address that no host of a world has. As long as it is held, no other lab on this
 * machine is given the same one, and the hosts can use it at their own addresses.
 */
async function holdFreePort(stops: Stops): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  const { port, stop } = await listen(server, layout.DNS_ADDRESS, 0);
  stops.add(stop);
  return port;
}

async function defaultData(port: Required<LabOptions>['port'], stops: Stops): Promise<string> {
  if (typeof port === 'number') return layout.DEFAULT_DATA;
  const folder = await mkdtemp(path.join(tmpdir(), 'throughline-lab-'));
  stops.add(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Only those that somebody is told to show: making them takes a while. */
async function writeClientFiles(chosen: readonly NumberedWorld[], authority: Authority, data: string): Promise<void> {
  const kinds = new Set(chosen.flatMap(({ world }) => world.clientCertificate ?? []));
  for (const kind of kinds) await writeFile(layout.clientFileName(data, kind), clientFile(authority, kind));
}

async function writeRoots(pem: string, data: string): Promise<string> {
  const file = layout.rootsFile(data);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, pem);
  return file;
}
