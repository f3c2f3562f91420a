import { catalogue, type FindingCode } from '#lib/result/catalogue/index.ts';
import { addressOf, mailboxOf, type Ports } from './layout.ts';
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
  /** The network profile as command line arguments. */
  options: readonly string[];
  must: readonly FindingCode[];
  mustNot: readonly FindingCode[];
}

/**
 * What there is to know about a world from outside.
 * @param options the network profile that is the same for all worlds
 */
export function worldEntry({ world, number }: NumberedWorld, ports: Ports, options: readonly string[]): WorldEntry {
  const { name, title, analyzer, target, must, toldPassword } = world;
  const network = world.network?.(ports, (label) => addressOf(number, label)) ?? [];
  const { email, username, password } = mailboxOf(world);
  return {
    name,
    title,
    email,
    username,
    password: toldPassword ?? password,
    analyzer,
    ...(target === undefined ? {} : { target }),
    options: [...options, ...network],
    must,
    mustNot: forbiddenCodes(world),
  };
}

function forbiddenCodes({ must, may }: World): FindingCode[] {
  const codes = Object.keys(catalogue) as FindingCode[];
  const complaints = codes.filter((code) => catalogue[code].severity !== 'notice');
  return complaints.filter((code) => !must.includes(code) && !may.includes(code));
}
