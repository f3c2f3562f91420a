/** Asks the referral service which server to use, and for its name. [MS-OXABREF] 3.1.4 */
import type { Net } from '#lib/net/door.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import type { Called, RpcConnection } from '#lib/sessions/rpc-http/connection.ts';
import { rfrGetFqdn, rfrGetNewDsa } from '#lib/sessions/rpc-http/referral.ts';
import { fitsAsciiz } from '#lib/wire/bytes/writer.ts';
import { statusOf, statusText } from '#lib/wire/dce-rpc/status.ts';
import { nameOfCode } from '#lib/wire/mapi-codes.ts';
import type { RfrGetFqdnResponse, RfrGetNewDsaResponse } from '#lib/wire/rfr/calls.ts';
import { channelCodes, rpcFailure } from './judging/rpc-failure.ts';
import type { RpcPlace } from './judging/rpc-place.ts';
import { rpcServices } from './judging/rpc-services.ts';

export interface RpcReferralInput extends RpcPlace {
  readonly connection: RpcConnection;
  readonly dn: string;
  /** DN of the mailbox's database or of its server; null where nobody has said so. */
  readonly serverDn: string | null;
}

interface Seen {
  readonly dsa: Called<RfrGetNewDsaResponse> | null;
  /** Null where it was not asked. */
  readonly fqdn: Called<RfrGetFqdnResponse> | null;
  readonly evidence: readonly Evidence[];
}

export const rpcReferral: Probe<Net, RpcReferralInput, Seen, string> = {
  id: 'rpc-referral',
  titles: {
    planned: () => title('rpc-referral.planned', {}),
    failed: () => title('rpc-referral.failed', {}),
  },
  emits: [...channelCodes, 'rpc.referral-failed'],
  observe: async (_net, { connection, dn, serverDn }) => {
    try {
      const dsa = fitsAsciiz(dn) ? await rfrGetNewDsa(connection, dn) : null;
      const fqdn = dsa?.kind === 'returned' && serverDn !== null ? await nameOf(connection, serverDn) : null;
      return { dsa, fqdn, evidence: connection.takeEvidence() };
    } finally {
      connection.close();
    }
  },
  judge: ({ dsa, fqdn, evidence }, input) => {
    const { host } = input;
    const failed = (finding: FindingDraft) => ({ ok: false, findings: [finding], evidence }) as const;
    const without = (call: string, why: string) => failed(draft('rpc.referral-failed', { host, call, why }));
    if (dsa === null) return without('RfrGetNewDSA', 'the name of the mailbox holds letters that it cannot carry');
    if (dsa.kind === 'failed') return failed(rpcFailure(dsa.failure, input, rpcServices.referral));
    if (dsa.kind === 'fault') return without('RfrGetNewDSA', faultWords(dsa.status));
    const { status, server } = dsa.value;
    if (status !== 0) return without('RfrGetNewDSA', nameOfCode(status));
    if (server === null || server === '') return without('RfrGetNewDSA', 'it names none');
    if (fqdn?.kind === 'failed') return failed(rpcFailure(fqdn.failure, input, rpcServices.referral));
    if (fqdn?.kind === 'fault') return without('RfrGetFQDNFromServerDN', faultWords(fqdn.status));
    if (fqdn?.kind === 'returned' && fqdn.value.status !== 0)
      return without('RfrGetFQDNFromServerDN', nameOfCode(fqdn.value.status));
    const named = fqdn?.kind === 'returned' ? fqdn.value.fqdn : null;
    const rows = [
      { name: 'RfrGetNewDSA', value: server.slice(0, 500) },
      ...(named === null ? [] : [{ name: 'RfrGetFQDNFromServerDN', value: named.slice(0, 500) }]),
    ];
    return {
      ok: true,
      value: server,
      title: title('rpc-referral.passed', { server: server.slice(0, 300) }),
      evidence: [{ kind: 'facts', body: { host, groups: [{ title: 'Referral', rows }] } }, ...evidence],
    };
  },
};

const faultWords = (status: number): string => `fault ${statusText(status)}, ${statusOf(status).name}`;

/** The specification wants the server's DN; others than Exchange want that of the database, and name something without a dot otherwise. */
async function nameOf(connection: RpcConnection, dn: string): Promise<Called<RfrGetFqdnResponse> | null> {
  if (!fitsAsciiz(dn)) return null;
  const cut = dn.replace(/\/cn=Microsoft [^/]{1,40}$/i, '');
  const first = await rfrGetFqdn(connection, cut);
  const isPlausible =
    first.kind !== 'returned' || (first.value.status === 0 && first.value.fqdn?.includes('.') === true);
  if (isPlausible) return first;
  return rfrGetFqdn(connection, `${cut}/cn=Microsoft Private MDB`);
}
