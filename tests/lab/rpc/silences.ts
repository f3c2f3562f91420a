/** A server that says one thing more each time, and then nothing: for tests that go through all of them. */
import { mailServer } from '../hosts.ts';
import { defineWorld, type World } from '../world.ts';

/** What a server says at all three ports before something else that a client waits for; `head` is that of the OUT channel's answer. */
export const said = [
  ...['head', 'CONN/A3', 'CONN/C2', 'bind_ack'],
  ...['NspiBind', 'NspiGetSpecialTable', 'NspiResolveNamesW'],
  ...['RfrGetNewDSA', 'EcDoConnectEx'],
] as const;

/** A world of its own for each of them, for `startLab({ beside })`. */
export const silentAfter = (last: (typeof said)[number]): World =>
  defineWorld({
    name: `rpc-silent-after-${last.toLowerCase().replaceAll(/[^a-z0-9]/g, '-')}`,
    title: `The server says nothing after ${last}.`,
    analyzer: 'rpc-http',
    client: 'outlook-2010',
    must: [last === 'CONN/A3' ? 'rpc.channels-not-joined' : 'rpc.no-answer'],
    hosts: { autodiscover: mailServer({ rpc: { silentAfter: last } }) },
  });
