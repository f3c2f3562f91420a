/** Opens the mailbox by RPC, as far as its logon. [MS-OXCRPC] 3.1.4, [MS-OXCROPS] 2.2.3.1 */
import type { Net } from '#lib/net/door.ts';
import type { Evidence, FactsEvidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Judgement, Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { Called, RpcConnection } from '#lib/sessions/rpc-http/connection.ts';
import { ecDoConnectEx, ecDoDisconnect, ecDoRpcExt2 } from '#lib/sessions/rpc-http/mailbox.ts';
import { fitsAsciiz } from '#lib/wire/bytes/writer.ts';
import type { EcDoConnectExResponse } from '#lib/wire/emsmdb/connect.ts';
import type { EcDoRpcExt2Response } from '#lib/wire/emsmdb/rpc.ts';
import { type MapiVersion, versionText } from '#lib/wire/emsmdb/version.ts';
import { nameOfCode } from '#lib/wire/mapi-codes.ts';
import type { RopReplies } from '#lib/wire/rop/replies.ts';
import { type ExchangeProduct, productOfBuild } from './data/exchange-product.ts';
import { judgeLogon, logonRequests } from './judging/logon.ts';
import { refusalCodes, refusalFinding } from './judging/mailbox-refusal.ts';
import { callFailure, rpcFailureCodes } from './judging/rpc-failure.ts';
import type { RpcMailboxEnd, RpcPlace } from './judging/rpc-place.ts';
import { rpcServices } from './judging/rpc-services.ts';

export interface RpcMailboxInput extends RpcPlace {
  readonly connection: RpcConnection;
  readonly dn: string;
  readonly version: MapiVersion;
  /** Without encryption, to see whether the server minds: what it refuses then is no fault of anybody. */
  readonly isTrial: boolean;
  readonly now: () => number;
}

interface Seen {
  /** Null where the DN cannot be said in the protocol. */
  readonly connected: Called<EcDoConnectExResponse> | null;
  readonly logon: Called<EcDoRpcExt2Response<RopReplies>> | null;
  readonly evidence: readonly Evidence[];
}

const NOT_ENCRYPTED = 0x970;

export const rpcMailbox: Probe<Net, RpcMailboxInput, Seen, RpcMailboxEnd> = {
  id: 'rpc-mailbox',
  titles: {
    planned: () => title('rpc-mailbox.planned', {}),
    failed: ({ host }) => title('rpc-mailbox.failed', { host }),
  },
  emits: [...rpcFailureCodes, ...refusalCodes, 'mailbox.other-opened', 'server.out-of-support'],
  observe: async (_net, input) => {
    const { connection, dn, version } = input;
    try {
      if (!fitsAsciiz(dn)) return { connected: null, logon: null, evidence: [] };
      const connected = await ecDoConnectEx(connection, dn, version);
      const handle = connected.kind === 'returned' && connected.value.status === 0 ? connected.value.handle : null;
      const logon = handle === null ? null : await ecDoRpcExt2(connection, handle, logonRequests(dn));
      if (handle !== null && logon?.kind === 'returned') await ecDoDisconnect(connection, handle);
      return { connected, logon, evidence: connection.takeEvidence() };
    } finally {
      connection.close();
    }
  },
  judge: (seen, input) => {
    const judged = judge(seen, input);
    if (!input.isTrial) return judged;
    // What is wrong with the mailbox itself is said where it is opened in earnest.
    if (judged.ok) return { ...judged, findings: [] };
    if (!isRefusal(judged.findings ?? [])) return judged;
    const { connected } = seen;
    const isUnencrypted = connected?.kind === 'returned' && connected.value.status === NOT_ENCRYPTED;
    return {
      ok: true,
      value: isUnencrypted ? 'not-encrypted' : 'not-opened',
      title: isUnencrypted
        ? title('rpc-mailbox.encrypted-only', { host: input.host })
        : title('rpc-mailbox.refused', { host: input.host }),
      ...(judged.evidence && { evidence: judged.evidence }),
    };
  },
};

/** The server's word on the mailbox, or on who asks: with encryption it may be another one. */
const isRefusal = (findings: readonly FindingDraft[]): boolean =>
  findings.every(({ code }) => code.startsWith('mailbox.') || code === 'rpc.access-denied');

function judge({ connected, logon, evidence }: Seen, input: RpcMailboxInput): Judgement<RpcMailboxEnd> {
  const { host, mailbox, user, dn, client } = input;
  // Not the server that was asked: a refusal has room for the one that it sends clients to.
  const asked = { host, mailbox, user, dn, client };
  const service = rpcServices.mailbox;
  const shown = (groups: Groups): Evidence[] =>
    groups.length === 0 ? [...evidence] : [{ kind: 'facts', body: { host, groups } }, ...evidence];
  const failed = (finding: FindingDraft, groups: Groups = []): Judgement<RpcMailboxEnd> => {
    const ended = { findings: [finding], evidence: shown(groups) } as const;
    if (finding.code !== 'mailbox.cached-mode-required') return { ok: false, ...ended };
    // Outlook works with such a mailbox; only this test cannot look into it.
    return { ok: true, value: 'opened', title: title('mapi-logon.cached', { host }), ...ended };
  };
  if (connected === null) {
    const code = 'it holds letters that the protocol cannot carry';
    return failed(draft('mailbox.unknown', { host, mailbox, dn, code }));
  }
  if (connected.kind !== 'returned') return failed(callFailure(connected, 'EcDoConnectEx', input, service));
  const { status, serverVersion, displayName } = connected.value;
  const { major, minor, build, revision } = serverVersion;
  const product = productOfBuild([major, minor, build, revision]);
  const facts = [sessionGroup(connected.value, product, input)];
  if (status !== 0 || logon === null) return failed(refusalFinding({ ...asked, code: status }), facts);
  if (logon.kind !== 'returned') return failed(callFailure(logon, 'EcDoRpcExt2', input, service), facts);
  if (logon.value.status !== 0) return failed(refusalFinding({ ...asked, code: logon.value.status }), facts);
  const names = { opened: displayName ?? '', expected: null };
  const judged = judgeLogon(logon.value.payloads, { ...asked, names });
  if (!judged.ok) return failed(judged.findings[0], facts);
  return {
    ok: true,
    value: 'opened',
    title: title('rpc-mailbox.passed', { host, name: displayName?.slice(0, 200) || mailbox }),
    findings: [...judged.findings, ...(input.isTrial ? [] : supportFindings(product, input))],
    evidence: shown([...judged.groups, ...facts]),
  };
}

function supportFindings(product: ExchangeProduct | null, { host, now }: RpcMailboxInput): FindingDraft[] {
  const date = product?.supportEnds ?? null;
  if (product === null || date === null || Date.parse(date) >= now()) return [];
  return [draft('server.out-of-support', { host, product: product.product, build: product.build, date })];
}

type Groups = FactsEvidence['groups'];

function sessionGroup(
  { status, serverVersion, bestVersion, pollsMaxMs, retryDelayMs, displayName }: EcDoConnectExResponse,
  product: ExchangeProduct | null,
  { client }: RpcMailboxInput,
): Groups[number] {
  const rows = [
    { name: 'Status', value: status === 0 ? '0 success' : nameOfCode(status) },
    { name: 'Display name', value: displayName?.slice(0, 200) ?? '' },
    { name: 'Client version sent', value: client.version },
    { name: 'Server version', value: versionText(serverVersion) },
    { name: 'Product', value: product === null ? 'not known' : `${product.product} ${product.update}`.trim() },
    { name: 'Best version', value: versionText(bestVersion) },
    { name: 'Polls at most every', value: `${pollsMaxMs} ms` },
    { name: 'Tries again after', value: `${retryDelayMs} ms` },
  ];
  return { title: 'EcDoConnectEx', rows };
}
