/** A server that falls silent after each PDU of a conversation by RPC: the finding names the one that was awaited. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { walk } from '#lib/result/node.ts';
import { findingMessage, text } from '#lib/result/text.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';
import { said, silentAfter } from '#tests/lab/rpc/silences.ts';
import { runWorld } from './run-world.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: [], beside: said.map(silentAfter) });
});
afterAll(() => lab.stop());

/** What a client waits for when the last thing that it heard was this. */
const awaited: Readonly<Record<(typeof said)[number], string>> = {
  head: 'CONN/A3',
  'CONN/A3': 'two channels',
  'CONN/C2': 'bind_ack',
  bind_ack: 'NspiBind',
  NspiBind: 'NspiGetSpecialTable',
  NspiGetSpecialTable: 'NspiResolveNamesW',
  NspiResolveNamesW: 'NspiUnbind',
  RfrGetNewDSA: 'RfrGetFQDNFromServerDN',
  EcDoConnectEx: 'EcDoRpcExt2',
};

// All of them do nothing but wait, so that they wait together.
test('each silence ends in time, with what was awaited', { timeout: 180_000 }, async () => {
  const told = await Promise.all(
    said.map(async (last) => {
      const world = lab.world(silentAfter(last).name);
      const { report } = await runWorld(world);
      const findings = [...walk(report.root)]
        .flatMap((node) => node.findings)
        .filter(({ code }) => code.startsWith('rpc.'));
      expect(
        findings.map(({ code }) => code),
        last,
      ).toEqual(expect.arrayContaining([...world.must]));
      const sentences = findings.map((finding) => text(findingMessage(finding)));
      return [last, sentences.some((sentence) => sentence.includes(awaited[last]))];
    }),
  );
  expect(told).toEqual(said.map((last) => [last, true]));
});
