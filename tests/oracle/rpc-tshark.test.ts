/** RPC as we speak it, taken apart by tshark: channels, binds and calls by their names, arguments by their values. */
import { beforeEach, describe, expect, test } from 'vitest';
import { encodeBind } from '#lib/wire/dce-rpc/bind.ts';
import { encodeRequest, fragmentsOf } from '#lib/wire/dce-rpc/call.ts';
import { NDR32 } from '#lib/wire/dce-rpc/syntax.ts';
import type { RpcInterface } from '#lib/wire/ndr/interface.ts';
import { NSPI } from '#lib/wire/nspi/rpc/interface.ts';
import { encodeNspiDnToMIdRequest } from '#lib/wire/nspi/rpc/names.ts';
import { connA1, connB1, flowControlAck, keepAlive } from '#lib/wire/rts/client.ts';
import { encodeRts } from '#lib/wire/rts/pdu.ts';
import { REPLIES } from '#tests/wire/ndr/replies.ts';
import { hex } from '#tests/wire/ntlm/published.ts';
import { needs } from './foreign.ts';
import { callArguments, requests } from './ndr-requests.ts';
import type { Segment } from './pcap.ts';
import { dissect, OBJECTIONS } from './tshark.ts';

beforeEach((context) => needs(context, 'tshark'));

const PORT = 6004;
const ours = (bytes: Uint8Array): Segment => ({ from: 'client', bytes });

function bindTo(abstractSyntax: RpcInterface): Segment {
  const contexts = [{ id: 0, abstractSyntax, transferSyntaxes: [NDR32] }];
  return ours(encodeBind({ type: 'bind', callId: 1, maxXmit: 5840, maxRecv: 5840, assocGroup: 0, contexts }, null));
}

/** The call of this name. */
function callOf(wanted: string, callId: number): Segment[] {
  const request = requests.find(({ name }) => name === wanted);
  if (request === undefined) throw new Error(wanted);
  const call = { callId, contextId: 0, opnum: request.opnum, stub: request.encode() };
  return fragmentsOf(call, 5840, null).map((fragment) => ours(encodeRequest(fragment, null)));
}

describe('calls', () => {
  test('of the address book', async () => {
    // Its NspiQueryColumns and NspiResolveNamesW are of an older version, and it says that they are too long.
    const known = ['nspiBind', 'nspiGetSpecialTable', 'nspiQueryRows', 'nspiGetProps', 'nspiDnToMId', 'nspiUnbind'];
    const said = await dissect(
      PORT,
      [bindTo(NSPI), ...known.flatMap((name, index) => callOf(name, index + 2))],
      'dcerpc',
    );
    expect(said).not.toMatch(OBJECTIONS);
    expect(said).toMatch(/Abstract Syntax: NSPI V56\.0.*Transfer Syntax\[1\]: 32bit NDR V2/s);
    expect([...said.matchAll(/Operation: (\w+) /g)].map(([, name]) => name)).toEqual([
      ...['NspiBind', 'NspiGetHierarchyInfo', 'NspiQueryRows', 'NspiGetProps', 'NspiDNToEph', 'NspiUnbind'],
    ]);
    expect(said).toMatch(/Codepage: 1252.*Mapiuid: 00000000-/s);
    expect(said).toMatch(/LRows: 2.*Instance Key: 16\n *Instance Key: 17\n *Unknown: 50/s);
    expect(said).toMatch(/AulPropTag: PR_DISPLAY_NAME_UNICODE.*AulPropTag: PR_SMTP_ADDRESS_UNICODE/s);
    expect(said.split(`Str: ${callArguments.dn}\n`)).toHaveLength(3);
  });

  test('of the referral', async () => {
    const said = await dissect(PORT, withBind('RFRI'), 'dcerpc');
    expect(said).not.toMatch(OBJECTIONS);
    expect(said).toContain('Abstract Syntax: RFR V1.0');
    expect(said).toMatch(/RfrGetNewDSA.*Puserdn: \/o=Contoso.*NULL Pointer: Pointer to Ppszunused/s);
    expect(said).toMatch(/RfrGetFQDNFromLegacyDN.*Cbmailboxserverdn: 43.*Szmailboxserverdn: \/o=Contoso/s);
  });

  test('of the endpoint mapper', async () => {
    const said = await dissect(PORT, withBind('EPM'), 'dcerpc');
    expect(said).not.toMatch(OBJECTIONS);
    expect(said).toMatch(/Operation: Map \(3\).*Floor 1 UUID: NSPI.*Version: 56\.00.*Floor 2 UUID: 32bit NDR/s);
    expect(said).toMatch(/Floor 4 RPC over HTTP Port:0.*Floor 5 IP:0\.0\.0\.0.*Max Towers: 4/s);
  });

  test('of the mailbox, whose arguments it does not know', async () => {
    const said = await dissect(PORT, withBind('EMSMDB'), 'dcerpc');
    expect(said).not.toMatch(OBJECTIONS);
    expect(said).toMatch(/Abstract Syntax: MAPI V0\.81.*Opnum: 10\n.*Opnum: 11\n/s);
  });

  /** The bind and all calls of an interface. */
  function withBind(name: string): Segment[] {
    const all = requests.filter((request) => request.of.name === name);
    const [first] = all;
    if (first === undefined) throw new Error(name);
    return [bindTo(first.of), ...all.flatMap((request, index) => callOf(request.name, index + 2))];
  }
});

/** Without pings: it takes a PDU that has no commands for malformed. */
test('a conversation in a virtual connection', async () => {
  const cookies = { virtualConnection: cookie(0x11), outChannel: cookie(0x22), inChannel: cookie(0x33) };
  const opening = { ...cookies, associationGroup: cookie(0x44), lifetime: 1_073_741_824, keepAliveMs: 300_000 };
  const theirs = (digits: string): Segment => ({ from: 'server', bytes: hex(digits) });
  const said = await dissect(
    PORT,
    [
      ours(encodeRts(connA1({ ...cookies, window: 65_536 }))),
      ours(encodeRts(connB1(opening))),
      theirs('05001403100000001c000000000000000000010002000000c0d40100'),
      theirs('05001403100000002c00000000000000000003000600000001000000000000000000010002000000c0d40100'),
      bindTo(NSPI),
      theirs(`05000c03100000003c00000001000000 d016d01601000000 0500 3630303400 00 01000000 00000000
        045d888aeb1cc9119fe808002b10486002000000`),
      ...callOf('nspiBind', 2),
      theirs(response(2, REPLIES.bind)),
      ours(encodeRts(keepAlive(300_000))),
      ...callOf('nspiGetSpecialTable', 3),
      theirs(response(3, REPLIES.hierarchy)),
      ours(encodeRts(flowControlAck({ received: 1_000, window: 65_536, outChannel: cookies.outChannel }))),
      ...callOf('nspiQueryRows', 4),
      theirs(response(4, REPLIES.queryRows)),
    ],
    'dcerpc',
  );
  expect(said).not.toMatch(OBJECTIONS);
  for (const name of ['CONN/A1', 'CONN/B1', 'CONN/A3', 'CONN/C2', 'Keep-Alive', 'FlowControlAckWithDestination'])
    expect(said).toMatch(new RegExp(`RTS, .*${name}`));
  expect(said).toMatch(/Bind_ack.*Ack result: Acceptance \(0\)/s);
  expect(said).toMatch(/Response, .*Call: 4.*Alice Example.*Bob Example/s);
});

test('a call in several fragments is put together again', async () => {
  const dns = Array.from({ length: 100 }, (_, index) => `${callArguments.dn}-${index}`);
  const call = {
    callId: 2,
    contextId: 0,
    opnum: NSPI.opnums.dnToMId,
    stub: encodeNspiDnToMIdRequest({ handle: callArguments.handle, dns }),
  };
  const fragments = fragmentsOf(call, 1_432, null);
  expect(fragments.length).toBeGreaterThan(4);
  const segments = fragments.map((fragment) => ours(encodeRequest(fragment, null)));
  const said = await dissect(PORT, [bindTo(NSPI), ...segments], 'dcerpc');
  expect(said).not.toMatch(OBJECTIONS);
  expect(said).toContain(`Str: ${callArguments.dn}-99\n`);
});

test('it would object to what is wrong', async () => {
  const [segment] = callOf('nspiQueryRows', 2);
  if (segment === undefined) throw new Error('a request');
  const bytes = segment.bytes.slice(0, -6);
  new DataView(bytes.buffer).setUint16(8, bytes.length, true);
  expect(await dissect(PORT, [bindTo(NSPI), ours(bytes)], 'dcerpc')).toMatch(OBJECTIONS);
});

const cookie = (octet: number): Uint8Array => new Uint8Array(16).fill(octet);

/** A response in one fragment. C706 12.6.4.10 */
function response(callId: number, stub: string): string {
  const body = Buffer.from(hex(stub));
  const header = Buffer.from(hex('0500020310000000 0000 0000 00000000 00000000 0000 0000'));
  header.writeUInt16LE(header.length + body.length, 8);
  header.writeUInt32LE(callId, 12);
  header.writeUInt32LE(body.length, 16);
  return Buffer.concat([header, body]).toString('hex');
}
