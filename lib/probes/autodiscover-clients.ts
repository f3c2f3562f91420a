/** Says what each kind of mail client makes of all that was found: settings, and where that was tried the mailbox. */
import type { Net } from '#lib/net/door.ts';
import type { ClientsEvidence } from '#lib/result/evidence.ts';
import { draft } from '#lib/result/finding.ts';
import type { Message } from '#lib/result/message.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';

export interface ClientsInput extends Subject {
  readonly table: ClientsEvidence;
  /** Microsoft 365 answers for a mailbox whose settings come from `host`; null where the client in question would not notice. */
  readonly cloudFirst: { readonly mailbox: string; readonly host: string; readonly cloud: string } | null;
  /** There are settings, and the client in question can do nothing with them; null where it can, or where there are none. */
  readonly leftOut: { readonly host: string; readonly client: string; readonly offered: readonly string[] } | null;
  /** Hosts that ask for a sign-in. */
  readonly asking: readonly string[];
}

export const autodiscoverClients: Probe<Net, ClientsInput, ClientsEvidence, void> = {
  id: 'autodiscover-clients',
  titles: {
    planned: () => title('autodiscover-clients.planned', {}),
    failed: () => title('autodiscover-clients.failed', {}),
  },
  emits: ['autodiscover.client-left-out', 'autodiscover.cloud-first'],
  observe: async (_net, { table }) => table,
  judge: (table, input) => {
    const { cloudFirst, leftOut } = input;
    const evidence = [{ kind: 'clients', body: table }] as const;
    const cloud = cloudFirst === null ? [] : [draft('autodiscover.cloud-first', cloudFirst)];
    if (leftOut !== null)
      return { ok: false, findings: [draft('autodiscover.client-left-out', leftOut), ...cloud], evidence };
    return { ok: true, value: undefined, title: passed(table, input), findings: cloud, evidence };
  },
};

function passed({ rows }: ClientsEvidence, { asking }: ClientsInput): Message {
  const blocked = rows.filter(({ outcome }) => outcome === 'blocked').length;
  if (rows.some(({ transport }) => transport !== undefined)) {
    const count = rows.filter(({ transport }) => typeof transport === 'string').length;
    return title('autodiscover-clients.opened', { count, blocked });
  }
  const count = rows.filter(({ outcome }) => outcome === 'connects').length;
  if (count + blocked > 0) return title('autodiscover-clients.passed', { count, blocked });
  return asking.length > 0
    ? title('autodiscover-clients.asked', { hosts: asking })
    : title('autodiscover-clients.open', {});
}
