/** The mail clients that the forms offer: those whose way a run can go. */
import { clientName, emulatedClients, usualClient } from '#lib/analyzers/clients.ts';

export const clientChoices = emulatedClients.map((id) => ({
  id,
  name: clientName(id),
  ...(id === usualClient && { usual: true as const }),
}));
