/** The command line, parsed at the border: a command with everything it needs, or one sentence that says what is wrong. */
import { parseArgs } from 'node:util';
import { isMailboxTest } from '#lib/analyzers/mailbox-request.ts';
import { type OAuthSettings, oauthSettings, readOAuth } from '#lib/analyzers/oauth.ts';
import { type AnalyzerId, parseRequest, type TestRequest } from '#lib/analyzers/request.ts';
import { type NetworkProfile, profileFromArguments, profileFromEnvironment, settings } from '#lib/net/profile.ts';
import { CERTIFICATE_OPTIONS, parseCertificateCommand } from './certificate.ts';
import { Mistake, openedPkcs12 } from './files.ts';

export type Format = 'tree' | 'json';

export type Command =
  | {
      readonly kind: 'test';
      readonly test: TestRequest;
      readonly network: NetworkProfile;
      readonly timeoutMs: number | null;
      readonly format: Format;
      readonly output: string | null;
      readonly oauth: OAuthSettings;
      readonly passwordFromStdin: boolean;
      readonly tokenFromStdin: boolean;
      /** A PKCS #12 file that holds the certificate to be checked; the password is its pass phrase. */
      readonly pkcs12?: Uint8Array;
      /** A PKCS #12 file with the client's own certificate, whose pass phrase is in the environment. */
      readonly clientCertificate?: Uint8Array;
    }
  | { readonly kind: 'explain'; readonly code: string }
  | { readonly kind: 'help' };

export type ParsedCommand =
  | { readonly ok: true; readonly command: Command }
  | { readonly ok: false; readonly error: string };

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  email: { type: 'string' },
  username: { type: 'string' },
  server: { type: 'string' },
  'long-wait': { type: 'string' },
  'hide-folders': { type: 'boolean' },
  'rpc-server': { type: 'string' },
  'rpc-auth': { type: 'string' },
  'endpoint-mapper': { type: 'boolean' },
  principal: { type: 'string' },
  pin: { type: 'string', multiple: true },
  'client-certificate': { type: 'string' },
  client: { type: 'string' },
  'ask-microsoft': { type: 'boolean' },
  'redirect-to': { type: 'string', multiple: true },
  'password-to-any-server': { type: 'boolean' },
  'password-stdin': { type: 'boolean' },
  'token-stdin': { type: 'boolean' },
  'device-code': { type: 'boolean' },
  'ignore-certificate-problems': { type: 'boolean' },
  timeout: { type: 'string' },
  format: { type: 'string' },
  output: { type: 'string' },
  ...CERTIFICATE_OPTIONS,
} as const;

/** Options without which a test would be another one than was meant: refused where they would change nothing. */
const ONLY_FOR: Readonly<Record<string, readonly AnalyzerId[]>> = {
  server: ['mapi-http', 'rpc-http'],
  'long-wait': ['outlook', 'mapi-http'],
  'hide-folders': ['outlook', 'mapi-http'],
  'rpc-server': ['rpc-http'],
  'rpc-auth': ['rpc-http'],
  'endpoint-mapper': ['rpc-http'],
};

/** Repeatable options of the network profile, taken from its table. */
const PROFILE_OPTIONS = Object.fromEntries(
  settings.map(({ option }) => [option.slice(2), { type: 'string', multiple: true } as const]),
);

/** How sign-in services know this program, taken from that table. */
const OAUTH_OPTIONS = Object.fromEntries(
  oauthSettings.map(({ option }) => [option.slice(2), { type: 'string' } as const]),
);

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** Parses everything behind the program's name. */
export function parseCommand(argv: readonly string[], environment: NodeJS.ProcessEnv): ParsedCommand {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { ...OPTIONS, ...PROFILE_OPTIONS, ...OAUTH_OPTIONS },
      allowPositionals: true,
    });
    return toCommand(values, positionals, environment);
  } catch (error) {
    if (error instanceof Mistake) return fail(error.message);
    // parseArgs explains itself in its message: an unknown option, a missing value.
    return fail(error instanceof Error ? (error.message.split(/\.\s/)[0] ?? '') : String(error));
  }
}

const fail = (error: string): ParsedCommand => ({ ok: false, error: error.endsWith('.') ? error : `${error}.` });

function toCommand(
  values: Values,
  [name, target, ...rest]: readonly string[],
  environment: NodeJS.ProcessEnv,
): ParsedCommand {
  if (values.help === true || name === undefined) return { ok: true, command: { kind: 'help' } };
  if (rest.length > 0) return fail(`"${rest[0]}" is one argument too many`);
  if (name === 'explain')
    return target === undefined
      ? fail('explain wants a finding code')
      : { ok: true, command: { kind: 'explain', code: target } };
  if (name === 'certificate') return toCertificate(values, target, environment);
  if (isMailboxTest(name) && target !== undefined) return fail(`${name} takes its address by --email, not "${target}"`);
  const ways = ['password-stdin', 'token-stdin', 'device-code'].filter((way) => values[way] === true);
  if (ways.length > 1) return fail(`--${ways.join(' and --')} exclude each other`);
  const request = parseRequest(name, fieldsOf(values, target));
  if (!request.ok) return fail(request.errors.map(({ message }) => message).join(' '));
  return toTest(request.request, values, environment);
}

function toCertificate(values: Values, target: string | undefined, environment: NodeJS.ProcessEnv): ParsedCommand {
  if (target !== undefined) return fail(`certificate takes its file by --leaf or --pkcs12, not "${target}"`);
  if (values['client-certificate'] !== undefined)
    return fail('--client-certificate is for tests that connect: those of a mailbox, and tls');
  const files = parseCertificateCommand(values);
  if (!files.ok) return files;
  const parsed = toTest(files.request, values, environment);
  if (!parsed.ok || parsed.command.kind !== 'test' || files.pkcs12 === null) return parsed;
  return { ok: true, command: { ...parsed.command, pkcs12: files.pkcs12 } };
}

function fieldsOf(values: Values, target: string | undefined): Record<string, string | undefined> {
  const { host, port } = splitTarget(target ?? '');
  const given = (name: string): 'yes' | undefined => (values[name] === true ? 'yes' : undefined);
  return {
    email: asText(values.email),
    username: asText(values.username),
    ignoreCertificateProblems: given('ignore-certificate-problems'),
    client: asText(values.client),
    askMicrosoft: given('ask-microsoft'),
    redirectTo: Array.isArray(values['redirect-to']) ? values['redirect-to'].join(' ') : undefined,
    passwordToUnmarked: given('password-to-any-server'),
    signInWith: given('token-stdin') ? 'token' : given('device-code') ? 'device-code' : undefined,
    authority: asText(values['oauth-authority']),
    server: asText(values.server),
    longWait: asText(values['long-wait']),
    hideFolders: given('hide-folders'),
    rpcServer: asText(values['rpc-server']),
    rpcAuth: asText(values['rpc-auth']),
    endpointMapper: given('endpoint-mapper'),
    host,
    port,
    principal: asText(values.principal),
    pins: Array.isArray(values.pin) ? values.pin.join('\n') : undefined,
    clientCertificate: asText(values['client-certificate']),
  };
}

/** `host`, `host:port`, `[::1]:port`, `::1` */
function splitTarget(target: string): { host: string; port: string } {
  const match = /^(\[[^\]]+\]|[^:]+):([^:/]*)$/.exec(target);
  return match === null ? { host: target, port: '' } : { host: match[1] ?? '', port: match[2] ?? '' };
}

const asText = (value: Values[string]): string | undefined => (typeof value === 'string' ? value : undefined);

function toTest(test: TestRequest, values: Values, environment: NodeJS.ProcessEnv): ParsedCommand {
  const misplaced = Object.entries(ONLY_FOR).find(
    ([option, tests]) => values[option] !== undefined && !tests.includes(test.analyzer),
  );
  if (misplaced !== undefined) return fail(`--${misplaced[0]} is for ${misplaced[1].join(' and ')}`);
  const format = asText(values.format) ?? 'tree';
  if (format !== 'tree' && format !== 'json') return fail(`--format wants tree or json, not "${format}"`);
  const seconds = Number(asText(values.timeout) ?? Number.NaN);
  const timeoutGiven = values.timeout !== undefined;
  if (timeoutGiven && !(seconds >= 1 && seconds <= 3600))
    return fail('--timeout wants a number of seconds from 1 to 3600');
  const network = networkOf(values, environment);
  if (!network.ok) return network;
  const oauth = oauthOf(values, environment);
  if (!oauth.ok) return oauth;
  const timeoutMs = timeoutGiven ? seconds * 1000 : null;
  const passwordFromStdin = values['password-stdin'] === true;
  const output = asText(values.output) ?? null;
  const command = {
    kind: 'test',
    test,
    network: network.profile,
    timeoutMs,
    format,
    output,
    oauth: oauth.oauth,
    passwordFromStdin,
    tokenFromStdin: values['token-stdin'] === true,
  } as const;
  return { ok: true, command: { ...command, ...clientCertificateOf(values) } };
}

function clientCertificateOf(values: Values): { clientCertificate?: Uint8Array } {
  const file = asText(values['client-certificate']);
  if (file === undefined) return {};
  const instead = 'a .pfx or .p12 file is wanted, with the private key in it';
  return { clientCertificate: openedPkcs12('--client-certificate', file, instead) };
}

function oauthOf(values: Values, environment: NodeJS.ProcessEnv): ReturnType<typeof readOAuth> {
  const start = readOAuth('variable', environment);
  const given = oauthSettings.map(({ option }) => [option, asText(values[option.slice(2)])]);
  return start.ok ? readOAuth('option', Object.fromEntries(given), start.oauth) : start;
}

function networkOf(
  values: Values,
  environment: NodeJS.ProcessEnv,
): { ok: true; profile: NetworkProfile } | { ok: false; error: string } {
  const start = profileFromEnvironment(environment);
  if (!start.ok) return start;
  const given = settings.flatMap(({ option }) => {
    const texts = values[option.slice(2)];
    return Array.isArray(texts) ? texts.flatMap((text) => [option, String(text)]) : [];
  });
  return profileFromArguments(given, start.profile);
}
