/** PDUs of RPC over HTTP: published bytes, every kind of the document by its name, and damaged ones. */
import { describe, expect, test } from 'vitest';
import { Trace } from '#lib/wire/bytes/trace.ts';
import { WireError } from '#lib/wire/error.ts';
import { connA1, connB1, echo, flowControlAck, keepAlive, ping } from '#lib/wire/rts/client.ts';
import type { RtsCommand } from '#lib/wire/rts/commands.ts';
import { channelPath, isServerName } from '#lib/wire/rts/http.ts';
import { isRecycling, rtsName, rtsNames } from '#lib/wire/rts/names.ts';
import { decodeRts, encodeRts, type RtsPdu } from '#lib/wire/rts/pdu.ts';
import { mutateBytes } from '#tests/fuzz/mutate.ts';
import { seededRandom } from '#tests/lab/random.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';

const cookie = (octet: number): Uint8Array => new Uint8Array(16).fill(octet);

const A1 = `05001403100000004c000000000000000000040006000000010000000300000011111111111111111111111111111111
  0300000022222222222222222222222222222222 0000000000000100`;
const A3 = '05001403100000001c000000000000000000010002000000c0d40100';
const B1 = `050014031000000068000000000000000000060006000000010000000300000011111111111111111111111111111111
  030000003333333333333333333333333333333304000000000000400500 0000e09304000c00000044444444444444444444444444444444`;
const C2 = '05001403100000002c00000000000000000003000600000001000000000000000000010002000000c0d40100';
const ACK = `05001403100000003800000000000000020002000d0000000300000001000000e803000000000100
  22222222222222222222222222222222`;
const ECHO = '0500140310000000140000000000000040000000';

describe('what a client says', () => {
  test.each([
    ['CONN/A1', connA1({ virtualConnection: cookie(0x11), outChannel: cookie(0x22), window: 65_536 }), A1],
    [
      'CONN/B1',
      connB1({
        ...{ virtualConnection: cookie(0x11), inChannel: cookie(0x33), associationGroup: cookie(0x44) },
        ...{ lifetime: 1_073_741_824, keepAliveMs: 300_000 },
      }),
      B1,
    ],
    [
      'FlowControlAckWithDestination',
      flowControlAck({ received: 1_000, window: 65_536, outChannel: cookie(0x22) }),
      ACK,
    ],
    ['Keep-Alive', keepAlive(300_000), '05001403100000001c00000000000000020001000500 0000e0930400'],
    ['Ping', ping, '0500140310000000140000000000000001000000'],
    ['Echo', echo, ECHO],
  ])('%s', (name, pdu, bytes) => {
    expect(digits(encodeRts(pdu))).toBe(digits(hex(bytes)));
    expect(decodeRts(hex(bytes))).toEqual(pdu);
    expect(rtsName(pdu)).toBe(name);
  });
});

describe('what a client hears', () => {
  test('CONN/A3', () => {
    const pdu = decodeRts(hex(A3));
    expect(pdu).toEqual({ flags: 0, commands: [{ kind: 'ConnectionTimeout', ms: 120_000 }] });
    expect(rtsName(pdu)).toBe('CONN/A3');
  });

  test('CONN/C2, which looks like CONN/C1', () => {
    const pdu = decodeRts(hex(C2));
    expect(pdu.commands).toEqual([
      { kind: 'Version', version: 1 },
      { kind: 'ReceiveWindowSize', bytes: 65_536 },
      { kind: 'ConnectionTimeout', ms: 120_000 },
    ]);
    expect(rtsNames(pdu)).toEqual(['CONN/C2', 'CONN/C1']);
  });

  test('a wish for another channel', () => {
    const pdu: RtsPdu = { flags: 4, commands: [{ kind: 'Destination', destination: 'client' }] };
    expect(digits(encodeRts(pdu))).toBe('05001403100000001c00000000000000040001000d00000000000000');
    expect(rtsName(pdu)).toBe('OUT_R1/A2');
    expect([isRecycling(pdu), isRecycling(ping), isRecycling(decodeRts(hex(A3)))]).toEqual([true, false, false]);
  });

  test('what no document knows is called by what it holds', () => {
    const pdu: RtsPdu = { flags: 0x28, commands: [{ kind: 'ANCE' }, { kind: 'Padding', count: 3 }] };
    expect(rtsNames(pdu)).toEqual([]);
    expect(rtsName(decodeRts(encodeRts(pdu)))).toBe('RTS 0x28 (ANCE, Padding)');
  });
});

const SIZES: readonly (readonly [command: RtsCommand, size: number])[] = [
  [{ kind: 'ReceiveWindowSize', bytes: 8_192 }, 8],
  [{ kind: 'FlowControlAck', received: 4_294_967_295, window: 0, channel: cookie(1) }, 28],
  [{ kind: 'ConnectionTimeout', ms: 120_000 }, 8],
  [{ kind: 'Cookie', cookie: cookie(2) }, 20],
  [{ kind: 'ChannelLifetime', bytes: 131_072 }, 8],
  [{ kind: 'ClientKeepalive', ms: 60_000 }, 8],
  [{ kind: 'Version', version: 1 }, 8],
  [{ kind: 'Empty' }, 4],
  [{ kind: 'Padding', count: 5 }, 13],
  [{ kind: 'NegativeANCE' }, 4],
  [{ kind: 'ANCE' }, 4],
  [{ kind: 'ClientAddress', address: Uint8Array.of(192, 0, 2, 1) }, 24],
  [{ kind: 'ClientAddress', address: cookie(0x20) }, 36],
  [{ kind: 'AssociationGroupId', id: cookie(3) }, 20],
  [{ kind: 'Destination', destination: 'in-proxy' }, 8],
  [{ kind: 'PingTrafficSentNotify', bytes: 20 }, 8],
];

test.each(SIZES)('a command is read as it was written: $kind', (command, size) => {
  const bytes = encodeRts({ flags: 0, commands: [command, { kind: 'Empty' }] });
  expect(bytes).toHaveLength(20 + size + 4);
  expect(decodeRts(bytes).commands[0]).toEqual(command);
});

/** [MS-RPCH] 2.2.4: sizes as they follow from the commands. */
test.each([
  ['CONN/A2', 0x10, 84, 'Version Cookie Cookie ChannelLifetime ReceiveWindowSize'],
  ['CONN/B3', 0, 36, 'ReceiveWindowSize Version'],
  ['IN_R1/A1', 4, 88, 'Version Cookie Cookie Cookie'],
  ['IN_R1/A4', 0, 52, 'Destination Version ReceiveWindowSize ConnectionTimeout'],
  ['IN_R1/A5', 0, 40, 'Cookie'],
  ['IN_R2/A4', 0, 28, 'Destination'],
  ['OUT_R1/A3', 4, 96, 'Version Cookie Cookie Cookie ReceiveWindowSize'],
  ['OUT_R1/A6', 0x10, 44, 'Destination Version ConnectionTimeout'],
  ['OUT_R1/A7', 0x10, 48, 'Destination Cookie'],
  ['OUT_R2/A7', 0x10, 56, 'Destination Cookie Version'],
  ['OUT_R1/A10', 0, 24, 'ANCE'],
  ['OUT_R2/B3', 0x20, 24, 'ANCE'],
  ['OUT_R2/C1', 1, 24, 'Empty'],
  ['PingTrafficSentNotify', 2, 28, 'PingTrafficSentNotify'],
  ['FlowControlAck', 2, 48, 'FlowControlAck'],
])('%s', (name, flags, size, kinds) => {
  const commands = kinds.split(' ').map((kind) => {
    const found = SIZES.find(([command]) => command.kind === kind);
    if (found === undefined) throw new Error(`no command ${kind}`);
    return found[0];
  });
  const bytes = encodeRts({ flags, commands });
  expect(bytes).toHaveLength(size);
  expect(rtsName(decodeRts(bytes))).toBe(name);
});

function complaint(bytes: Uint8Array): string | null {
  try {
    decodeRts(bytes);
    return null;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    expect(error.offset).toBeLessThanOrEqual(bytes.length);
    return `${error.code} ${error.path} ${error.offset}`;
  }
}

describe('a decoder that is strict', () => {
  test.each([
    ['another version', '04', 0, 'bad-value rts.header.rpc_vers 0'],
    ['a PDU of RPC', '00', 2, 'bad-value rts.header.PTYPE 2'],
    ['a type that nobody knows', '15', 2, 'bad-value rts.header.PTYPE 2'],
    ['one fragment of several', '01', 3, 'bad-value rts.header.pfc_flags 3'],
    ['numbers from the other end', '00', 4, 'bad-value rts.header.packed_drep 4'],
    ['a length of its own', '1d', 8, 'bad-value rts.header.frag_length 8'],
    ['a signature', '04', 10, 'bad-value rts.header.auth_length 10'],
    ['a call', '01', 12, 'bad-value rts.header.call_id 12'],
    ['more commands than there are', '02', 18, 'truncated rts.commands[1].CommandType 28'],
    ['thousands of commands', 'ffff', 18, 'truncated rts.header.NumberOfCommands 18'],
    ['fewer commands than there are', '00', 18, 'trailing rts 20'],
    ['a command that nobody knows', '0f', 20, 'bad-value rts.commands[0].CommandType 20'],
  ])('refuses %s', (_what, put, at, expected) => {
    const bytes = hex(A3);
    bytes.set(hex(put), at);
    expect(complaint(bytes)).toBe(expected);
  });

  test('refuses destinations and addresses of no kind', () => {
    const to = encodeRts({ flags: 0, commands: [{ kind: 'Destination', destination: 'client' }] });
    to[24] = 4;
    expect(complaint(to)).toBe('bad-value rts.commands[0].ForwardDestination 24');
    const from = encodeRts({ flags: 0, commands: [{ kind: 'ClientAddress', address: new Uint8Array(4) }] });
    from[24] = 2;
    expect(complaint(from)).toBe('bad-value rts.commands[0].AddressType 24');
  });

  test.each([A1, A3, B1, C2, ACK, ECHO])('refuses it cut anywhere, and with a byte more', (good) => {
    const bytes = hex(good);
    for (let length = 0; length < bytes.length; length++) {
      const cut = bytes.slice(0, length);
      expect(complaint(cut)).not.toBeNull();
      if (length < 10) continue;
      new DataView(cut.buffer).setUint16(8, length, true);
      expect(complaint(cut)).not.toBeNull();
    }
    const more = new Uint8Array([...bytes, 0]);
    expect(complaint(more)).toMatch(/frag_length/);
    new DataView(more.buffer).setUint16(8, more.length, true);
    expect(complaint(more)).toBe(`trailing rts ${bytes.length}`);
  });

  test('never throws anything else', () => {
    const random = seededRandom('rts');
    const good = [A1, A3, B1, C2, ACK, ECHO].map(hex);
    for (let round = 0; round < 5_000; round++) {
      let bytes = random.pick([good[0] ?? hex(A1), ...good]);
      for (let change = random.below(3); change >= 0; change--) bytes = mutateBytes(bytes, random);
      if (bytes.length >= 10 && bytes.length < 65_536) {
        bytes = bytes.slice();
        new DataView(bytes.buffer).setUint16(8, bytes.length, true);
      }
      if (complaint(bytes) !== null) continue;
      const pdu = decodeRts(bytes);
      expect(rtsName(pdu).length).toBeLessThan(400);
      expect(decodeRts(encodeRts(pdu))).toEqual(pdu);
    }
  });
});

test('the tree of the fields stands for every octet', () => {
  const written = new Trace();
  const bytes = encodeRts(decodeRts(hex(B1)), written);
  const read = new Trace();
  decodeRts(bytes, read);
  for (const { fields } of [written, read])
    expect(fields.reduce((at, { offset, length }) => (offset === at ? at + length : Number.NaN), 0)).toBe(bytes.length);
  expect(read.fields[1]).toMatchObject({ name: 'commands[0]', children: [{ value: '0x00000006 Version' }, {}] });
});

test('addresses of channels', () => {
  expect(channelPath('0f9b6be5-a1b2@contoso.example', 6001)).toBe(
    '/rpc/rpcproxy.dll?0f9b6be5-a1b2@contoso.example:6001',
  );
  expect(channelPath('ex01', 6004, '/rpcwithcert/rpcproxy.dll')).toBe('/rpcwithcert/rpcproxy.dll?ex01:6004');
  expect(['ex01', '[2001:db8::1]', 'a b', 'a\r\nb', '', 'a?b', 'x'.repeat(1_024)].map(isServerName)).toEqual([
    ...[true, true, false, false, false, false, false],
  ]);
  expect(() => channelPath('a b', 6001)).toThrow(RangeError);
});
