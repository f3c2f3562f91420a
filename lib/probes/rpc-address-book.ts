/** "Check Name" by RPC: the address lists, and whom the address stands for. [MS-OXNSPI] 3.1.4 */

import type { Net } from '#lib/net/door.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import type { FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { nspiBind, nspiGetSpecialTable, nspiResolveNamesW, nspiUnbind } from '#lib/sessions/rpc-http/address-book.ts';
import type { Called, RpcConnection } from '#lib/sessions/rpc-http/connection.ts';
import { UNBIND_SUCCESS } from '#lib/wire/nspi/flags.ts';
import type { PropertyList } from '#lib/wire/nspi/row.ts';
import {
  isSuccess,
  listsTable,
  nspiRefusal,
  PERSON_TAGS,
  type Person,
  personGroup,
  resolvedPerson,
  smtpName,
} from './judging/address-book.ts';
import { callFailure, rpcFailureCodes } from './judging/rpc-failure.ts';
import type { RpcPlace } from './judging/rpc-place.ts';
import { rpcServices } from './judging/rpc-services.ts';

export interface RpcAddressBookInput extends RpcPlace {
  readonly connection: RpcConnection;
}

type Refused = Exclude<Called<unknown>, { readonly kind: 'returned' }>;

/** `call`: the one at which it ended. */
type Seen = { readonly evidence: readonly Evidence[]; readonly lists: readonly PropertyList[] } & (
  | { readonly kind: 'ended'; readonly call: string; readonly called: Refused }
  | { readonly kind: 'refused'; readonly call: string; readonly status: number }
  | { readonly kind: 'resolved'; readonly results: readonly number[] | null; readonly rows: readonly PropertyList[] }
);

export const rpcAddressBook: Probe<Net, RpcAddressBookInput, Seen, Person> = {
  id: 'rpc-address-book',
  titles: {
    planned: () => title('rpc-address-book.planned', {}),
    failed: () => title('rpc-address-book.failed', {}),
  },
  emits: [...rpcFailureCodes, 'nspi.failed', 'nspi.name-not-found'],
  observe: async (_net, { connection, mailbox }) => {
    try {
      const seen = await lookUp(connection, mailbox);
      return { ...seen, evidence: connection.takeEvidence() };
    } finally {
      connection.close();
    }
  },
  judge: (seen, input) => {
    const { host, mailbox } = input;
    const tables = seen.lists.length === 0 ? [] : [listsTable(seen.lists)];
    const person = personIn(seen, input);
    if ('code' in person) {
      const facts: Evidence[] = tables.length === 0 ? [] : [{ kind: 'facts', body: { host, groups: [], tables } }];
      return { ok: false, findings: [person], evidence: [...facts, ...seen.evidence] };
    }
    const rows = seen.kind === 'resolved' ? seen.rows : [];
    const groups = [personGroup(person, rows[0] ?? [])];
    return {
      ok: true,
      value: person,
      title: title('rpc-address-book.passed', { name: person.displayName.slice(0, 200) || mailbox }),
      evidence: [{ kind: 'facts', body: { host, groups, tables } }, ...seen.evidence],
    };
  },
};

async function lookUp(connection: RpcConnection, mailbox: string) {
  const ended = (call: string, called: Refused, lists: readonly PropertyList[] = []) =>
    ({ kind: 'ended', call, called, lists }) as const;
  const refused = (call: string, status: number, lists: readonly PropertyList[] = []) =>
    ({ kind: 'refused', call, status, lists }) as const;
  const bound = await nspiBind(connection);
  if (bound.kind !== 'returned') return ended('NspiBind', bound);
  const { handle, status } = bound.value;
  if (!isSuccess(status)) return refused('NspiBind', status);
  const table = await nspiGetSpecialTable(connection, handle);
  if (table.kind !== 'returned') return ended('NspiGetSpecialTable', table);
  if (!isSuccess(table.value.status)) return refused('NspiGetSpecialTable', table.value.status);
  const lists = table.value.rows ?? [];
  const found = await nspiResolveNamesW(connection, handle, { tags: PERSON_TAGS, names: [smtpName(mailbox)] });
  if (found.kind !== 'returned') return ended('NspiResolveNamesW', found, lists);
  if (!isSuccess(found.value.status)) return refused('NspiResolveNamesW', found.value.status, lists);
  const unbound = await nspiUnbind(connection, handle);
  if (unbound.kind !== 'returned') return ended('NspiUnbind', unbound, lists);
  const { status: last } = unbound.value;
  if (last !== UNBIND_SUCCESS && !isSuccess(last)) return refused('NspiUnbind', last, lists);
  return { kind: 'resolved', results: found.value.results, rows: found.value.rows ?? [], lists } as const;
}

function personIn(seen: Seen, input: RpcAddressBookInput): Person | FindingDraft {
  switch (seen.kind) {
    case 'ended':
      return callFailure(seen.called, seen.call, input, rpcServices.addressBook);
    case 'refused':
      return nspiRefusal(input.host, seen.call, seen.status);
    case 'resolved':
      return resolvedPerson(seen, input);
  }
}
