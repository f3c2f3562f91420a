/** The way to the mailbox by RPC over HTTP: whether it is offered, its entrance, and what is behind it. */
import type { Net } from '#lib/net/door.ts';
import { certificatePrincipal } from '#lib/probes/certificate-principal.ts';
import { type RpcOffered, rpcOffer } from '#lib/probes/rpc-offer.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import { title } from '#lib/result/titles.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { mapiClient, outlookAsker } from '../clients.ts';
import type { Context } from '../context.ts';
import { planGroup, planStep } from '../plan.ts';
import type { RpcAuth } from '../rpc-request.ts';
import { type Entrance, enter } from './enter.ts';
import type { Settled } from './mapi-way.ts';
import { planRpc, type RpcEnds, type RpcTarget, runRpc } from './rpc.ts';

/** What was typed in; it goes before what the settings say. */
export interface TypedIn {
  readonly rpcServer: string | null;
  readonly principal: string | null;
  readonly rpcAuth: RpcAuth | null;
  readonly endpointMapper: boolean;
}

export const NOTHING_TYPED: TypedIn = { rpcServer: null, principal: null, rpcAuth: null, endpointMapper: false };

export const RPC_WAY = 'rpc-http';

/** The plan; what follows the offer is known only with the settings. */
export function planRpcWay(host: string): PlannedNode {
  return planGroup(RPC_WAY, title('rpc.title', {}), [planStep(rpcOffer, { host, port: 443 }, 'offer')]);
}

export interface RpcAsked {
  readonly user: string;
  readonly typed: TypedIn;
  /** Whether it is this way alone that is tested. */
  readonly isWanted: boolean;
  /** Whether the client in question would end up here. */
  readonly isUsed: () => Promise<boolean>;
  readonly ended: (ends: RpcEnds) => void;
}

/** Runs the branch. */
export async function rpcWay(
  scope: Scope<Net>,
  settled: Settled,
  asked: RpcAsked,
  context: Context,
): Promise<StepResult<null>> {
  const { opened, documents, search } = settled;
  const { typed, isWanted } = asked;
  const client = { name: mapiClient(context.client).name, isOnlyWay: isWanted || speaksRpcAlone(context) };
  const input = { host: opened.host, port: opened.port, documents, client };
  const offer = await scope.step(
    rpcOffer,
    { ...input, typed: { server: typed.rpcServer, principal: typed.principal } },
    'offer',
  );
  if (!offer.ok) return offer;
  const entrance = entranceAt(offer.value, opened.mailbox, typed.rpcAuth);
  const known = {
    ...settled,
    isPlanned: false,
    objection: () => search.ground.objectionTo(scope, entrance.host, search),
  };
  const inside = await enter(scope, entrance, known, search.ground.contextFor(entrance.host, context));
  const target = targetOf(offer.value, opened.mailbox, asked);
  // Whether it is reached or not: what could not be tried has to be seen.
  scope.plan(planRpc(entrance, target.asksEndpointMapper));
  if (!inside.ok) return inside;
  const { principal } = offer.value;
  const compared = principal === null ? null : await comparePrincipal(scope, entrance, inside.value.session, principal);
  const mailboxOpened = await runRpc(scope, target, inside.value, context, asked.ended);
  // Outlook goes no further where the certificate was made for somebody else.
  return compared !== null && !compared.ok ? compared : mailboxOpened;
}

async function comparePrincipal(
  scope: Scope<Net>,
  { host, port }: Entrance,
  shown: Parameters<typeof certificatePrincipal.observe>[1]['shown'],
  principal: string,
): Promise<StepResult<unknown>> {
  scope.plan([planStep(certificatePrincipal, { host, port }, 'principal')]);
  return scope.step(certificatePrincipal, { host, port, shown, principal }, 'principal');
}

const speaksRpcAlone = ({ client }: Context): boolean => outlookAsker(client) === 'older-outlook';

function targetOf(offered: RpcOffered, mailbox: string, { user, typed, isUsed }: RpcAsked): RpcTarget {
  const { server, dn, serverDn, isOld } = offered;
  return {
    mailbox,
    user,
    server,
    dn,
    serverDn,
    asksEndpointMapper: typed.endpointMapper || isOld,
    isUsed,
  };
}

/** The proxy as a place: always at the same path. [MS-RPCH] 2.2.2 */
export function entranceAt(
  { proxy, promised }: Pick<RpcOffered, 'proxy' | 'promised'>,
  mailbox: string,
  only: RpcAuth | null,
): Entrance {
  return { host: proxy, port: 443, path: '/rpc/rpcproxy.dll', service: 'Outlook Anywhere', mailbox, promised, only };
}
