/** The server's configuration out of the environment. A mistake in it is one sentence, and the server does not start. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { type OAuthSettings, readOAuth } from '#lib/analyzers/oauth.ts';
import { type NetworkProfile, profileFromEnvironment } from '#lib/net/profile.ts';

export interface Config {
  /** The folder of the program. */
  readonly root: string;
  /** The folder of the results. */
  readonly data: string;
  /** Share links expire after this many days. */
  readonly linkDays: number;
  /** Results are removed after this many days. */
  readonly keepDays: number;
  /** Worker processes. */
  readonly workers: number;
  /** Runs at the same time; more wait in line. */
  readonly concurrent: number;
  /** The lab's list of worlds, if the lab runs. */
  readonly labFile: string | null;
  readonly network: NetworkProfile;
  /** How sign-in services know this installation. */
  readonly oauth: OAuthSettings;
}

export type ParsedConfig = { ok: true; config: Config } | { ok: false; error: string };

type Environment = Readonly<Record<string, string | undefined>>;

class Mistake extends Error {}

/** Reads every setting, so that a wrong one is found at the start and not by the first person who needs it. */
export function parseConfig(environment: Environment): ParsedConfig {
  try {
    return { ok: true, config: read(environment) };
  } catch (error) {
    if (error instanceof Mistake) return { ok: false, error: error.message };
    throw error;
  }
}

function read(environment: Environment): Config {
  const root = environment.THROUGHLINE_ROOT || process.cwd();
  return {
    root,
    data: path.resolve(root, environment.THROUGHLINE_DATA || 'data'),
    linkDays: whole(environment, 'THROUGHLINE_LINK_DAYS', 7, 3_650),
    keepDays: whole(environment, 'THROUGHLINE_KEEP_DAYS', 30, 3_650),
    workers: whole(environment, 'THROUGHLINE_WORKERS', Math.min(availableParallelism(), 8), 64),
    concurrent: whole(environment, 'THROUGHLINE_CONCURRENT', 40, 1_000),
    labFile: environment.THROUGHLINE_LAB || null,
    network: network(environment),
    oauth: oauth(environment),
  };
}

function whole(environment: Environment, name: string, otherwise: number, most: number): number {
  const text = environment[name] || String(otherwise);
  const value = Number(text);
  if (/^\d{1,6}$/.test(text) && value >= 1 && value <= most) return value;
  throw new Mistake(`${name} wants a whole number from 1 to ${most}, not "${text}".`);
}

function network(environment: Environment): NetworkProfile {
  const parsed = profileFromEnvironment(environment);
  if (parsed.ok) return parsed.profile;
  throw new Mistake(parsed.error);
}

function oauth(environment: Environment): OAuthSettings {
  const parsed = readOAuth('variable', environment);
  if (parsed.ok) return parsed.oauth;
  throw new Mistake(parsed.error);
}
