/** Whole conversations with an independent server: every PDU is read to its last octet, and what we write is what was sent. */
import { describe, expect, test } from 'vitest';
import { encodeAuth3, encodeBind } from '#lib/wire/dce-rpc/bind.ts';
import { encodeRequest, fragmentsOf, Reassembly } from '#lib/wire/dce-rpc/call.ts';
import { decodeRpc } from '#lib/wire/dce-rpc/pdu.ts';
import { PduSplitter } from '#lib/wire/dce-rpc/splitter.ts';
import { NDR32 } from '#lib/wire/dce-rpc/syntax.ts';
import { decodeAuthenticate } from '#lib/wire/ntlm/authenticate.ts';
import { connA1, connB1 } from '#lib/wire/rts/client.ts';
import { rtsName } from '#lib/wire/rts/names.ts';
import { decodeRts, encodeRts } from '#lib/wire/rts/pdu.ts';
import { type Pdu, recorded as recordedSignIn, SESSION_BASE_KEYS } from '#tests/auth/ntlm/recorded-rpc.ts';
import { digits, hex, SESSION_KEY } from '#tests/wire/ntlm/published.ts';
import { recorded, recordedFiles } from '#tests/wire/shared-fixtures.ts';
import { ntlmProtection } from './protections.ts';

const NSPI = { uuid: 'f5cc5a18-4264-101a-8c59-08002b2f8426', major: 56, minor: 0 };

const FOLDERS = [
  'rpc-emsmdb-denied',
  'rpc-emsmdb-noauth',
  'rpc-emsmdb-ntlm-privacy',
  'rpc-nspi-noauth',
  'rpc-nspi-ntlm-connect',
  'rpc-nspi-ntlm-privacy',
  'rpc-rfr-noauth',
];

describe.each(FOLDERS)('%s', (folder) => {
  test('begins with the four PDUs by which the channels are joined', (context) => {
    const [a1, b1, ...heard] = recordedFiles(context, `independent-server/${folder}`)
      .slice(0, 4)
      .map((file) => recorded(context, `independent-server/${folder}/${file}`));
    if (a1 === undefined || b1 === undefined) throw new Error('the recording is too short');
    const cookies = (bytes: Uint8Array): Uint8Array[] =>
      decodeRts(bytes).commands.flatMap((command) => (command.kind === 'Cookie' ? [command.cookie] : []));
    const [virtualConnection = a1, outChannel = a1] = cookies(a1);
    const [, inChannel = b1] = cookies(b1);
    const associationGroup = b1.subarray(-16);
    expect(digits(encodeRts(connA1({ virtualConnection, outChannel, window: 65_536 })))).toBe(digits(a1));
    const opening = { virtualConnection, inChannel, associationGroup, lifetime: 1_073_741_824, keepAliveMs: 300_000 };
    expect(digits(encodeRts(connB1(opening)))).toBe(digits(b1));
    expect(heard.map((bytes) => rtsName(decodeRts(bytes)))).toEqual(['CONN/A3', 'CONN/C2']);
  });

  test('goes on with PDUs of RPC, each of which is read', (context) => {
    const calls = recordedFiles(context, `independent-server/${folder}`).slice(4);
    for (const file of calls) {
      const pdu = decodeRpc(recorded(context, `independent-server/${folder}/${file}`));
      const expected = file.includes('auth3') ? 'rpc_auth_3' : file.includes('.request.') ? 'request' : 'response';
      const binding = file.includes('.request.') ? 'bind' : 'bind_ack';
      expect(pdu.type).toBe(/^0[56]-bind/.test(file) ? binding : expected);
      if (!pdu.type.startsWith('bind')) expect(pdu.verifier?.token.length ?? 0).toBe(tokenBytes(folder, pdu.type));
    }
  });

  test('is written as it was sent, where nothing is sealed', (context) => {
    for (const file of recordedFiles(context, `independent-server/${folder}`).slice(4)) {
      if (!file.includes('.request.')) continue;
      const bytes = recorded(context, `independent-server/${folder}/${file}`);
      const pdu = decodeRpc(bytes);
      if (pdu.type === 'bind') expect(digits(encodeBind(pdu, pdu.verifier))).toBe(digits(bytes));
      if (pdu.type === 'rpc_auth_3' && pdu.verifier !== null)
        expect(digits(encodeAuth3(pdu.callId, pdu.verifier))).toBe(digits(bytes));
      if (pdu.type !== 'request' || pdu.verifier !== null) continue;
      const [fragment, ...more] = fragmentsOf(pdu, 5_840, null);
      expect(more).toEqual([]);
      expect(fragment && digits(encodeRequest(fragment, null))).toBe(digits(bytes));
    }
  });
});

function tokenBytes(folder: string, type: string): number {
  if (type === 'rpc_auth_3') return folder === 'rpc-nspi-ntlm-connect' ? 306 : 322;
  return folder.endsWith('privacy') ? 16 : 0;
}

const flagsOf = (pdus: readonly Pdu[]): number => {
  const auth3 = pdus.find(({ name }) => name === 'auth3');
  const token = auth3 === undefined ? null : decodeRpc(auth3.bytes).verifier?.token;
  if (token == null) throw new Error('there is no third leg');
  return decodeAuthenticate(token).flags;
};

describe.each(['nspiPrivacy', 'emsmdbPrivacy'] as const)('%s, sealed', (name) => {
  const pdus = recordedSignIn(name);
  const flags = flagsOf(pdus);
  const calls = pdus.slice(3);

  test('every signature is right, and every stub is found', () => {
    const client = ntlmProtection(hex(SESSION_KEY), flags, 'client');
    const server = ntlmProtection(hex(SESSION_KEY), flags, 'server');
    const read = calls.map(({ way, bytes }) => decodeRpc(bytes, { protection: way === 'sent' ? server : client }));
    const plain = read.map((pdu) => (pdu.type === 'request' || pdu.type === 'response' ? pdu.stub : null));
    // In both recordings the last call ends a conversation with 20 octets of handle and 4 more.
    expect(plain.at(-1)).toHaveLength(24);
    expect(plain.every((stub) => stub !== null && stub.length >= 20)).toBe(true);
  });

  test('what we send is what was sent', () => {
    const server = ntlmProtection(hex(SESSION_KEY), flags, 'server');
    const client = ntlmProtection(hex(SESSION_KEY), flags, 'client');
    for (const { bytes } of calls.filter(({ way }) => way === 'sent')) {
      const pdu = decodeRpc(bytes, { protection: server });
      if (pdu.type !== 'request') throw new Error(`a ${pdu.type} was sent`);
      const written = fragmentsOf(pdu, 5_840, client).map((fragment) => encodeRequest(fragment, client));
      expect(written.map(digits)).toEqual([digits(bytes)]);
    }
  });

  test('with other keys nothing is right', () => {
    const other = ntlmProtection(hex(SESSION_BASE_KEYS[name]), flags, 'client');
    const answer = calls.find(({ way }) => way === 'received');
    expect(() => decodeRpc(answer?.bytes ?? new Uint8Array(), { protection: other })).toThrow(/signature/);
  });

  test('one bit changed anywhere in what is signed is seen', () => {
    const answer = calls.find(({ way }) => way === 'received')?.bytes ?? new Uint8Array();
    for (let at = 0; at < answer.length; at++) {
      const bytes = answer.slice();
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      const protection = ntlmProtection(hex(SESSION_KEY), flags, 'client');
      expect(() => {
        const { type, verifier } = decodeRpc(bytes, { protection });
        // A flipped type or a lost verifier leaves nothing to check; whoever asked sees that it is no answer.
        if (type !== 'response' || verifier === null) throw new Error('no protected answer');
      }, `octet ${at}`).toThrow();
    }
  });
});

test('a recorded stream may be cut anywhere', () => {
  const pdus = recordedSignIn('nspiPrivacy').filter(({ way }) => way === 'received');
  const stream = Buffer.concat(pdus.map(({ bytes }) => bytes));
  for (const size of [1, 2, 3, 7, 15, 16, 17, 100, 271, 4_096]) {
    const splitter = new PduSplitter();
    const found: string[] = [];
    for (let at = 0; at < stream.length; at += size)
      for (const { bytes } of splitter.push(stream.subarray(at, at + size))) found.push(digits(bytes));
    expect(found).toEqual(pdus.map(({ bytes }) => digits(bytes)));
    expect(splitter.isEmpty).toBe(true);
  }
  for (let at = 0; at <= stream.length; at++) {
    const splitter = new PduSplitter();
    const count = [stream.subarray(0, at), stream.subarray(at)].flatMap((part) => [...splitter.push(part)]).length;
    expect(count).toBe(pdus.length);
  }
});

test('an answer in fragments is put together', () => {
  const server = ntlmProtection(hex(SESSION_KEY), 0xe28a82b5, 'server');
  const client = ntlmProtection(hex(SESSION_KEY), 0xe28a82b5, 'client');
  const stub = Uint8Array.from({ length: 40_000 }, (_, at) => at % 251);
  // A request is cut as an answer is; its type is all that differs.
  const sent = fragmentsOf({ callId: 3, contextId: 0, opnum: 0, stub }, 5_840, client);
  const reassembly = new Reassembly(3);
  const parts = sent.map((fragment) => {
    const pdu = decodeRpc(encodeRequest(fragment, client), { protection: server });
    if (pdu.type !== 'request') throw new Error('another PDU');
    return reassembly.push(pdu);
  });
  expect(parts.slice(0, -1).every((part) => part === null)).toBe(true);
  expect(parts.at(-1)).toEqual(stub);
  expect(sent[0]).toMatchObject({ flags: 1, allocHint: 40_000 });
  expect(sent.at(-1)?.flags).toBe(2);
});

test('a bind of the address book', () => {
  const bind = encodeBind(
    {
      ...{ type: 'bind', callId: 1, maxXmit: 5_840, maxRecv: 5_840, assocGroup: 0 },
      contexts: [{ id: 0, abstractSyntax: NSPI, transferSyntaxes: [NDR32] }],
    },
    null,
  );
  expect(digits(bind)).toBe(
    digits(
      hex(`05000b03100000004800000001000000 d016d01600000000 01000000 0000 01 00 185accf564421a108c5908002b2f842638000000
        045d888aeb1cc9119fe808002b10486002000000`),
    ),
  );
});
