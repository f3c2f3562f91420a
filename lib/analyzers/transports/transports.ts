/** The transports to the mailbox, side by side and in the order of the client in question: one of them is enough. */
import type { Net } from '#lib/net/door.ts';
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import { childId, type PlannedNode, type ResultNode, walk } from '#lib/result/node.ts';
import { title } from '#lib/result/titles.ts';
import type { Blame } from '#lib/run/alternatives.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import { documentsOf } from '../autodiscover.ts';
import { rpcWaysOf, type WaySeen, type WaysSeen } from '../clients/transports.ts';
import { outlookAsker } from '../clients.ts';
import type { Context } from '../context.ts';
import type { Discovery } from '../discovery/discover.ts';
import type { OutlookRequest } from '../mapi-request.ts';
import { planAlternatives } from '../plan.ts';
import type { Doors } from './doors.ts';
import { MAPI_WAY, mapiWay, planMapiWay } from './mapi-way.ts';
import type { RpcEnds } from './rpc.ts';
import { NOTHING_TYPED, planRpcWay, RPC_WAY, rpcWay } from './rpc-way.ts';

const KEY = 'transports';

/** The plan. */
export function planTransports({ mailbox, domain, client }: OutlookRequest): PlannedNode {
  const ways = [planMapiWay(domain), planRpcWay(domain)];
  return planAlternatives(KEY, title('transports.title', { mailbox }), isMapiFirst(client) ? ways : ways.toReversed());
}

/** An older Outlook does not know the newer transport; every other tries it first. */
const isMapiFirst = (client: OutlookRequest['client']): boolean => outlookAsker(client) === 'outlook';

/** What came of it, for the chosen client and for all others. */
export interface TransportsSeen {
  readonly result: StepResult<null>;
  readonly ways: WaysSeen;
}

/** Runs both. Null where there are no settings. */
export async function openMailbox(
  scope: Scope<Net>,
  request: OutlookRequest,
  { won, notes, search }: Discovery,
  doors: Doors,
  context: Context,
): Promise<TransportsSeen | null> {
  if (!won.ok) return null;
  const documents = documentsOf(notes.filter(({ method }) => method === won.value.method));
  const settled = { opened: won.value, documents, search, doors };
  const [mapiEnded, rpcEnded] = [Promise.withResolvers<StepResult<null>>(), Promise.withResolvers<StepResult<null>>()];
  let ends: RpcEnds | null = null;
  const { user } = request;
  const speaksMapi = isMapiFirst(request.client);
  const mapi = {
    key: MAPI_WAY,
    body: async (branch: Scope<Net>) => {
      const asked = { user, looking: request, isWanted: false };
      const went = await telling(mapiEnded, () => mapiWay(branch, settled, asked, context));
      return speaksMapi ? went : ofNoUse(branch);
    },
  };
  const isUsed = async (): Promise<boolean> => !speaksMapi || isNoWay(await mapiEnded.promise);
  const ended = (seen: RpcEnds): void => {
    ends = seen;
  };
  const rpc = {
    key: RPC_WAY,
    body: (branch: Scope<Net>) =>
      telling(rpcEnded, () =>
        rpcWay(branch, settled, { user, typed: NOTHING_TYPED, isWanted: false, isUsed, ended }, context),
      ),
  };
  const branches = speaksMapi ? [mapi, rpc] : [rpc, mapi];
  const isSpoken = ({ id }: ResultNode): boolean => speaksMapi || isWay(id, RPC_WAY);
  const result = await scope.alternatives(KEY, {
    branches,
    blame: (failed) => blame(failed.filter(isSpoken)),
    isFelt: (branch) => isSpoken(branch) && isFelt(branch),
  });
  const [mapiSeen, rpcSeen] = await Promise.all([mapiEnded.promise, rpcEnded.promise]);
  return { result, ways: { mapi: waySeen(mapiSeen), ...rpcWaysOf(rpcSeen, ends) } };
}

/** An address book that does not know the person is the same by every transport. */
const isNoWay = (result: StepResult<null>): boolean =>
  !result.ok && !result.codes.some((code) => code.startsWith('nspi.'));

/** A client that does not speak it is not helped, however well it goes; what is said of others rests on it. */
const ofNoUse = ({ id }: Scope<Net>): StepResult<never> => ({ ok: false, node: id, state: 'not-needed', codes: [] });

/** Tells how it ended, whatever ended it. */
async function telling(
  ended: PromiseWithResolvers<StepResult<null>>,
  run: () => Promise<StepResult<null>>,
): Promise<StepResult<null>> {
  try {
    const result = await run();
    ended.resolve(result);
    return result;
  } finally {
    ended.resolve({ ok: false, node: '', state: 'broken', codes: [] });
  }
}

const NOT_OFFERED: readonly FindingCode[] = ['mapi.not-offered', 'rpc.not-offered'];

function waySeen(result: StepResult<null>): WaySeen {
  if (result.ok) return { outcome: 'works', because: [] };
  const { codes, state } = result;
  if (codes.some((code) => NOT_OFFERED.includes(code))) return { outcome: 'not-offered', because: codes };
  return { outcome: state === 'failed' ? 'fails' : 'not-tested', because: codes };
}

/** Those that the settings offer; if they offer none, the one that the client wants most. */
export function blame(failed: readonly ResultNode[]): Blame {
  const offered = failed.filter((branch) => !isNotOffered(branch));
  const wanted = failed.filter(({ id }) => isWay(id, MAPI_WAY));
  const branches = offered.length > 0 ? offered : wanted.length > 0 ? wanted : failed;
  return { branches: branches.map(({ id }) => id) };
}

/** Clients try what is offered, and it has to be repaired, even where another transport helps them. */
export const isFelt = (branch: ResultNode): boolean =>
  !isNotOffered(branch) && branch.children.some(({ status }) => status === 'failed');

const isWay = (id: string, way: string): boolean => id.endsWith(childId('', way));

const isNotOffered = (branch: ResultNode): boolean =>
  [...walk(branch)].some(({ findings }) => findings.some(({ code }) => NOT_OFFERED.includes(code)));
