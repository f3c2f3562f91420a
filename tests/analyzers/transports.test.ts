/** What is made of the transports once they have been tried: who connects by which, what is to blame, and who need not knock twice. */
import { describe, expect, test } from 'vitest';
import type { ClientPrediction } from '#lib/analyzers/clients/prediction.ts';
import {
  predictByRpc,
  rpcWaysOf,
  type WaySeen,
  type WaysSeen,
  withTransports,
} from '#lib/analyzers/clients/transports.ts';
import { type ClientId, clientIds, mapiClient, speaksRpcHttp, usualClient } from '#lib/analyzers/clients.ts';
import { Doors } from '#lib/analyzers/transports/doors.ts';
import { FirstUse } from '#lib/analyzers/transports/first-use.ts';
import type { RpcEnds } from '#lib/analyzers/transports/rpc.ts';
import { blame, isFelt } from '#lib/analyzers/transports/transports.ts';
import type { Offer } from '#lib/probes/judging/offers.ts';
import { catalogue, type FindingCode } from '#lib/result/catalogue/index.ts';
import type { EndState, ResultNode } from '#lib/result/node.ts';
import type { StepResult } from '#lib/run/outcome.ts';

const works: WaySeen = { outcome: 'works', because: [] };
const unknown: WaySeen = { outcome: 'not-tested', because: [] };
const fails = (...because: FindingCode[]): WaySeen => ({ outcome: 'fails', because });
const notOffered = (code: FindingCode): WaySeen => ({ outcome: 'not-offered', because: [code] });
const noRpc = notOffered('rpc.not-offered');

const mapi: Offer = { protocol: 'mapiHttp', address: 'https://a.test/mapi/emsmdb/', outside: true };
const expr: Offer = { protocol: 'expr', address: 'a.test', outside: true };
const exhttp: Offer = { protocol: 'exhttp', address: 'a.test', outside: true };
const ews: Offer = { protocol: 'ews', address: 'https://a.test/ews', outside: true };

const prediction = (client: ClientId, ...knows: Offer[]): ClientPrediction => ({
  ...{ client, outcome: 'connects', by: 'srv', because: [], methods: [], totalMs: 7, knows, note: 'A note.' },
});

/** "mapi-http" connects, "✕ codes" is blocked, "? codes" was not tested; "srv" is how the settings came, where nothing else is known. */
function summary({ outcome, transport, by, because }: ClientPrediction): string {
  if (outcome === 'connects') return transport ?? by ?? 'connects';
  return [outcome === 'blocked' ? '✕' : '?', ...because].join(' ');
}

describe('a client that has its settings', () => {
  const both = [mapi, expr];
  const ways = (of: Partial<WaysSeen>): WaysSeen => ({ mapi: works, rpc: works, rpcUnencrypted: works, ...of });

  test.each<[name: string, knows: readonly Offer[], WaysSeen, expected: string]>([
    ['both are offered and work', both, ways({}), 'mapi-http'],
    ['the order of the document does not matter', [expr, mapi], ways({}), 'mapi-http'],
    ['the newer one fails', both, ways({ mapi: fails('mapi.disabled') }), 'rpc-http'],
    ['the newer one was not tested', both, ways({ mapi: unknown }), 'rpc-http'],
    ['the older one alone is offered', [exhttp], ways({}), 'rpc-http'],
    ['the newer one alone, which fails', [mapi], ways({ mapi: fails('mapi.disabled') }), '✕ mapi.disabled'],
    [
      'both fail, for the same reason and another',
      both,
      ways({ mapi: fails('mailbox.none'), rpc: fails('mailbox.none', 'rpc.fault') }),
      '✕ mailbox.none rpc.fault',
    ],
    [
      'one fails, of the other nobody knows',
      both,
      ways({ mapi: fails('mapi.disabled'), rpc: unknown }),
      '? mapi.disabled',
    ],
    ['neither is offered', [ews], ways({ mapi: fails('mapi.disabled'), rpc: noRpc }), 'srv'],
  ])('%s', (_name, knows, seen, expected) => {
    const [told] = withTransports([prediction(usualClient, ...knows)], seen, usualClient);
    expect(told && summary(told)).toBe(expected);
  });

  test('keeps what is known of its settings, and loses its way to them where it is blocked', () => {
    const [connected] = withTransports([prediction(usualClient, mapi)], ways({}), usualClient);
    expect(connected).toMatchObject({ by: 'srv', totalMs: 7, note: expect.stringContaining('A note.') });
    const [blocked] = withTransports(
      [prediction(usualClient, mapi)],
      ways({ mapi: fails('mailbox.none') }),
      usualClient,
    );
    expect(blocked).toMatchObject({ by: null, totalMs: 7, knows: [mapi] });
  });

  test('and encrypts is not stopped by what stops those that do not', () => {
    const seen = ways({ rpcUnencrypted: fails('rpc.encryption-required') });
    expect(withTransports([prediction('outlook-2007', expr)], seen, usualClient).map(summary)).toEqual(['rpc-http']);
    const other = ways({ rpc: fails('rpc.fault'), rpcUnencrypted: works });
    expect(withTransports([prediction('outlook-2007', expr)], other, usualClient).map(summary)).toEqual([
      '✕ rpc.fault',
    ]);
  });

  test('is left alone where it speaks neither, has none, or cannot be told', () => {
    const closed = ways({ mapi: fails('mapi.disabled'), rpc: fails('rpc.fault'), rpcUnencrypted: fails('rpc.fault') });
    const blocked: ClientPrediction = { ...prediction('outlook-2016'), outcome: 'blocked', because: ['auth.rejected'] };
    const others = [prediction('thunderbird', ews), prediction('ios-mail'), prediction('outlook-new', mapi), blocked];
    expect(withTransports(others, closed, usualClient)).toEqual(others);
  });
});

describe('Outlook 2003, whose settings are typed in', () => {
  const typed: ClientPrediction = { ...prediction('outlook-2003'), outcome: 'not-tested', by: null };
  test.each<[rpcUnencrypted: WaySeen, expected: string]>([
    [works, 'rpc-http'],
    [fails('rpc.encryption-required'), '✕ rpc.encryption-required'],
    [unknown, '?'],
    [noRpc, '✕ rpc.not-offered'],
  ])('with RPC that is not encrypted: %j', (rpcUnencrypted, expected) => {
    const told = withTransports([typed], { mapi: works, rpc: works, rpcUnencrypted }, usualClient);
    expect(told.map(summary)).toEqual([expected]);
  });
});

describe('a test of RPC over HTTP', () => {
  const done: StepResult<null> = { ok: true, node: 'rpc-http', value: null };
  const stopped = (state: EndState, ...codes: FindingCode[]): StepResult<null> => ({
    ok: false,
    node: '',
    state,
    codes,
  });
  const ends = (encrypted: boolean, unencrypted: RpcEnds['unencrypted']): RpcEnds => ({ encrypted, unencrypted });
  const required = fails('rpc.encryption-required');

  test.each<[StepResult<null>, RpcEnds | null, rpc: WaySeen, rpcUnencrypted: WaySeen]>([
    [done, ends(true, 'opened'), works, works],
    [done, ends(true, 'not-encrypted'), works, required],
    [done, ends(true, 'not-opened'), works, unknown],
    [done, ends(true, null), works, unknown],
    [done, ends(false, 'opened'), unknown, works],
    // The mailbox opens, and the address book stops whoever wants a profile.
    [stopped('failed', 'nspi.failed'), ends(true, 'opened'), fails('nspi.failed'), fails('nspi.failed')],
    [stopped('failed', 'mailbox.none'), ends(false, 'not-opened'), fails('mailbox.none'), fails('mailbox.none')],
    [stopped('failed', 'rpc.proxy-buffers'), null, fails('rpc.proxy-buffers'), fails('rpc.proxy-buffers')],
    [stopped('skipped', 'rpc.not-offered'), null, noRpc, noRpc],
    [stopped('failed', 'rpc.not-offered'), null, noRpc, noRpc],
    [
      stopped('skipped', 'tool.not-tested'),
      null,
      { ...unknown, because: ['tool.not-tested'] },
      { ...unknown, because: ['tool.not-tested'] },
    ],
  ])('%j and %j', (result, seen, rpc, rpcUnencrypted) => {
    expect(rpcWaysOf(result, seen)).toEqual({ rpc, rpcUnencrypted });
  });

  test('alone tells of every client that speaks it, and of no other', () => {
    const told = predictByRpc({ rpc: works, rpcUnencrypted: required }, usualClient);
    expect(told.map(({ client }) => client)).toEqual([...clientIds]);
    const by = Object.groupBy(told, summary);
    expect(by['✕ rpc.encryption-required']?.map(({ client }) => client)).toEqual(['outlook-2003']);
    expect(by['rpc-http']?.map(({ client }) => client)).toEqual(
      clientIds.filter((id) => speaksRpcHttp(id) && id !== 'outlook-2003'),
    );
    expect(by['?']?.map(({ client }) => client)).toEqual(clientIds.filter((id) => !speaksRpcHttp(id)));
  });
});

test('every client has a version to say to a server of MAPI; those that speak none, that of the usual one', () => {
  expect(mapiClient('outlook-2010')).toMatchObject({ name: 'Outlook 2010', encryptsRpc: true });
  expect(mapiClient('outlook-2003').encryptsRpc).toBe(false);
  expect(mapiClient('thunderbird')).toEqual(mapiClient(usualClient));
  expect(mapiClient('outlook-new')).toEqual(mapiClient(usualClient));
  for (const id of clientIds) expect(mapiClient(id).version, id).toMatch(/^\d+(\.\d+){3}$/);
});

describe('where no transport works', () => {
  const node = (id: string, status: EndState, codes: FindingCode[] = [], children: ResultNode[] = []): ResultNode => ({
    ...{ id, step: 'x', title: { key: 'run.title', args: {} }, status, startedMs: 0, elapsedMs: 0, evidence: [] },
    findings: codes.map((code) => ({ id: `${id}#${code}`, code, severity: catalogue[code].severity, args: {} })),
    children,
  });
  const way = (key: string, code: FindingCode): ResultNode =>
    node(`transports/${key}`, 'failed', [], [node(`transports/${key}/step`, 'failed', [code])]);
  const [lost, closed] = [way('mapi-http', 'mapi.session-lost'), way('rpc-http', 'rpc.fault')];
  const [noMapi, noRpcWay] = [way('mapi-http', 'mapi.not-offered'), way('rpc-http', 'rpc.not-offered')];

  test.each<[name: string, failed: readonly ResultNode[], blamed: readonly string[]]>([
    ['both that are offered', [lost, closed], ['transports/mapi-http', 'transports/rpc-http']],
    ['the one that is offered', [lost, noRpcWay], ['transports/mapi-http']],
    ['the older one, where it alone is', [noMapi, closed], ['transports/rpc-http']],
    ['the newer one, where neither is, whatever the order', [noRpcWay, noMapi], ['transports/mapi-http']],
  ])('%s: to blame', (_name, failed, branches) => {
    expect(blame(failed)).toEqual({ branches });
  });

  test('what is offered and fails is felt all the same; what is not offered, or not tested, is not', () => {
    expect([lost, noMapi, node('transports/rpc-http', 'skipped', [], [node('x', 'skipped')])].map(isFelt)).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('doors', () => {
  const place = { host: 'Mail.Example.test', port: 443 };
  const failed = (node: string) => ({ ok: false, node, state: 'failed', codes: [] }) as const;

  test('tell how it went to whoever comes later, or earlier, by the name of the place', async () => {
    const doors = new Doors(false);
    doors.expectHost(place);
    doors.expectService(place, '/mapi');
    const early = doors.host({ host: 'mail.example.TEST', port: 443 });
    doors.toldHost(place, failed('host'));
    doors.toldService(place, '/mapi', failed('service'));
    expect(await early).toEqual(failed('host'));
    expect(await doors.host(place)).toEqual(failed('host'));
    expect(await doors.service(place, '/mapi')).toEqual(failed('service'));
  });

  test('know nothing of places to which nobody goes', () => {
    const doors = new Doors(false);
    doors.expectService(place, '/mapi');
    doors.toldHost(place, failed('nobody waits for this'));
    expect([doors.host(place), doors.service({ ...place, port: 444 }, '/mapi'), doors.service(place, '/rpc')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('keep the first word, and one promise for all who announce the same', async () => {
    const doors = new Doors(false);
    doors.expectHost(place);
    const first = doors.host(place);
    doors.expectHost(place);
    expect(doors.host(place)).toBe(first);
    doors.toldHost(place, failed('first'));
    doors.toldHost(place, failed('second'));
    expect(await first).toEqual(failed('first'));
  });
});

describe('the first use of a sign-in', () => {
  test('goes alone; who waits goes on unless it was refused', async () => {
    for (const proof of ['proven', 'unknown', 'refused'] as const) {
      const told: string[] = [];
      const use = new FirstUse(false, (seen) => told.push(seen));
      expect(await use.take()).toBe(true);
      const second = use.take();
      use.settle(proof);
      use.settle('proven');
      expect([await second, told]).toEqual([proof !== 'refused', [proof]]);
    }
  });

  test('is over where it has gone well before', async () => {
    const use = new FirstUse(true);
    expect([await use.take(), await use.take()]).toEqual([true, true]);
  });
});
