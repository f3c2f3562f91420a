/** Says what each kind of mail client makes of all that was found. */
import type { Net } from '#lib/net/door.ts';
import type { ClientsEvidence } from '#lib/result/evidence.ts';
import { draft } from '#lib/result/finding.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';

export interface ClientsInput extends Subject {
  readonly table: ClientsEvidence;
  /** Microsoft 365 answers for a mailbox whose settings come from `host`; null where it does not, or was not asked. */
  readonly cloudFirst: { readonly mailbox: string; readonly host: string; readonly cloud: string } | null;
}

export const autodiscoverClients: Probe<Net, ClientsInput, ClientsEvidence, void> = {
  id: 'autodiscover-clients',
  titles: {
    planned: () => title('autodiscover-clients.planned', {}),
    failed: () => title('autodiscover-clients.failed', {}),
  },
  emits: ['autodiscover.cloud-first'],
  observe: async (_net, { table }) => table,
  judge: (table, { cloudFirst }) => {
    const count = table.rows.filter(({ outcome }) => outcome === 'connects').length;
    const blocked = table.rows.filter(({ outcome }) => outcome === 'blocked').length;
    return {
      ok: true,
      value: undefined,
      title: title('autodiscover-clients.passed', { count, blocked }),
      findings: cloudFirst === null ? [] : [draft('autodiscover.cloud-first', cloudFirst)],
      evidence: [{ kind: 'clients', body: table }],
    };
  },
};
