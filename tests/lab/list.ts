import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { catalogue, type FindingCode } from '#lib/result/catalogue/index.ts';
import { addressOf, clientFileName, mailboxOf, type Ports, profileOptions, rootsFile } from './layout.ts';
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
  /** What the analyzer `tls` is given in place of the mailbox. */
  target?: string;
  /** What the analyzer `tls` is given as `--principal`. */
  principal?: string;
  /** What it is given as `--pin`; only a lab that runs, or has run, knows its root. */
  pins?: readonly string[];
  /** The file that is given as `--client-certificate`. */
  clientCertificate?: string;
  /** The network profile as command line arguments. */
  network: readonly string[];
  /** All of that as command line arguments. */
  options: readonly string[];
  must: readonly FindingCode[];
  mustNot: readonly FindingCode[];
}

/**
 * What there is to know about a world from outside.
 * @param data the folder with the lab's files
 */
export function worldEntry({ world, number }: NumberedWorld, ports: Ports, data: string): WorldEntry {
  const { name, title, analyzer, target, must, toldPassword } = world;
  const usual = profileOptions(ports, rootsFile(data));
  const network = [...usual, ...(world.network?.(ports, (label) => addressOf(number, label)) ?? [])];
  const given = givenTo(world, data);
  const { email, username, password } = mailboxOf(world);
  return {
    name,
    title,
    email,
    username,
    password: toldPassword ?? password,
    analyzer,
    ...(target === undefined ? {} : { target }),
    ...given,
    network,
    options: [...network, ...argumentsFor(given)],
    must,
    mustNot: forbiddenCodes(world),
  };
}

type Given = Pick<WorldEntry, 'principal' | 'pins' | 'clientCertificate'>;

/** What the test of a world is told beside its target. */
function givenTo({ principal, pins, clientCertificate }: World, data: string): Given {
  const pin = pins === 'stranger' ? STRANGER : pins && rootPrint(rootsFile(data));
  return {
    ...(principal !== undefined && { principal }),
    ...(pin && { pins: [pin] }),
    ...(clientCertificate && { clientCertificate: clientFileName(data, clientCertificate) }),
  };
}

/** A certificate that nobody has. */
const STRANGER = Array(32).fill('5A').join(':');

/** Null where no lab has left its root here. */
function rootPrint(file: string): string | null {
  return existsSync(file) ? new X509Certificate(readFileSync(file)).fingerprint256 : null;
}

function argumentsFor({ principal, pins = [], clientCertificate }: Given): string[] {
  return [
    ...(principal === undefined ? [] : ['--principal', principal]),
    ...pins.flatMap((pin) => ['--pin', pin]),
    ...(clientCertificate === undefined ? [] : ['--client-certificate', clientCertificate]),
  ];
}

function forbiddenCodes({ must, may }: World): FindingCode[] {
  const codes = Object.keys(catalogue) as FindingCode[];
  const complaints = codes.filter((code) => catalogue[code].severity !== 'notice');
  return complaints.filter((code) => !must.includes(code) && !may.includes(code));
}
