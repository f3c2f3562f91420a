/**
 * The network profile: how a run sees the network. One table says for each setting its command line option and its environment
 * variable; the parsers are the same for both.
 */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { isRange } from './policy.ts';

export interface PortMapping {
  readonly from: number;
  readonly to: number;
}

/** A host (and port) that is to be reached at a given address; SNI and Host stay as they are. */
export interface Pin {
  readonly host: string;
  readonly port: number | null;
  readonly address: string;
  readonly toPort: number | null;
}

export interface NetworkProfile {
  /** `address` or `address:port`; empty means the system's resolvers. */
  readonly resolvers: readonly string[];
  /** PEM certificates that are trusted beside the public list. */
  readonly roots: readonly string[];
  readonly allow: readonly string[];
  readonly portMap: readonly PortMapping[];
  readonly connect: readonly Pin[];
  /** `http://host:port` of an outbound proxy. */
  readonly proxy: string | null;
  readonly vantage: string;
}

export const defaultProfile: NetworkProfile = {
  resolvers: [],
  roots: [],
  allow: [],
  portMap: [],
  connect: [],
  proxy: null,
  vantage: 'this server',
};

type Parsed = { ok: true; profile: NetworkProfile } | { ok: false; error: string };

interface Setting {
  readonly option: string;
  readonly variable: string;
  readonly wants: string;
  /** Returns the profile with one more value, or null where the text is not what the setting wants. */
  readonly add: (profile: NetworkProfile, text: string) => NetworkProfile | null;
}

export const settings: readonly Setting[] = [
  {
    option: '--resolver',
    variable: 'THROUGHLINE_RESOLVER',
    wants: 'an IP address, with or without a port',
    add: (profile, text) => (isSocketAddress(text) ? { ...profile, resolvers: [...profile.resolvers, text] } : null),
  },
  {
    option: '--trust',
    variable: 'THROUGHLINE_TRUST',
    wants: 'a readable file with PEM certificates',
    add: (profile, text) => {
      const roots = readCertificates(text);
      return roots.length > 0 ? { ...profile, roots: [...profile.roots, ...roots] } : null;
    },
  },
  {
    option: '--allow',
    variable: 'THROUGHLINE_ALLOW',
    wants: 'an address range such as 10.0.0.0/8',
    add: (profile, text) => (isRange(text) ? { ...profile, allow: [...profile.allow, text] } : null),
  },
  {
    option: '--map-port',
    variable: 'THROUGHLINE_MAP_PORT',
    wants: 'two ports such as 443=8443',
    add: (profile, text) => {
      const mapping = parseMapping(text);
      return mapping && { ...profile, portMap: [...profile.portMap, mapping] };
    },
  },
  {
    option: '--connect',
    variable: 'THROUGHLINE_CONNECT',
    wants: 'HOST[:PORT]=ADDRESS[:PORT]',
    add: (profile, text) => {
      const pin = parsePin(text);
      return pin && { ...profile, connect: [...profile.connect, pin] };
    },
  },
  {
    option: '--proxy',
    variable: 'THROUGHLINE_PROXY',
    wants: 'a URL such as http://proxy.example:3128',
    add: (profile, text) => (isProxyUrl(text) ? { ...profile, proxy: text } : null),
  },
  {
    option: '--vantage',
    variable: 'THROUGHLINE_VANTAGE',
    wants: 'a name of at most 60 characters',
    add: (profile, text) => (text.length > 0 && text.length <= 60 ? { ...profile, vantage: text } : null),
  },
];

/** Reads the profile out of environment variables; several values of one variable are separated by commas. */
export function profileFromEnvironment(environment: Readonly<Record<string, string | undefined>>): Parsed {
  const given = settings.flatMap((setting) =>
    (environment[setting.variable] ?? '')
      .split(',')
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .map((text) => ({ setting, text, name: setting.variable })),
  );
  return collect(given);
}

/** Reads the profile out of option and value pairs, such as the lab prints. */
export function profileFromArguments(args: readonly string[], start: NetworkProfile = defaultProfile): Parsed {
  const given: { setting: Setting; text: string; name: string }[] = [];
  for (let at = 0; at < args.length; at += 2) {
    const [name = '', text] = args.slice(at, at + 2);
    const setting = settings.find(({ option }) => option === name);
    if (setting === undefined) return { ok: false, error: `${name} is not a setting of the network profile.` };
    if (text === undefined) return { ok: false, error: `${name} wants ${setting.wants}.` };
    given.push({ setting, text, name });
  }
  return collect(given, start);
}

function collect(given: readonly { setting: Setting; text: string; name: string }[], start = defaultProfile): Parsed {
  let profile = start;
  for (const { setting, text, name } of given) {
    const next = setting.add(profile, text);
    if (next === null) return { ok: false, error: `${name} wants ${setting.wants}, not "${withoutUser(text)}".` };
    profile = next;
  }
  return { ok: true, profile };
}

/** A URL without the name and password that may stand in it: this text goes to logs. */
function withoutUser(text: string): string {
  return text.replace(/\/\/[^@/]*@/, '//[hidden]@');
}

/** The pin that holds for this host and port. */
export function pinFor(host: string, port: number, profile: NetworkProfile): Pin | undefined {
  return profile.connect.find((pin) => pin.host === host.toLowerCase() && (pin.port === null || pin.port === port));
}

/** Splits `1.2.3.4`, `1.2.3.4:53`, `::1`, `[::1]:53`. Null where there is no IP address in it. */
export function parseSocketAddress(text: string): { address: string; port: number | null } | null {
  if (isIP(text) !== 0) return { address: text, port: null };
  const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const address = match?.[1] ?? match?.[2] ?? '';
  const port = parsePort(match?.[3]);
  return isIP(address) === 0 || port === null ? null : { address, port };
}

function isSocketAddress(text: string): boolean {
  return parseSocketAddress(text) !== null;
}

/** A port number out of text. */
export function parsePort(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,5}$/.test(text)) return null;
  const port = Number(text);
  return port >= 1 && port <= 65_535 ? port : null;
}

function parseMapping(text: string): PortMapping | null {
  const [left, right, ...rest] = text.split('=');
  const from = parsePort(left);
  const to = parsePort(right);
  return from === null || to === null || rest.length > 0 ? null : { from, to };
}

function parsePin(text: string): Pin | null {
  const match = /^([^=:]+)(?::(\d{1,5}))?=(.+)$/.exec(text);
  const goal = parseSocketAddress(match?.[3] ?? '');
  if (match?.[1] === undefined || goal === null) return null;
  const port = match[2] === undefined ? null : parsePort(match[2]);
  if (match[2] !== undefined && port === null) return null;
  return { host: match[1].toLowerCase(), port, address: goal.address, toPort: goal.port };
}

function isProxyUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.protocol === 'http:' && url.hostname !== '' && url.username === '';
}

function readCertificates(file: string): string[] {
  try {
    const found = readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    return found.map((pem) => new X509Certificate(pem).toString());
  } catch {
    // No file, or no certificate: reported by the caller, which knows the setting's name.
    return [];
  }
}

/** What a report says of the profile: from where the test was made. */
export function vantageOf(profile: NetworkProfile): { name: string; resolvers: readonly string[]; proxied: boolean } {
  return { name: profile.vantage, resolvers: profile.resolvers, proxied: profile.proxy !== null };
}
