/** What a test of RPC over HTTP alone shows for each generation of Outlook. */
import type { Net } from '#lib/net/door.ts';
import { autodiscoverClients } from '#lib/probes/autodiscover-clients.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { reportClients } from './clients/report.ts';
import { predictByRpc, rpcWaysOf } from './clients/transports.ts';
import type { MailboxRequest } from './mailbox-request.ts';
import { planStep } from './plan.ts';
import type { RpcEnds } from './transports/rpc.ts';

const KEY = 'clients';

/** The plan of the table. */
export const planRpcClients = (host: string): PlannedNode => planStep(autodiscoverClients, { host, port: 443 }, KEY);

/** @param ends how the mailbox opened; null where nobody came so far */
export async function clientsByRpc(
  scope: Scope<Net>,
  { domain: host, client }: MailboxRequest,
  result: StepResult<unknown>,
  ends: RpcEnds | null,
): Promise<void> {
  const { clients, evidence } = reportClients(predictByRpc(rpcWaysOf(result, ends), client));
  scope.tellClients(clients);
  const input = { host, port: 443, table: evidence, cloudFirst: null, leftOut: null, asking: [] };
  await scope.step(autodiscoverClients, input, KEY);
}
