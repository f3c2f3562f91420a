/** Who may import what. A border is written here once; the test beside it finds every import that crosses one. */
import { COMPUTED, goalOf, type Import } from './imports.ts';

export interface Area {
  /** A folder of the project, or a file. The longest that fits a file is its area. */
  readonly area: string;
  /** Folders and files of ours that it may import. Its own folder has to be named, too. */
  readonly may: readonly string[];
  /** Those of which it may import types only. */
  readonly types?: readonly string[];
  /** It runs in the browser as well, so nothing of Node's. */
  readonly browser?: true;
}

export const areas: readonly Area[] = [
  { area: 'lib/result', may: ['lib/result'], browser: true },
  { area: 'lib/wire', may: ['lib/wire'], browser: true },
  // Pure judgement of certificates: no probe, no finding, no socket.
  { area: 'lib/pki', may: ['lib/pki', 'lib/wire'] },
  // Of the documents only the table of alerts, so that a failure says what the peer said.
  { area: 'lib/net', may: ['lib/net', 'lib/result', 'lib/wire/tls/alerts.ts'] },
  { area: 'lib/auth', may: ['lib/auth', 'lib/wire'], types: ['lib/net'] },
  // Conversations that last.
  { area: 'lib/sessions', may: ['lib/sessions', 'lib/net', 'lib/auth', 'lib/wire', 'lib/result'] },
  {
    // Never another probe: what two of them need is a judge.
    area: 'lib/probes',
    may: [
      ...['lib/net', 'lib/auth', 'lib/sessions', 'lib/wire', 'lib/pki', 'lib/result'],
      ...['lib/probes/judging', 'lib/probes/data', 'lib/probes/survey', 'lib/probes/vetted.ts'],
    ],
  },
  {
    area: 'lib/run',
    may: ['lib/run', 'lib/result', 'lib/net/failure.ts', 'lib/auth/secret.ts', 'lib/auth/handover.ts'],
  },
  {
    area: 'lib/analyzers',
    may: ['lib/analyzers', 'lib/run', 'lib/probes', 'lib/result'],
    types: ['lib/auth', 'lib/net', 'lib/wire'],
  },
  // The composition root: a worker's entry lives here.
  { area: 'lib/engine', may: ['lib/engine', 'lib/analyzers', 'lib/run', 'lib/net', 'lib/auth', 'lib/result'] },
  { area: 'lib/store', may: ['lib/store', 'lib/result'] },
  { area: 'lib/report', may: ['lib/report', 'lib/result'] },
  { area: 'lib/advice', may: ['lib/advice', 'lib/result'] },
  {
    area: 'lib/cli',
    may: [
      ...['lib/cli', 'lib/engine', 'lib/analyzers', 'lib/run', 'lib/report', 'lib/result', 'lib/advice'],
      ...['lib/net/profile.ts', 'lib/auth/secret.ts'],
    ],
  },
  { area: 'lib/launch', may: ['lib/launch'] },
  { area: 'components', may: ['components', 'lib/result'], browser: true },
  {
    area: 'app',
    may: [
      ...['app', 'components', 'lib/analyzers', 'lib/run', 'lib/store', 'lib/report', 'lib/result', 'lib/advice'],
      ...['lib/engine/job.ts', 'lib/net/profile.ts', 'lib/auth/secret.ts'],
    ],
    types: ['lib/engine'],
  },
  { area: 'proxy.ts', may: [] },
  { area: 'instrumentation.ts', may: ['instrumentation-node.ts'] },
  { area: 'instrumentation-node.ts', may: ['app'] },
  // Its own small writers: an encoder and a decoder that are wrong in the same way must not agree with each other.
  { area: 'tests/lab', may: ['tests/lab', 'lib/result'] },
];

interface Place {
  readonly modules: readonly string[];
  /** Folders and files of ours that may import them. */
  readonly may: readonly string[];
  readonly why: string;
}

/** Modules that do not belong everywhere. */
const places: readonly Place[] = [
  {
    modules: ['node:net', 'node:tls', 'node:dns', 'node:http', 'node:https', 'node:http2', 'node:dgram', 'undici'],
    // The launcher asks whether a port is free and whether the server answers; the lab is what is being tested.
    may: ['lib/net', 'lib/launch', 'tests/lab'],
    why: 'lib/net is the only door to the network',
  },
  {
    modules: ['next', 'react', 'react-dom'],
    may: ['app', 'components', 'proxy.ts', 'instrumentation.ts'],
    why: 'only app and components know the framework',
  },
  { modules: ['kysely', 'node:sqlite'], may: ['lib/store'], why: 'only lib/store knows the database' },
  {
    modules: ['dns-packet'],
    may: ['lib/net/dns'],
    why: 'only the resolver reads DNS messages; the lab has its own writer',
  },
  { modules: ['sax'], may: ['lib/wire', 'tests/lab'], why: 'only lib/wire reads documents' },
  {
    modules: ['node-forge'],
    may: ['lib/auth/pkcs12', 'tests/lab'],
    why: 'only lib/auth opens PKCS #12 files, and only the lab makes certificates',
  },
  {
    modules: ['openid-client'],
    may: ['lib/auth/bearer'],
    why: 'only lib/auth signs in, and nothing of it dials',
  },
  { modules: ['vitest', 'playwright', '@playwright/test'], may: ['tests'], why: 'only tests know the test runners' },
];

/** What asks nobody: tells an address from a name. */
const HARMLESS: Readonly<Record<string, readonly string[]>> = { 'node:net': ['isIP', 'isIPv4', 'isIPv6'] };

/** The complaint about one import of one file; null where it is allowed. */
export function breach(file: string, one: Import): string | null {
  const goal = goalOf(file, one.specifier);
  const reason = /^[#.]/.test(one.specifier) ? ourReason(file, goal, one) : foreignReason(file, goal, one);
  return reason === null ? null : `${file} imports ${goal}: ${reason}`;
}

function ourReason(file: string, goal: string, { typesOnly }: Import): string | null {
  const area = areaOf(file);
  if (area === undefined) return 'no area of the table holds this file';
  if (area.may.some((place) => isIn(place, goal))) return null;
  if (!area.types?.some((place) => isIn(place, goal))) return `${area.area} may not`;
  return typesOnly ? null : `${area.area} may take types only`;
}

function foreignReason(file: string, goal: string, { names, typesOnly }: Import): string | null {
  if (goal === COMPUTED) return 'an import has to name its module';
  if (areaOf(file)?.browser && goal.startsWith('node:')) return 'it runs in the browser, too';
  const place = places.find(({ modules }) => modules.some((module) => isIn(module, goal)));
  if (place === undefined || typesOnly || place.may.some((folder) => isIn(folder, file))) return null;
  return names.length > 0 && names.every((name) => HARMLESS[goal]?.includes(name)) ? null : place.why;
}

/** The area of a file. */
export function areaOf(file: string): Area | undefined {
  return areas.filter(({ area }) => isIn(area, file)).sort((a, b) => b.area.length - a.area.length)[0];
}

/** Whether a file is this one or below this folder; `node:dns/promises` is below `node:dns`. */
function isIn(place: string, file: string): boolean {
  return file === place || file.startsWith(`${place}/`);
}
