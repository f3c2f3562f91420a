/** Autodiscover answers, the lab's and recorded ones, read by exchangelib and by us. */
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { toBoolean } from '#lib/wire/autodiscover/parts.ts';
import { decodePoxResponse, type PoxProtocol, type PoxResponse } from '#lib/wire/autodiscover/pox.ts';
import { serverVersionOf } from '#lib/wire/autodiscover/pox-protocol.ts';
import {
  decodeGetUserSettings,
  encodeGetUserSettings,
  SOAP_ACTION,
  SOAP_PATH,
  type SoapResponse,
} from '#lib/wire/autodiscover/soap.ts';
import { ask, mailHost, settingsOf } from '#tests/lab/client.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { type Recorded, recorded, utf8 } from '#tests/wire/autodiscover/recorded.ts';
import { needs, output } from './foreign.ts';

const SETTINGS = ['healthy', 'healthy-classic', 'no-mapi-http', 'unknown-elements', 'url-internal-only'];
const ERRORS = ['address-unknown', 'provider-error'];

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: [...SETTINGS, ...ERRORS] });
});
afterAll(() => lab.stop());
beforeEach((context) => needs(context, 'exchangelib'));

type Values = Readonly<Record<string, string | number | boolean | null>>;

interface Theirs {
  readonly error?: Values;
  readonly user: Values;
  readonly account: Values;
  readonly protocols: readonly Values[];
  /** What it says of an element that is not there. */
  readonly defaults: Values;
}

/** What each reads out of an answer in plain XML. */
async function both(body: Uint8Array): Promise<{ theirs: Theirs; ours: PoxResponse }> {
  const ours = decodePoxResponse(body);
  if (!ours.ok) throw new Error(ours.fault.reason);
  return { theirs: await readByThem('pox', body), ours: ours.response };
}

async function readByThem(format: 'pox' | 'soap', body: Uint8Array) {
  const program = fileURLToPath(new URL('read-autodiscover.py', import.meta.url));
  return JSON.parse(await output('/usr/bin/python3', [program, format], body));
}

const world = async (name: string): Promise<Uint8Array> => utf8((await settingsOf(lab, name)).body);

test.for(SETTINGS)('%s: the same settings', async (name) => {
  sameSettings(await both(await world(name)));
});

test('recorded: the same settings', async () => {
  sameSettings(await both(recorded('pox.xml')));
});

function sameSettings({ theirs, ours }: { theirs: Theirs; ours: PoxResponse }): void {
  if (ours.kind !== 'settings') throw new Error(ours.kind);
  const { user, account, protocols } = ours;
  expect(theirs.user).toEqual({
    DisplayName: user.displayName,
    LegacyDN: user.legacyDn,
    DeploymentId: user.deploymentId,
    AutoDiscoverSMTPAddress: user.address,
  });
  expect(theirs.account.MicrosoftOnline).toBe(account.microsoftOnline);
  expect(theirs.account.SmtpAddress ?? null).toBe(account.publicFolderAddress);
  expect(theirs.protocols.length).toBe(protocols.length);
  for (const [index, protocol] of protocols.entries()) sameProtocol(theirs.protocols[index] ?? {}, protocol, theirs);
}

/** Elements that they do not know. */
const OURS_ALONE = ['ServerExclusiveConnect', 'AD', 'GroupingInformation'];

function sameProtocol(theirs: Values, protocol: PoxProtocol, { defaults }: Theirs): void {
  const ours = new Map(
    protocol.rows
      .filter(({ path, known, value }) => known && value !== '' && !path.includes('@') && !OURS_ALONE.includes(path))
      // Of elements that repeat they read the first.
      .filter(({ path }) => !/\[(?!1\])\d+\]/.test(path))
      .map(({ path, value }) => [path.replaceAll('[1]', ''), value]),
  );
  // A type in an attribute is none to them.
  const { Type = protocol.type, Version = protocol.version, ...rest } = theirs;
  expect([Type, Version]).toEqual([protocol.type, protocol.version]);
  for (const [path, value] of Object.entries(rest)) {
    const mine = ours.get(path);
    if (mine === undefined) expect(value, path).toBe(defaults[path]);
    else expect(likeTheirs(path, mine), path).toBe(typeof value === 'string' ? value.toLowerCase() : value);
    ours.delete(path);
  }
  // A value that they refuse.
  if (ours.get('AuthPackage') === 'anonymous') ours.delete('AuthPackage');
  expect([...ours.keys()], 'read by us alone').toEqual([]);
}

const SWITCHES = ['SSL', 'DomainRequired', 'SPA', 'AuthRequired', 'UsePOPAuth', 'SMTPLast'];
const NUMBERS = ['TTL', 'Port', 'DirectoryPort', 'ReferralPort'];

function likeTheirs(path: string, value: string): string | number | boolean | null {
  if (SWITCHES.includes(path)) return toBoolean(value);
  if (NUMBERS.includes(path)) return Number(value);
  return path === 'ServerVersion' ? `${serverVersionOf(value)}.0` : value.toLowerCase();
}

const RECORDED: readonly Recorded[] = ['pox-unknown-address.xml', 'pox-unknown-schema.xml', 'pox-empty-request.xml'];

test.for([...ERRORS, ...RECORDED])('%s: the same error', async (name) => {
  const { theirs, ours } = await both(isRecorded(name) ? recorded(name) : await world(name));
  if (ours.kind !== 'error') throw new Error(ours.kind);
  const { number, message, debug, time, id } = ours;
  const values = { ErrorCode: number, Message: message, DebugData: debug, Time: time, Id: id };
  expect(values).toEqual({ DebugData: '', ...theirs.error });
});

function isRecorded(name: string): name is Recorded {
  return RECORDED.some((one) => one === name);
}

test('healthy: the same settings by SOAP', async () => {
  const { email, username, password } = lab.world('healthy');
  const host = mailHost('healthy');
  const url = `https://${host}${SOAP_PATH}`;
  const names = ['UserDisplayName', 'UserDN', 'ExternalEwsUrl', 'InternalOABUrl', 'MailboxDN', 'InternalWebClientUrls'];
  const headers = { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: `"${SOAP_ACTION}"` };
  const body = encodeGetUserSettings({ address: email, url, settings: names });
  const options = { method: 'POST', path: SOAP_PATH, headers, auth: `${username}:${password}` };
  const document = utf8(await text(await ask(lab, host, options, body)));
  const theirs = await readByThem('soap', document);
  const ours = decodeGetUserSettings(document, 'text/xml');
  if (!ours.ok) throw new Error(ours.fault.reason);
  expect(textsOf(ours.response)).toEqual(theirs.settings);
  expect(Object.keys(theirs.settings)).toEqual(names);
  expect(theirs.errors).toEqual([]);
});

/** They know no lists. */
function textsOf(response: SoapResponse): Values {
  if (response.kind !== 'user-settings') throw new Error(response.kind);
  return Object.fromEntries(
    response.settings.map(({ name, value }) => [name, value.kind === 'text' ? value.text : null]),
  );
}
