/** The mail clients that the forms offer: those whose way a run can go. */
import {
  type ClientId,
  clientIds,
  clientName,
  emulatedClients,
  offersMapiHttp,
  speaksRpcHttp,
  usualClient,
} from '#lib/analyzers/clients.ts';
import type { MailboxTest } from '#lib/analyzers/mailbox-request.ts';

const choices = (ids: readonly ClientId[]) =>
  ids.map((id) => ({ id, name: clientName(id), ...(id === usualClient && { usual: true as const }) }));

export const clientChoices = {
  outlook: choices(emulatedClients),
  autodiscover: choices(emulatedClients),
  'mapi-http': choices(clientIds.filter(offersMapiHttp)),
  'rpc-http': choices(clientIds.filter(speaksRpcHttp)),
} satisfies Record<MailboxTest, unknown>;
