/** One mailbox by RPC over HTTP alone: by what was typed in, as in an old profile, or by what Autodiscover names. */
import type { Net } from '#lib/net/door.ts';
import { certificatePrincipal } from '#lib/probes/certificate-principal.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { documentsOf, planSearch, searchFor } from './autodiscover.ts';
import { offersMapiHttp } from './clients.ts';
import { clientsByRpc, planRpcClients } from './clients-by-rpc.ts';
import type { Context } from './context.ts';
import { planStep } from './plan.ts';
import type { RpcRequest } from './rpc-request.ts';
import { enter, planEntrance } from './transports/enter.ts';
import { planRpc, type RpcEnds, type RpcTarget, runRpc } from './transports/rpc.ts';
import { entranceAt, planRpcWay, RPC_WAY, rpcWay } from './transports/rpc-way.ts';

/** The plan of the test. */
export function planRpcHttp(request: RpcRequest): PlannedNode[] {
  const clients = planRpcClients(request.domain);
  if (request.server === null) return [planSearch(request), planRpcWay(request.domain), clients];
  const place = typedEntrance(request, request.server);
  const { principal, endpointMapper } = request;
  return [
    ...planEntrance(place, request.signInWith),
    ...(principal === null ? [] : [planStep(certificatePrincipal, place, 'principal')]),
    ...planRpc(place, endpointMapper),
    clients,
  ];
}

/** Runs the test. */
export async function rpcHttp(scope: Scope<Net>, request: RpcRequest, context: Context): Promise<StepResult<unknown>> {
  let ends: RpcEnds | null = null;
  const ended = (seen: RpcEnds): void => {
    ends = seen;
  };
  const result =
    request.server === null
      ? await bySettings(scope, request, context, ended)
      : await byHand(scope, request, request.server, context, ended);
  await clientsByRpc(scope, request, result, ends);
  return result;
}

async function bySettings(
  scope: Scope<Net>,
  request: RpcRequest,
  context: Context,
  ended: (ends: RpcEnds) => void,
): Promise<StepResult<unknown>> {
  const { won, notes, search } = await searchFor(scope, request, context);
  if (!won.ok) return won;
  const documents = documentsOf(notes.filter(({ method }) => method === won.value.method));
  const offersMapi = documents.some(({ offers }) => offers.some(({ protocol }) => protocol === 'mapiHttp'));
  const isUsed = async (): Promise<boolean> => !(offersMapi && offersMapiHttp(request.client));
  const settled = { opened: won.value, documents, search, doors: null };
  const asked = { user: request.user, typed: request, isWanted: true, isUsed, ended };
  return scope.group(RPC_WAY, (group) => rpcWay(group, settled, asked, context));
}

const typedEntrance = ({ mailbox, rpcAuth }: RpcRequest, server: string) =>
  entranceAt({ proxy: server, promised: null }, mailbox, rpcAuth);

async function byHand(
  scope: Scope<Net>,
  request: RpcRequest,
  server: string,
  context: Context,
  ended: (ends: RpcEnds) => void,
): Promise<StepResult<unknown>> {
  const entrance = typedEntrance(request, server);
  // Whoever types in a server wants to sign in there.
  const known = { opened: null, doors: null, isPlanned: true, objection: async () => null };
  const inside = await enter(scope, entrance, known, context);
  if (!inside.ok) return inside;
  const { principal, mailbox, user, rpcServer, endpointMapper } = request;
  let compared: StepResult<unknown> | null = null;
  if (principal !== null) {
    const { session: shown } = inside.value;
    compared = await scope.step(certificatePrincipal, { ...entrance, shown, principal }, 'principal');
  }
  const target: RpcTarget = {
    ...{ mailbox, user, server: rpcServer ?? server, dn: null, serverDn: null },
    asksEndpointMapper: endpointMapper,
    isUsed: async () => true,
  };
  const opened = await runRpc(scope, target, inside.value, context, ended);
  return compared !== null && !compared.ok ? compared : opened;
}
