import { catalogue, type FindingCode } from '#lib/result/catalogue/index.ts';
import { mailboxOf } from './layout.ts';
import type { World } from './world.ts';

/** A world as `--list --format json` shows it. */
export interface WorldEntry {
  name: string;
  title: string;
  email: string;
  username: string;
  password: string;
  analyzer: World['analyzer'];
  /** The network profile as command line arguments. */
  options: readonly string[];
  must: readonly FindingCode[];
  mustNot: readonly FindingCode[];
}

/** What there is to know about a world from outside. */
export function worldEntry(world: World, options: readonly string[]): WorldEntry {
  const { name, title, analyzer, must, toldPassword } = world;
  const { email, username, password } = mailboxOf(world);
  return {
    name,
    title,
    email,
    username,
    password: toldPassword ?? password,
    analyzer,
    options,
    must,
    mustNot: forbiddenCodes(world),
  };
}

function forbiddenCodes({ must, may }: World): FindingCode[] {
  const codes = Object.keys(catalogue) as FindingCode[];
  const complaints = codes.filter((code) => catalogue[code].severity !== 'notice');
  return complaints.filter((code) => !must.includes(code) && !may.includes(code));
}
