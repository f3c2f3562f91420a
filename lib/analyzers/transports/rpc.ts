/** RPC over HTTP: the proxy, and behind it the address book, the referral service and the mailbox, side by side where they can be. */
import type { Net } from '#lib/net/door.ts';
import type { Person } from '#lib/probes/judging/address-book.ts';
import type { RpcMailboxEnd, RpcPlace } from '#lib/probes/judging/rpc-place.ts';
import { rpcServices } from '#lib/probes/judging/rpc-services.ts';
import { rpcAddressBook } from '#lib/probes/rpc-address-book.ts';
import { rpcEncryption } from '#lib/probes/rpc-encryption.ts';
import { rpcEndpoint } from '#lib/probes/rpc-endpoint.ts';
import { rpcEndpointMapper } from '#lib/probes/rpc-endpoint-mapper.ts';
import { type RpcMailboxInput, rpcMailbox } from '#lib/probes/rpc-mailbox.ts';
import { rpcPlainHttp } from '#lib/probes/rpc-plain-http.ts';
import { rpcProxy } from '#lib/probes/rpc-proxy.ts';
import { rpcReferral } from '#lib/probes/rpc-referral.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { clientIds, clientName, clients, mapiClient } from '../clients.ts';
import type { Context } from '../context.ts';
import { planGroup, planStep } from '../plan.ts';
import { Behind } from './behind.ts';
import type { Inside } from './enter.ts';

export interface RpcTarget {
  readonly mailbox: string;
  readonly user: string;
  /** The server behind the proxy. */
  readonly server: string;
  /** The legacy DN; null where the address book has to be asked for it. */
  readonly dn: string | null;
  readonly serverDn: string | null;
  readonly asksEndpointMapper: boolean;
  /** Whether the client in question would end up with this transport; told when that is known. */
  readonly isUsed: () => Promise<boolean>;
}

/** How the mailbox opened: with RPC's own encryption, and without it. Null where that could not be tried. */
export interface RpcEnds {
  readonly encrypted: boolean;
  readonly unencrypted: RpcMailboxEnd | null;
}

const PORTS = {
  addressBook: String(rpcServices.addressBook.port),
  referral: String(rpcServices.referral.port),
  mailbox: String(rpcServices.mailbox.port),
  endpointMapper: String(rpcServices.endpointMapper.port),
} as const;

/** The plan behind the sign-in. The address book goes first: it proves the sign-in within RPC, and knows by what name mailboxes are opened. */
export function planRpc(proxy: Subject, asksEndpointMapper: boolean): PlannedNode[] {
  const behind = planStep(rpcEndpoint, proxy, 'endpoint');
  return [
    planStep(rpcProxy, proxy, 'proxy'),
    planStep(rpcPlainHttp, proxy, 'plain-http'),
    planGroup('address-book', title('rpc.address-book', { port: PORTS.addressBook }), [
      behind,
      planStep(rpcAddressBook, proxy, 'look-up'),
    ]),
    planGroup('referral', title('rpc.referral', { port: PORTS.referral }), [
      behind,
      planStep(rpcReferral, proxy, 'ask'),
    ]),
    planGroup('unencrypted', title('rpc.plain-mailbox', {}), [behind, planStep(rpcMailbox, proxy, 'mailbox')]),
    planGroup('mailbox', title('rpc.sealed-mailbox', {}), [behind, planStep(rpcMailbox, proxy, 'mailbox')]),
    planStep(rpcEncryption, proxy, 'encryption'),
    ...(asksEndpointMapper ? [planEndpointMapper(proxy)] : []),
  ];
}

/** Runs it. Ends well where the mailbox was opened, encrypted or not. */
export async function runRpc(
  scope: Scope<Net>,
  target: RpcTarget,
  inside: Inside,
  context: Context,
  ended: (ends: RpcEnds) => void,
): Promise<StepResult<null>> {
  const place = placeOf(target, inside, context);
  const plain = scope.step(rpcPlainHttp, inside, 'plain-http');
  const echo = await scope.step(rpcProxy, place, 'proxy');
  inside.firstUse.settle(echo.ok ? 'proven' : echo.codes.includes('auth.inconsistent') ? 'refused' : 'unknown');
  if (!echo.ok) {
    await plain;
    return echo;
  }
  const rpc = new Behind(place, context);
  const found = Promise.withResolvers<Person | null>();
  const book = rpc
    .group(scope, 'address-book', (group) => addressBook(group, rpc, found.resolve))
    .finally(() => found.resolve(null));
  // The first sign-in within RPC goes alone; if the mailbox is known by name, nobody else waits for what it finds.
  const person = target.dn === null ? await found.promise : null;
  const dn = target.dn ?? person?.dn ?? null;
  const isHopeless = await rpc.isHopeless();
  const rest = dn === null || isHopeless ? null : behind(scope, { target, dn, rpc }, person, ended);
  const mapper = target.asksEndpointMapper ? endpointMapper(scope, rpc) : null;
  const [looked, opened] = await Promise.all([book, rest, mapper, plain]);
  if (opened === null) return looked.ok ? { ok: false, node: scope.id, state: 'skipped', codes: [] } : looked;
  return opened.ok && !looked.ok ? looked : opened;
}

function placeOf(
  { mailbox, user, server }: RpcTarget,
  inside: Inside,
  { client, credential, secrets }: Context,
): RpcPlace {
  const { name, version } = mapiClient(client);
  const isPassword = inside.method === null || inside.method.scheme !== 'Bearer';
  const password = isPassword ? (credential?.password ?? null) : null;
  return { ...inside, mailbox, user, server, client: { name, version }, password, hide: secrets.keepSpellings };
}

async function addressBook(
  group: Scope<Net>,
  { place }: Behind,
  found: (person: Person | null) => void,
): Promise<StepResult<Person>> {
  const service = rpcServices.addressBook;
  const reached = await group.step(rpcEndpoint, { ...place, service, level: 'privacy' }, 'endpoint');
  if (!reached.ok) return reached;
  const person = await group.step(rpcAddressBook, { ...place, connection: reached.value }, 'look-up');
  found(person.ok ? person.value : null);
  return person;
}

interface Wanted {
  readonly target: RpcTarget;
  readonly dn: string;
  readonly rpc: Behind;
}

async function behind(
  scope: Scope<Net>,
  wanted: Wanted,
  person: Person | null,
  ended: (ends: RpcEnds) => void,
): Promise<StepResult<null>> {
  const { rpc, target } = wanted;
  const referral = rpc.group(scope, 'referral', (group) => askReferral(group, wanted, person), 'aside');
  const [unencrypted, opened] = await Promise.all([
    tryUnencrypted(scope, wanted),
    rpc.group(scope, 'mailbox', (group) => openMailbox(group, wanted)),
  ]);
  const ends = { encrypted: opened.ok, unencrypted };
  ended(ends);
  await compare(scope, target, rpc, ends);
  await referral;
  if (opened.ok) return { ...opened, value: null };
  return unencrypted === 'opened' ? { ok: true, node: scope.id, value: null } : opened;
}

async function askReferral(group: Scope<Net>, { target, dn, rpc }: Wanted, person: Person | null) {
  const { place } = rpc;
  const service = rpcServices.referral;
  const reached = await group.step(rpcEndpoint, { ...place, service, level: 'privacy' }, 'endpoint');
  if (!reached.ok) return reached;
  const serverDn = target.serverDn ?? person?.homeMdb ?? null;
  return group.step(rpcReferral, { ...place, connection: reached.value, dn, serverDn }, 'ask');
}

/** A refusal on purpose: it is made only while some are left, and not at a server that has fallen silent before. */
async function tryUnencrypted(scope: Scope<Net>, wanted: Wanted): Promise<RpcMailboxEnd | null> {
  const { place, context } = wanted.rpc;
  const isSilent = wanted.rpc.isSilent;
  const settle = place.password === null ? () => undefined : isSilent ? null : context.budget.takeVariants(1);
  if (settle === null) {
    scope.notNeeded('unencrypted');
    return null;
  }
  const tried = await scope.group<RpcMailboxEnd>(
    'unencrypted',
    async (group) => {
      const service = rpcServices.mailbox;
      const reached = await group.step(rpcEndpoint, { ...place, service, level: 'connect' }, 'endpoint');
      if (!reached.ok) return reached;
      return group.step(rpcMailbox, { ...mailboxInput(wanted), connection: reached.value, isTrial: true }, 'mailbox');
    },
    'aside',
  );
  settle(tried.ok && tried.value === 'not-opened' ? 1 : 0);
  return tried.ok ? tried.value : null;
}

async function openMailbox(group: Scope<Net>, wanted: Wanted): Promise<StepResult<RpcMailboxEnd>> {
  const { place } = wanted.rpc;
  const service = rpcServices.mailbox;
  const reached = await group.step(rpcEndpoint, { ...place, service, level: 'privacy' }, 'endpoint');
  if (!reached.ok) return reached;
  const input = { ...mailboxInput(wanted), connection: reached.value, isTrial: false };
  return group.step(rpcMailbox, input, 'mailbox');
}

function mailboxInput({ dn, rpc: { place, context } }: Wanted): Omit<RpcMailboxInput, 'connection' | 'isTrial'> {
  const [major = 0, minor = 0, build = 0, revision = 0] = place.client.version.split('.').map(Number);
  return { ...place, dn, version: { major, minor, build, revision }, now: context.now };
}

async function compare(scope: Scope<Net>, target: RpcTarget, { place, context }: Behind, ends: RpcEnds): Promise<void> {
  const { name, encryptsRpc } = mapiClient(context.client);
  const input = {
    ...{ host: place.host, port: place.port, ...ends },
    client: { name, encrypts: encryptsRpc },
    lockedOut: unencrypting(),
    isUsed: await target.isUsed(),
  };
  await scope.step(rpcEncryption, input, 'encryption');
}

/** Those that do not encrypt RPC by themselves. */
const unencrypting = (): string[] =>
  clientIds.flatMap((id) => {
    const client = clients[id];
    return client.kind !== 'untested' && client.mapi?.encryptsRpc === false ? [clientName(id)] : [];
  });

const planEndpointMapper = (proxy: Subject): PlannedNode =>
  planGroup('endpoint-mapper', title('rpc.endpoint-mapper', { port: PORTS.endpointMapper }), [
    planStep(rpcEndpoint, proxy, 'endpoint'),
    planStep(rpcEndpointMapper, proxy, 'ask'),
  ]);

/** Nobody has to sign in there, and no client of today needs it: what fails is a warning. */
function endpointMapper(scope: Scope<Net>, { place }: Behind): Promise<StepResult<null>> {
  return scope.group(
    'endpoint-mapper',
    async (group) => {
      const input = { ...place, password: null };
      const service = rpcServices.endpointMapper;
      const reached = await group.step(rpcEndpoint, { ...input, service, level: 'connect' }, 'endpoint');
      return reached.ok ? group.step(rpcEndpointMapper, { ...input, connection: reached.value }, 'ask') : reached;
    },
    'aside',
  );
}
