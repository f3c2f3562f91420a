/** Our client against the lab's RPC proxy, which shares no code with it: the address book at every level of protection, and what is refused. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ntlmIdentity } from '#lib/auth/ntlm/identity.ts';
import { type RpcLevel, RpcSecurity } from '#lib/auth/rpc-security.ts';
import { scrubber } from '#lib/auth/scrub.ts';
import { Secret } from '#lib/auth/secret.ts';
import type { SignInMethod, Way } from '#lib/auth/signed-request.ts';
import { Net } from '#lib/net/door.ts';
import { profileFromArguments } from '#lib/net/profile.ts';
import type { RpcConnection } from '#lib/sessions/rpc-http/connection.ts';
import { askEcho } from '#lib/sessions/rpc-http/echo.ts';
import { openConnection } from '#lib/sessions/rpc-http/open.ts';
import { NSPI } from '#lib/wire/nspi/rpc/interface.ts';
import {
  decodeNspiBindResponse,
  decodeNspiUnbindResponse,
  encodeNspiBindRequest,
  encodeNspiUnbindRequest,
} from '#lib/wire/nspi/rpc/session.ts';
import { mailHost } from '#tests/lab/client.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { mailboxId } from '#tests/lab/store/owner.ts';
import { never } from '#tests/net/servers.ts';

const WORLDS = [
  'rpc-healthy',
  'rpc-ntlm',
  'rpc-odd',
  'rpc-two-servers',
  'rpc-silent',
  'rpc-verbs-refused',
  'rpc-recycled',
];

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: WORLDS });
});
afterAll(() => lab.stop());

interface Client {
  readonly net: Net;
  readonly way: Way;
  readonly user: string;
  readonly password: Secret;
  readonly target: { readonly server: string; readonly port: number };
}

async function clientOf(world: string, password = lab.world(world).password): Promise<Client> {
  const parsed = profileFromArguments(lab.options);
  if (!parsed.ok) throw new Error(parsed.error);
  const { username } = lab.world(world);
  const net = new Net(parsed.profile, scrubber(username, Secret.of(password)));
  onTestFinished(() => net.close());
  const session = await net.handshake(
    await net.dial(await net.resolve(mailHost(world), 443, never), 443, never),
    never,
  );
  const server = mailboxId({ domain: `${world}.lab.test` });
  const way = { session, accept: () => false };
  return { net, way, user: username, password: Secret.of(password), target: { server, port: 6_004 } };
}

const basic = ({ user, password }: Client): SignInMethod => ({ scheme: 'Basic', user, password });
const ntlm = ({ user, password }: Client, scheme: 'NTLM' | 'Negotiate' = 'NTLM'): SignInMethod => ({
  ...{ scheme, wrapping: 'bare', user, password, binding: 'right' },
  hide: () => undefined,
});

async function openedBy(client: Client, method: SignInMethod): Promise<RpcConnection> {
  const opened = await openConnection(client.net, client.way, method, client.target, never);
  if (opened.kind !== 'open') throw new Error(JSON.stringify(opened.failure));
  onTestFinished(() => opened.connection.close());
  return opened.connection;
}

const STAT = {
  ...{ sortType: 0, containerId: 0, currentRec: 0, delta: 0, numPos: 0, totalRecs: 0 },
  ...{ codePage: 0x4e4, templateLocale: 0x409, sortLocale: 0x409 },
};

const nspiBind = {
  ...{ name: 'NspiBind', opnum: NSPI.opnums.bind, decode: decodeNspiBindResponse },
  encode: (trace: Parameters<typeof encodeNspiBindRequest>[1]) =>
    encodeNspiBindRequest({ flags: 0, stat: STAT }, trace),
};

async function throughTheAddressBook(connection: RpcConnection): Promise<number> {
  const bound = await connection.call(nspiBind);
  if (bound.kind !== 'returned') throw new Error(JSON.stringify(bound));
  expect(bound.value.status).toBe(0);
  const { handle } = bound.value;
  const unbound = await connection.call({
    ...{ name: 'NspiUnbind', opnum: NSPI.opnums.unbind, decode: decodeNspiUnbindResponse },
    encode: (trace) => encodeNspiUnbindRequest({ handle }, trace),
  });
  return unbound.kind === 'returned' ? unbound.value.status : -1;
}

describe('the address book', () => {
  test.each<[string, RpcLevel | null]>([
    ['rpc-healthy', null],
    ['rpc-healthy', 'connect'],
    ['rpc-healthy', 'integrity'],
    ['rpc-healthy', 'privacy'],
    ['rpc-odd', 'privacy'],
  ])('of %s, with RPC at the level %s', async (world, level) => {
    const client = await clientOf(world);
    const connection = await openedBy(client, basic(client));
    const identity = ntlmIdentity(client.user);
    const security = level && new RpcSecurity({ ...identity, password: client.password, level });
    expect(await connection.bind(NSPI, security)).toMatchObject({ kind: 'bound' });
    expect(await throughTheAddressBook(connection)).toBe(1);
    expect(connection.credentials).toEqual({ proxy: 'accepted', rpc: level === null ? 'none' : 'accepted' });
  });

  test('behind NTLM on both channels', async () => {
    const client = await clientOf('rpc-ntlm');
    const connection = await openedBy(client, ntlm(client));
    const security = new RpcSecurity({ ...ntlmIdentity(client.user), password: client.password, level: 'privacy' });
    expect((await connection.bind(NSPI, security)).kind).toBe('bound');
    expect(await throughTheAddressBook(connection)).toBe(1);
  });

  test('with a wrong password within RPC: the first call says so', async () => {
    const client = await clientOf('rpc-healthy');
    const connection = await openedBy(client, basic(client));
    const wrong = new RpcSecurity({ ...ntlmIdentity(client.user), password: Secret.of('Falsch'), level: 'privacy' });
    expect((await connection.bind(NSPI, wrong)).kind).toBe('bound');
    expect(await connection.call(nspiBind)).toMatchObject({ kind: 'fault', status: 5 });
    expect(connection.credentials.rpc).toBe('refused');
  });
});

describe('what is refused', () => {
  test('another interface, another port, another server', async () => {
    const client = await clientOf('rpc-healthy');
    const elsewhere = await openedBy({ ...client, target: { ...client.target, port: 6_002 } }, basic(client));
    expect(await elsewhere.bind(NSPI, null)).toMatchObject({ kind: 'refused', why: 'abstract syntax not supported' });
    const openAt = (target: Client['target']) => openConnection(client.net, client.way, basic(client), target, never);
    expect(await openAt({ ...client.target, port: 593 })).toMatchObject({
      failure: { kind: 'rpc-error', code: 0x6ba },
    });
    expect(await openAt({ server: 'nobody', port: 6_004 })).toMatchObject({
      failure: { kind: 'http', answer: { status: 404 } },
    });
  });

  test.each([
    ['rpc-healthy', basic],
    ['rpc-ntlm', ntlm],
  ] as const)('a wrong password at the proxy of %s', async (world, method) => {
    const client = await clientOf(world, 'Falsch');
    const seen = await askEcho(client.net, client.way, method(client), client.target, never);
    expect(seen).toMatchObject({ failure: { kind: 'http', answer: { status: 401 } }, isProven: true });
    const opened = await openConnection(client.net, client.way, method(client), client.target, never);
    expect(opened).toMatchObject({ kind: 'failed', credential: 'refused' });
  });

  test('channels that do not find each other', async () => {
    const client = await clientOf('rpc-two-servers');
    const patience = { c2Ms: 300 };
    const opened = await openConnection(client.net, client.way, basic(client), client.target, never, patience);
    expect(opened).toMatchObject({ failure: { kind: 'no-answer', awaited: 'CONN/C2', hasHead: true } });
  });

  test('calls to a server that has fallen silent', async () => {
    const client = await clientOf('rpc-silent');
    const connection = await openedBy(client, basic(client));
    await connection.bind(NSPI, null);
    expect((await connection.call(nspiBind)).kind).toBe('returned');
    expect(await connection.call({ ...nspiBind, waitMs: 200 })).toMatchObject({
      failure: { kind: 'no-answer', awaited: 'NspiBind' },
    });
  });

  test('the verbs themselves', async () => {
    const client = await clientOf('rpc-verbs-refused');
    const seen = await askEcho(client.net, client.way, null, client.target, never);
    expect(seen).toMatchObject({ failure: { kind: 'http', answer: { status: 405 } } });
  });

  test('a channel for as long as the test lasts', async () => {
    const client = await clientOf('rpc-recycled');
    const opened = await openConnection(client.net, client.way, basic(client), client.target, never);
    const seen = opened.kind === 'open' ? await opened.connection.bind(NSPI, null) : opened;
    const last = opened.kind === 'open' && seen.kind === 'bound' ? await opened.connection.call(nspiBind) : seen;
    expect(last.kind === 'returned' || JSON.stringify(last).includes('recycling')).toBe(true);
  });
});

test('the echo comes back, with and without a sign-in of several legs', async () => {
  for (const [world, method] of [
    ['rpc-healthy', basic],
    ['rpc-ntlm', ntlm],
  ] as const) {
    const client = await clientOf(world);
    for (const channel of ['in', 'out'] as const) {
      const seen = await askEcho(client.net, client.way, method(client), client.target, never, channel);
      expect(seen).toMatchObject({ kind: 'echoed', isProven: true });
      expect(JSON.stringify(seen.legs)).not.toContain(lab.world(world).password);
    }
  }
});
