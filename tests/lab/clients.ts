/** What a run has to say about mail clients, written by hand for each world. Nothing is taken from whoever predicts it. */
import type { ClientOutcome } from '#lib/result/verdict.ts';

export const clientNames = [
  'outlook-2003',
  'outlook-2007',
  'outlook-2010',
  'outlook-2010-updated',
  'outlook-2013',
  'outlook-2013-sp1',
  'outlook-2016',
  'outlook-2019',
  'outlook-365-classic',
  'outlook-new',
  'outlook-mac',
  'outlook-mobile',
  'ios-mail',
  'android-mail',
  'thunderbird',
] as const;
export type ClientName = (typeof clientNames)[number];

/** What has to be said about one of them; by which method it wins is left open where it does not stand here. */
export interface ClientExpectation {
  readonly outcome: ClientOutcome['outcome'];
  readonly by?: string | null;
}

/** By client; `others` are all that are not named. Without them nothing is expected of the rest. */
export type ClientTable = Readonly<Partial<Record<ClientName | 'others', ClientExpectation>>>;

/** It gets its settings by this method. */
export const connects = (by: string): ClientExpectation => ({ outcome: 'connects', by });
/** It opens the mailbox by this transport. */
export const opens = (transport: 'mapi-http' | 'rpc-http'): ClientExpectation => ({
  outcome: 'connects',
  by: transport,
});
export const blocked: ClientExpectation = { outcome: 'blocked', by: null };
export const notTested: ClientExpectation = { outcome: 'not-tested', by: null };

/** What a table says about a client. */
export function expectationOf(table: ClientTable, client: ClientName): ClientExpectation | undefined {
  return table[client] ?? table.others;
}
