import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { catalogue, type FindingCode } from '#lib/result/catalogue/index.ts';
import type { ClientName, ClientTable } from './clients.ts';
import * as layout from './layout.ts';
import { addressOf, type Ports } from './layout.ts';
import type { NumberedWorld } from './start-world.ts';
import type { World } from './world.ts';

/** A world as `--list --format json` shows it. */
export interface WorldEntry {
  name: string;
  title: string;
  email: string;
  username: string;
  password: string;
  analyzer: World['analyzer'];
  /** How to sign in, where not with the password. */
  signInWith?: World['signInWith'];
  /** What the analyzer `tls` is given in place of the mailbox. */
  target?: string;
  /** What the analyzers `tls` and `rpc-http` are given as `--principal`. */
  principal?: string;
  /** What it is given as `--pin`; only a lab that runs, or has run, knows its root. */
  pins?: readonly string[];
  /** The file that is given as `--client-certificate`. */
  clientCertificate?: string;
  /** What is given as `--server`, `--long-wait` and `--hide-folders`. */
  server?: string;
  longWait?: string;
  hideFolders?: true;
  /** What is given as `--rpc-server` and `--rpc-auth`, and whether `--endpoint-mapper` is. */
  rpcServer?: string;
  rpcAuth?: World['rpcAuth'];
  endpointMapper?: true;
  /** What is given as `--redirect-to`. */
  redirectTo?: readonly string[];
  /** Whether `--ask-microsoft` is given. */
  askMicrosoft?: true;
  client?: ClientName;
  /** The network profile as command line arguments. */
  network: readonly string[];
  /** All of that as command line arguments. */
  options: readonly string[];
  must: readonly FindingCode[];
  mustNot: readonly FindingCode[];
  /** What has to be said about the clients. */
  clients?: ClientTable;
}

/**
 * What there is to know about a world from outside.
 * @param data the folder with the lab's files
 */
export function worldEntry({ world, number }: NumberedWorld, ports: Ports, data: string): WorldEntry {
  const { name, title, analyzer, target, must, toldPassword, toldUsername } = world;
  const usual = layout.profileOptions(ports, layout.rootsFile(data));
  const own = world.network?.(ports, (label) => addressOf(number, label)) ?? [];
  const network = [...usual, ...cloudOptions(world, addressOf(number, 'cloud')), ...own];
  const given = givenTo(world, data);
  const { email, username, password } = layout.mailboxOf(world);
  return {
    name,
    title,
    email,
    username: toldUsername?.(email) ?? username,
    password: toldPassword ?? password,
    analyzer,
    ...(target === undefined ? {} : { target }),
    ...given,
    network,
    options: [...network, ...(toldUsername ? ['--username', toldUsername(email)] : []), ...argumentsFor(given)],
    must,
    mustNot: forbiddenCodes(world),
    ...(world.clients && { clients: world.clients }),
  };
}

/** Leads to the world's own stand-in for Microsoft 365. */
function cloudOptions({ hosts }: World, address: string): string[] {
  return hosts.cloud ? layout.CLOUD_NAMES.flatMap((name) => ['--connect', `${name}=${address}`]) : [];
}

type Given = Pick<
  WorldEntry,
  | 'principal'
  | 'pins'
  | 'clientCertificate'
  | 'server'
  | 'longWait'
  | 'hideFolders'
  | 'rpcServer'
  | 'rpcAuth'
  | 'endpointMapper'
  | 'redirectTo'
  | 'askMicrosoft'
  | 'client'
  | 'signInWith'
>;

/** What the test of a world is told beside its target. */
function givenTo(world: World, data: string): Given {
  const { principal, pins, clientCertificate, redirectTo, askMicrosoft, client, signInWith } = world;
  const { server, longWait, hideFolders, rpcServer, rpcAuth, endpointMapper } = world;
  const pin = pins === 'stranger' ? STRANGER : pins && rootPrint(layout.rootsFile(data));
  return {
    ...(principal !== undefined && { principal }),
    ...(pin && { pins: [pin] }),
    ...(clientCertificate && { clientCertificate: layout.clientFileName(data, clientCertificate) }),
    ...(server && { server: server(layout.domainOf(world)) }),
    ...(longWait !== undefined && { longWait: String(longWait) }),
    ...(hideFolders && { hideFolders }),
    ...(rpcServer && { rpcServer: rpcServer(layout.domainOf(world)) }),
    ...(rpcAuth && { rpcAuth }),
    ...(endpointMapper && { endpointMapper }),
    ...(redirectTo && { redirectTo: redirectTo.map((label) => layout.hostName(world, label)) }),
    ...(askMicrosoft && { askMicrosoft }),
    ...(client && { client }),
    ...(signInWith && { signInWith }),
  };
}

/** A certificate that nobody has. */
const STRANGER = Array(32).fill('5A').join(':');

/** Null where no lab has left its root here. */
function rootPrint(file: string): string | null {
  return existsSync(file) ? new X509Certificate(readFileSync(file)).fingerprint256 : null;
}

function argumentsFor(given: Given): string[] {
  const { principal, pins = [], clientCertificate, redirectTo = [], askMicrosoft, client, signInWith } = given;
  const { server, longWait, hideFolders, rpcServer, rpcAuth, endpointMapper } = given;
  return [
    ...(principal === undefined ? [] : ['--principal', principal]),
    ...pins.flatMap((pin) => ['--pin', pin]),
    ...(clientCertificate === undefined ? [] : ['--client-certificate', clientCertificate]),
    ...(server === undefined ? [] : ['--server', server]),
    ...(longWait === undefined ? [] : ['--long-wait', longWait]),
    ...(hideFolders ? ['--hide-folders'] : []),
    ...(rpcServer === undefined ? [] : ['--rpc-server', rpcServer]),
    ...(rpcAuth === undefined ? [] : ['--rpc-auth', rpcAuth]),
    ...(endpointMapper ? ['--endpoint-mapper'] : []),
    ...redirectTo.flatMap((host) => ['--redirect-to', host]),
    ...(askMicrosoft ? ['--ask-microsoft'] : []),
    ...(client ? ['--client', client] : []),
    // The lab's sign-in services know every program.
    ...(signInWith ? [`--${signInWith}`, '--oauth-client-id', 'throughline'] : []),
  ];
}

function forbiddenCodes({ must, may }: World): FindingCode[] {
  const codes = Object.keys(catalogue) as FindingCode[];
  const complaints = codes.filter((code) => catalogue[code].severity !== 'notice');
  return complaints.filter((code) => !must.includes(code) && !may.includes(code));
}
