/** A server bars versions one by one: what the table says of the client whose version was sent, and of all others. */
import { expect, test } from 'vitest';
import type { ClientPrediction } from '#lib/analyzers/clients/prediction.ts';
import {
  predictByRpc,
  rpcWaysOf,
  type WaySeen,
  type WaysSeen,
  withTransports,
} from '#lib/analyzers/clients/transports.ts';
import type { ClientId } from '#lib/analyzers/clients.ts';

const barred: WaySeen = { outcome: 'fails', because: ['mailbox.client-version-blocked'] };
const works: WaySeen = { outcome: 'works', because: [] };
const everywhere: WaysSeen = { mapi: barred, rpc: barred, rpcUnencrypted: barred };

/** It has its settings, with both transports in them. */
const settled = (client: ClientId): ClientPrediction => ({
  ...{ client, outcome: 'connects', by: 'https-autodiscover', because: [], methods: [], totalMs: 0, note: '' },
  knows: [
    { protocol: 'mapiHttp', address: 'https://mail.example.test/mapi/emsmdb/', outside: true },
    { protocol: 'expr', address: 'mail.example.test', outside: true },
  ],
});
const WINDOWS: readonly ClientId[] = ['outlook-2010', 'outlook-2013-sp1', 'outlook-2019', 'outlook-365-classic'];

const outcomes = (predictions: readonly ClientPrediction[]): Record<string, string> =>
  Object.fromEntries(predictions.map(({ client, outcome }) => [client, outcome]));

test.each<[chosen: ClientId, sent: ClientId]>([
  ['outlook-2019', 'outlook-2019'],
  ['outlook-2010', 'outlook-2010'],
  // It speaks no MAPI, so that the usual client was sent.
  ['thunderbird', 'outlook-365-classic'],
])('asked as %s, the version of %s is barred, and of others nobody knows', (chosen, sent) => {
  const told = outcomes(withTransports(WINDOWS.map(settled), everywhere, chosen));
  expect(told).toEqual(Object.fromEntries(WINDOWS.map((id) => [id, id === sent ? 'blocked' : 'not-tested'])));
});

test('a client that gets in by the other transport connects', () => {
  const told = withTransports(WINDOWS.map(settled), { ...everywhere, rpc: works }, 'outlook-2019');
  expect(told.map(({ outcome, transport }) => [outcome, transport])).toEqual(
    WINDOWS.map(() => ['connects', 'rpc-http']),
  );
});

test('what bars everybody is known for everybody', () => {
  const closed: WaySeen = { outcome: 'fails', because: ['mailbox.protocol-disabled'] };
  const told = withTransports(
    WINDOWS.map(settled),
    { mapi: closed, rpc: closed, rpcUnencrypted: closed },
    'outlook-2019',
  );
  expect(new Set(told.map(({ outcome }) => outcome))).toEqual(new Set(['blocked']));
});

test('where RPC over HTTP alone was tested, the same', () => {
  const told = outcomes(predictByRpc({ rpc: barred, rpcUnencrypted: barred }, 'outlook-2010'));
  expect(told).toMatchObject({
    ...{ 'outlook-2003': 'not-tested', 'outlook-2010': 'blocked', 'outlook-365-classic': 'not-tested' },
    ...{ 'ios-mail': 'not-tested' },
  });
});

test('a mailbox that opens is no way in where the address book stops the profile', () => {
  const ends = { encrypted: true, unencrypted: 'opened' } as const;
  const ways = rpcWaysOf({ ok: false, node: 'rpc-http', state: 'failed', codes: ['nspi.name-not-found'] }, ends);
  const stopped: WaySeen = { outcome: 'fails', because: ['nspi.name-not-found'] };
  expect(ways).toEqual({ rpc: stopped, rpcUnencrypted: stopped });
  expect(rpcWaysOf({ ok: true, node: 'rpc-http', value: null }, ends)).toEqual({ rpc: works, rpcUnencrypted: works });
});
