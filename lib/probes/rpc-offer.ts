/** Whether the settings offer RPC over HTTP to a client outside, and how. [MS-OXDSCLI] 2.2.4.1.1.2.6 */
import type { Net } from '#lib/net/door.ts';
import { draft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { serverVersionOf } from '#lib/wire/autodiscover/pox-protocol.ts';
import { isServerName } from '#lib/wire/rts/http.ts';
import { whyOnlyInside } from './judging/service-url.ts';
import type { SettingsDocument } from './judging/settings-document.ts';

export interface RpcOfferInput extends Subject {
  readonly documents: readonly SettingsDocument[];
  /** The client in question, and whether it speaks nothing else. */
  readonly client: { readonly name: string; readonly isOnlyWay: boolean };
  /** What was typed in goes before what the settings say. */
  readonly typed: { readonly server: string | null; readonly principal: string | null };
}

export interface RpcOffered {
  readonly proxy: string;
  readonly server: string;
  /** CertPrincipalName; null where none is to be compared. */
  readonly principal: string | null;
  /** AuthPackage. */
  readonly promised: string | null;
  readonly dn: string | null;
  /** Of the mailbox's server or database. */
  readonly serverDn: string | null;
  /** A server older than Exchange 2013 has an endpoint mapper that answers. */
  readonly isOld: boolean;
}

export const rpcOffer: Probe<Net, RpcOfferInput, null, RpcOffered> = {
  id: 'rpc-offer',
  titles: {
    planned: () => title('rpc-offer.planned', {}),
    failed: () => title('rpc-offer.failed', {}),
  },
  emits: ['rpc.not-offered'],
  // The settings are there already.
  observe: async () => null,
  judge: (_seen, { documents, client, typed }) => {
    const protocols = documents.flatMap((document) => document.protocols);
    const way = protocols.find(isWayIn('expr')) ?? protocols.find(isWayIn('exhttp'));
    const proxy = way?.server ?? null;
    if (way === undefined || proxy === null) {
      const why = 'the settings name no RPC proxy for clients outside';
      const args = { client: client.name, why };
      const finding = client.isOnlyWay ? draft('rpc.not-offered', args) : draft('rpc.not-offered', args, 'notice');
      return { ok: false, findings: [finding] };
    }
    const exch = protocols.find(({ key, server }) => key === 'exch' && server !== null);
    const named = [typed.server, exch?.server ?? null, proxy].find((name) => name !== null && isServerName(name));
    const user = documents.find((document) => document.user !== null)?.user ?? null;
    const [major = ''] = serverVersionOf(exch?.serverVersion ?? null)?.split('.', 1) ?? [];
    return {
      ok: true,
      value: {
        proxy: proxy.toLowerCase(),
        server: named ?? proxy,
        principal: typed.principal ?? principalIn(way.certPrincipalName),
        promised: way.authPackage,
        dn: user?.legacyDn ?? null,
        serverDn: exch?.mdbDn ?? exch?.serverDn ?? null,
        isOld: major !== '' && Number(major) < EXCHANGE_2013,
      },
      title: title('rpc-offer.passed', { host: proxy.toLowerCase() }),
    };
  },
};

const EXCHANGE_2013 = 15;

type Protocol = SettingsDocument['protocols'][number];

const isWayIn =
  (wanted: 'expr' | 'exhttp') =>
  ({ key, side, server, ssl }: Protocol): boolean =>
    key === wanted && side !== 'internal' && server !== null && ssl && isHost(server) && whyOnlyInside(server) === null;

const isHost = (name: string): boolean => /^[a-z0-9._-]{1,253}$/i.test(name);

const principalIn = (name: string | null): string | null =>
  name === null || /^none$/i.test(name) ? null : name.slice(0, 500);
