/** Single PDUs of RPC: worked examples, lengths at every border, and damaged ones. */
import { describe, expect, test } from 'vitest';
import { Trace } from '#lib/wire/bytes/trace.ts';
import { describeNak, describeResult, encodeAuth3, encodeBind } from '#lib/wire/dce-rpc/bind.ts';
import { encodeRequest, fragmentsOf, MOST_STUB, Reassembly } from '#lib/wire/dce-rpc/call.ts';
import { decodeRpc } from '#lib/wire/dce-rpc/pdu.ts';
import { readRpcError } from '#lib/wire/dce-rpc/rpc-error.ts';
import { PduSplitter } from '#lib/wire/dce-rpc/splitter.ts';
import { statusOf, statusText } from '#lib/wire/dce-rpc/status.ts';
import { NDR32 } from '#lib/wire/dce-rpc/syntax.ts';
import { AUTH_LEVEL, AUTH_TYPE } from '#lib/wire/dce-rpc/verifier.ts';
import { WireError } from '#lib/wire/error.ts';
import { mutateBytes } from '#tests/fuzz/mutate.ts';
import { seededRandom } from '#tests/lab/random.ts';
import { digits, hex, SESSION_KEY } from '#tests/wire/ntlm/published.ts';
import { ntlmProtection } from './protections.ts';

const BIND_ACK = `05000c03100000004400000001000000 d016002051000000 0500 3630303400 00 01000000 0000 0000
  045d888aeb1cc9119fe808002b10486002000000 0000000000000000`;
const REFUSED = `05000c03100000003800000001000000 d016002051000000 0000 0000 01000000 0200 0100
  045d888aeb1cc9119fe808002b10486002000000`;
const REPLY = `05000203100000004400000002000000 2c000000 0000 0000 04000200 1463f68b05365645a775b6c6eb050381
  01000000667ca9640955fe4c95b601000000a41e 00000000`;
const FAULT = '05000303100000002000000002000000 00000000 0000 0000 05000000 00000000';
const BIND_NAK = '05000d03100000001400000001000000 0800 00 00';

const complaint = (bytes: Uint8Array): string | null => {
  try {
    decodeRpc(bytes);
    return null;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    expect(error.offset).toBeLessThanOrEqual(bytes.length);
    return `${error.code} ${error.path} ${error.offset}`;
  }
};

/** With the length in the header put right. */
function fitted(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint16(8, copy.length, true);
  return copy;
}

describe('what a server answers', () => {
  test('to a bind: accepted, with octets behind the last result that mean nothing', () => {
    expect(decodeRpc(hex(BIND_ACK))).toEqual({
      ...{ type: 'bind_ack', maxXmit: 5_840, maxRecv: 8_192, assocGroup: 0x51, secondaryAddress: '6004' },
      results: [{ result: 0, reason: 0, transferSyntax: NDR32 }],
      verifier: null,
    });
  });

  test('to a bind: the interface is not there', () => {
    const pdu = decodeRpc(hex(REFUSED));
    if (pdu.type !== 'bind_ack') throw new Error(pdu.type);
    expect(pdu.secondaryAddress).toBe('');
    expect(pdu.results.map(describeResult)).toEqual(['abstract syntax not supported']);
  });

  test('to a bind: fewer results than were asked for', () => {
    const none = hex(REFUSED).slice(0, 32);
    none[28] = 0;
    expect(decodeRpc(fitted(none))).toMatchObject({ type: 'bind_ack', results: [] });
  });

  test('to a bind: no', () => {
    const pdu = decodeRpc(hex(BIND_NAK));
    expect(pdu).toMatchObject({ type: 'bind_nak', reason: 8, versions: [], errorInfo: null });
    expect(describeNak(8)).toBe('authentication type not recognized');
    const versions = `05000d03100000000000000001000000 0400 02 0500 0501 00
      20037490d0fad3 1182d7009027b130ab abcdef`;
    expect(decodeRpc(fitted(hex(versions)))).toMatchObject({
      reason: 4,
      versions: [
        [5, 0],
        [5, 1],
      ],
    });
    const informed = '05000d03100000000000000001000000 0000 00 00 20037490d0fad31182d7009027b130ab abcdef';
    expect(decodeRpc(fitted(hex(informed)))).toMatchObject({ errorInfo: hex('abcdef') });
  });

  test('to a call', () => {
    expect(decodeRpc(hex(REPLY))).toMatchObject({ type: 'response', flags: 3, callId: 2, allocHint: 44 });
    expect(decodeRpc(hex(FAULT))).toEqual({ type: 'fault', callId: 2, status: 5, errorInfo: null, verifier: null });
  });

  test('without being asked', () => {
    expect(decodeRpc(hex('05001103100000001000000000000000'))).toEqual({ type: 'shutdown', callId: 0, verifier: null });
  });
});

describe('verifiers', () => {
  test('a proof is never shown', () => {
    const verifier = {
      ...{ authType: AUTH_TYPE.ntlm, level: AUTH_LEVEL.connect, contextId: 7 },
      token: new Uint8Array(24).fill(0xab),
    };
    const written = new Trace();
    const bytes = encodeAuth3(1, verifier, written);
    const read = new Trace();
    expect(decodeRpc(bytes, { trace: read })).toMatchObject({ type: 'rpc_auth_3', verifier });
    for (const { fields } of [written, read]) {
      expect(JSON.stringify(fields)).not.toContain('abab');
      expect(fields.at(-1)?.value).toBe('[hidden, 24 bytes]');
    }
  });

  test.each(['integrity', 'privacy'] as const)('padding of every length, %s', (level) => {
    for (let length = 0; length <= 33; length++) {
      const client = ntlmProtection(hex(SESSION_KEY), 0xe28a82b5, 'client', level);
      const server = ntlmProtection(hex(SESSION_KEY), 0xe28a82b5, 'server', level);
      const stub = new Uint8Array(length).map((_, at) => at + 1);
      const [fragment] = fragmentsOf({ callId: 2, contextId: 0, opnum: 9, stub }, 5_840, client);
      if (fragment === undefined) throw new Error('nothing was written');
      const bytes = encodeRequest(fragment, client);
      expect(bytes.length % 16).toBe(0);
      const trace = new Trace();
      expect(decodeRpc(bytes, { trace, protection: server })).toMatchObject({ type: 'request', stub, opnum: 9 });
      const sealed = trace.fields.find(({ name }) => name === 'sealed');
      if (level === 'privacy' && length > 0) {
        expect(sealed?.layer?.fields[0]).toMatchObject({ name: 'stub_data', length });
        expect(digits(bytes)).not.toContain(digits(stub.subarray(0, 8)).padEnd(16, 'x'));
      } else if (level === 'integrity') expect(sealed).toBeUndefined();
    }
  });

  test('padding to four, as others write it', () => {
    const server = ntlmProtection(hex(SESSION_KEY), 0xe28a82b5, 'server', 'integrity');
    const client = ntlmProtection(hex(SESSION_KEY), 0xe28a82b5, 'client', 'integrity');
    const signed = hex('05000003100000003400100002000000 02000000 0000 0100 abcd bfbf 0a05020044332211');
    const { token } = server.protect(signed, { from: 24, to: 28 });
    const whole = new Uint8Array([...signed, ...token]);
    expect(decodeRpc(whole, { protection: client })).toMatchObject({ stub: hex('abcd') });
  });

  test('another level than was agreed upon is no answer', () => {
    const server = ntlmProtection(hex(SESSION_KEY), 0xe28a82b5, 'server', 'integrity');
    const client = ntlmProtection(hex(SESSION_KEY), 0xe28a82b5, 'client', 'privacy');
    const [fragment] = fragmentsOf({ callId: 2, contextId: 0, opnum: 0, stub: hex('00112233') }, 5_840, server);
    const bytes = encodeRequest(fragment ?? { ...EMPTY }, server);
    expect(() => decodeRpc(bytes, { protection: client })).toThrow(/level/);
  });
});

const EMPTY = { callId: 2, contextId: 0, opnum: 0, stub: new Uint8Array(), flags: 3, allocHint: 0 };

describe('fragments', () => {
  const call = (length: number) => ({ callId: 5, contextId: 0, opnum: 3, stub: new Uint8Array(length).fill(7) });

  test.each([
    ['nothing', 0, 1],
    ['as much as fits', 5_808, 1],
    ['one octet more', 5_809, 2],
    ['twice as much', 11_616, 2],
    ['and one more', 11_617, 3],
  ])('%s', (_what, length, count) => {
    const fragments = fragmentsOf(call(length), 5_840, null);
    expect(fragments).toHaveLength(count);
    expect(fragments.every((one) => encodeRequest(one, null).length <= 5_840)).toBe(true);
    expect(fragments.map(({ allocHint }) => allocHint)).toEqual(fragments.map((_, at) => length - at * 5_808));
  });

  test('sealed ones stay within the limit, too', () => {
    const client = ntlmProtection(hex(SESSION_KEY), 0xe28a82b5, 'client');
    for (const length of [1_375, 1_376, 1_377, 1_384, 1_408, 3_000]) {
      const bytes = fragmentsOf(call(length), 1_432, client).map((one) => encodeRequest(one, client).length);
      expect(Math.max(...bytes)).toBeLessThanOrEqual(1_432);
    }
  });

  test('a server that takes less than all have to take gets what all have to take', () => {
    expect(fragmentsOf(call(1_400), 0, null)).toHaveLength(1);
  });

  const part = (flags: number, callId = 5, length = 4) => ({ flags, callId, stub: new Uint8Array(length) });

  test.each([
    ['a beginning in the middle', [part(1), part(1)]],
    ['no beginning', [part(2)]],
    ['a call that was never made', [part(3, 6)]],
  ])('%s is refused', (_what, parts) => {
    const reassembly = new Reassembly(5);
    expect(() => parts.map((one) => reassembly.push(one))).toThrow(WireError);
  });

  test('one of an earlier call is dropped', () => {
    const reassembly = new Reassembly(5);
    expect([part(1), part(3, 4), part(2)].map((one) => reassembly.push(one)?.length ?? null)).toEqual([null, null, 8]);
  });

  test('without end have an end', () => {
    const reassembly = new Reassembly(5);
    const most = MOST_STUB / 32_768;
    reassembly.push(part(1, 5, 32_768));
    for (let at = 1; at < most; at++) reassembly.push(part(0, 5, 32_768));
    expect(reassembly.length).toBe(MOST_STUB);
    expect(() => reassembly.push(part(2, 5, 1))).toThrow(/4 MiB/);
  });
});

describe('a decoder that is strict', () => {
  test.each([BIND_ACK, REFUSED, REPLY, FAULT, BIND_NAK])('refuses it cut anywhere, and with a byte more', (good) => {
    const bytes = hex(good);
    for (let length = 0; length < bytes.length; length++) expect(complaint(bytes.slice(0, length))).not.toBeNull();
    expect(complaint(new Uint8Array([...bytes, 0]))).toBe('bad-value rpc.header.frag_length 8');
  });

  test.each([
    ['a token longer than the PDU', '4000', 10, 'bad-value rpc.header.frag_length 8'],
    ['a token without room for its trailer', '3000', 10, 'bad-value rpc.auth_length 10'],
    ['a PDU of RPC over HTTP', '14', 2, 'bad-value rpc.header.PTYPE 2'],
  ])('refuses %s', (_what, put, at, expected) => {
    const bytes = hex(REPLY);
    bytes.set(hex(put), at);
    expect(complaint(bytes)).toBe(expected);
  });

  test('a verifier that reaches into the body is none', () => {
    const bytes = hex(`05000c03100000004400080001000000 d016002051000000 0500 3630303400 00 01000000 0000 0000
      045d888aeb1cc9119fe808000a060000 02000000 0000000000000000`);
    expect(complaint(fitted(bytes))).toMatch(/^bad-value rpc.header.auth_length/);
  });

  test('never throws anything else', () => {
    const random = seededRandom('dce-rpc');
    const bind = encodeBind(
      {
        ...{ type: 'alter_context', callId: 9, maxXmit: 5_840, maxRecv: 5_840, assocGroup: 1 },
        contexts: [{ id: 1, abstractSyntax: NDR32, transferSyntaxes: [NDR32, NDR32] }],
      },
      { authType: 9, level: 6, contextId: 1, token: new Uint8Array(30) },
    );
    const good = [bind, ...[BIND_ACK, REFUSED, REPLY, FAULT, BIND_NAK].map(hex)] as const;
    for (let round = 0; round < 8_000; round++) {
      let bytes: Uint8Array = random.pick(good);
      for (let change = random.below(3); change >= 0; change--) bytes = mutateBytes(bytes, random);
      if (bytes.length >= 10 && bytes.length < 65_536) bytes = fitted(bytes);
      if (complaint(bytes) === null) decodeRpc(bytes, { trace: new Trace() });
      const splitter = new PduSplitter();
      try {
        for (const { bytes: pdu } of splitter.push(bytes)) complaint(pdu);
      } catch (error) {
        expect(error).toBeInstanceOf(WireError);
      }
    }
  });
});

describe('a stream', () => {
  test('of another protocol shows at its first byte', () => {
    expect(() => [...new PduSplitter().push(Uint8Array.of(0x48))]).toThrow(/no PDU/);
  });

  test('tells where it goes wrong', () => {
    const splitter = new PduSplitter();
    const bytes = new Uint8Array([...hex(FAULT), ...hex('05000203100000000800000002000000')]);
    expect(() => [...splitter.push(bytes)]).toThrow(expect.objectContaining({ path: 'pdu.frag_length', offset: 40 }));
  });
});

test.each([
  ['RPC Error: 6ba', '', 0x6ba, null],
  ['RPC Error: 0x6c0', '', 0x6c0, null],
  ['RPC-Fehler: 5', '', 5, null],
  ['RPC Error: 6ba, EEInfo: q83v', '', 0x6ba, 'abcdef'],
  ['RPC Error: 6ba, EEInfo: q83v', 'RPC EEInfo:ASNF\r\n', 0x6ba, '012345'],
  ['RPC Error: 6ba, EEInfo: !', '', null, null],
  ['RPC Error: 6ba, EEInfo: q8', '', 0x6ba, null],
  ['Service Unavailable', 'RPC EEInfo:ASNF', null, null],
  ['Invalid RPC Port', '', null, null],
])('the reason "%s" and the body "%s"', (reason, body, code, info) => {
  const read = readRpcError(503, reason, new TextEncoder().encode(body));
  expect(read?.code ?? null).toBe(code);
  expect(read?.errorInfo ? digits(read.errorInfo) : null).toBe(info);
  expect(readRpcError(200, reason, new Uint8Array())).toBeNull();
});

test('status codes have names', () => {
  expect([5, 0x6ba, 0x1c01_0003, 0x1234].map((status) => statusOf(status).name)).toEqual([
    ...['ERROR_ACCESS_DENIED', 'RPC_S_SERVER_UNAVAILABLE', 'nca_s_unk_if', 'a status that no document names'],
  ]);
  expect(statusText(0x6ba)).toBe('0x6BA');
});
