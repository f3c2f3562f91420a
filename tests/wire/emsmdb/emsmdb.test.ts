/** The calls of the mailbox: as they were recorded with an independent server, and as another implementation writes them. */
import { describe, expect, test } from 'vitest';
import { Trace } from '#lib/wire/bytes/trace.ts';
import {
  decodeEcDoConnectExRequest,
  decodeEcDoConnectExResponse,
  type EcDoConnectExRequest,
  encodeEcDoConnectExRequest,
  modulusOf,
} from '#lib/wire/emsmdb/connect.ts';
import {
  decodeEcDoRpcExt2Request,
  decodeEcDoRpcExt2Response,
  encodeEcDoRpcExt2Request,
  RPC_FLAG,
} from '#lib/wire/emsmdb/rpc.ts';
import {
  decodeEcDoAsyncConnectExRequest,
  decodeEcDoAsyncConnectExResponse,
  decodeEcDoDisconnectRequest,
  decodeEcDoDisconnectResponse,
  decodeEcDummyRpcRequest,
  decodeEcDummyRpcResponse,
  encodeEcDoAsyncConnectExRequest,
  encodeEcDoDisconnectRequest,
  encodeEcDummyRpcRequest,
} from '#lib/wire/emsmdb/session.ts';
import { versionOf, versionText, versionWords } from '#lib/wire/emsmdb/version.ts';
import { octets } from '#lib/wire/extended-buffer/extended-buffer.ts';
import { isNullHandle } from '#lib/wire/ndr/handle.ts';
import { REPLIES } from '#tests/wire/ndr/replies.ts';
import { complaintOf, expectStrict, expectWholeTrace, stubOf } from '#tests/wire/ndr/stubs.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';
import { recorded } from '#tests/wire/shared-fixtures.ts';

const RECIPIENTS = '/o=Gromox/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients';
const HANDLE = hex('02000000c60b324d05a07e42b2fa1d6baba7733e');

const connecting = (more: Partial<EcDoConnectExRequest>): EcDoConnectExRequest => ({
  ...{ userDn: `${RECIPIENTS}/cn=0100000001000000-alice`, flags: 0, connectionModulus: 0x05670034 },
  ...{ codePage: 0x4e4, stringLocale: 0x409, sortLocale: 0x409 },
  clientVersion: { major: 15, minor: 0, build: 4815, revision: 1002 },
  ...more,
});

describe('EcDoConnectEx', () => {
  test.for([
    ['noauth/07-emsmdb-ecdoconnectex', {}],
    [
      'denied/07-emsmdb-ecdoconnectex-denied',
      { userDn: `${RECIPIENTS}/cn=0100000002000000-bob`, connectionModulus: 0x34 },
    ],
  ] as const)('%s', ([file, more], context) => {
    const stub = stubOf(recorded(context, `independent-server/rpc-emsmdb-${file}.request.bin`));
    const request = connecting(more);
    expect(digits(encodeEcDoConnectExRequest(request))).toBe(digits(stub));
    expect(decodeEcDoConnectExRequest(stub)).toEqual({ ...request, aux: [] });
    expectStrict(stub, decodeEcDoConnectExRequest);
    expectWholeTrace(stub, decodeEcDoConnectExRequest);
  });

  test('as another implementation writes it', () => {
    const bytes = `0a000000 00000000 0a000000 2f6f3d782f636e3d7500 0000 00000000 67053400 00000000 e4040000 09040000
      09040000 ffffffff 0100 0c00 3e18 e803 00000000 00000000 00000000 08100000`;
    const clientVersion = { major: 12, minor: 0, build: 6206, revision: 1000 };
    const request = connecting({ userDn: '/o=x/cn=u', connectionModulus: 0x340567, clientVersion });
    expect(digits(encodeEcDoConnectExRequest(request))).toBe(digits(hex(bytes)));
  });

  test('a session that is opened', () => {
    expect(decodeEcDoConnectExResponse(hex(REPLIES.connect))).toEqual({
      ...{ handle: HANDLE, pollsMaxMs: 60_000, retries: 6, retryDelayMs: 10_000, sessionIndex: 0 },
      ...{ dnPrefix: '', displayName: 'Alice Example', timeStamp: 0x49557a0b, status: 0 },
      serverVersion: { major: 15, minor: 0, build: 847, revision: 4040 },
      bestVersion: { major: 15, minor: 0, build: 4815, revision: 1002 },
      aux: [
        { kind: 'organization', flags: 3, hasPublicFolders: true },
        { kind: 'client-control', enableFlags: 0x0c, expiryMs: 0x240c8400 },
        { kind: 'endpoint-capabilities', flags: 1 },
      ],
    });
    expect(decodeEcDoConnectExResponse(hex(REPLIES.connectPlain))).toMatchObject({
      ...{ sessionIndex: 7, dnPrefix: '/o=x/cn=', displayName: 'User', aux: [] },
      serverVersion: { major: 15, minor: 2, build: 1000, revision: 28 },
      bestVersion: { major: 12, minor: 0, build: 6206, revision: 1000 },
    });
  });

  test('a session that is refused has everything, and it is zero', () => {
    const answer = decodeEcDoConnectExResponse(hex(REPLIES.refused));
    expect(answer).toMatchObject({ dnPrefix: '', displayName: '', pollsMaxMs: 0, status: 0x80070005 });
    expect(versionText(answer.serverVersion)).toBe('0.0.0.0');
    expect(isNullHandle(answer.handle)).toBe(true);
    const bare = `${'00'.repeat(34)}0000 00000000 00000000 ${'00'.repeat(12)} 00000000 00000000 00000000 00000000 00000000 70090000`;
    expect(decodeEcDoConnectExResponse(hex(bare))).toMatchObject({ dnPrefix: null, displayName: null, status: 0x970 });
  });

  test('the trace says versions, codes and auxiliary blocks in words', () => {
    const trace = new Trace();
    decodeEcDoConnectExResponse(hex(REPLIES.refused), trace);
    const said = JSON.stringify(trace.fields);
    expect(said).toContain('ecAccessDenied');
    expect(said).toContain('AUX_EXORGINFO');
    const accepted = new Trace();
    decodeEcDoConnectExResponse(hex(REPLIES.connect), accepted);
    expect(JSON.stringify(accepted.fields)).toContain(': 15.0.847.4040');
  });

  test('counts have to agree', () => {
    const stub = hex(REPLIES.connectPlain);
    stub[stub.length - 8] = 1;
    expect(complaintOf(() => decodeEcDoConnectExResponse(stub))).toBe(
      'bad-value emsmdb.connectEx.response.pcbAuxOut 116',
    );
  });

  test('a DN has the same number every time', () => {
    expect(modulusOf('/o=x/cn=u')).toBe(modulusOf('/o=x/cn=u'));
    expect(modulusOf('/o=x/cn=u')).not.toBe(modulusOf('/o=x/cn=v'));
    expect(modulusOf('x'.repeat(1000))).toBeLessThan(2 ** 32);
  });
});

describe('EcDoRpcExt2', () => {
  const flags = RPC_FLAG.noCompression | RPC_FLAG.noXorMagic;
  /** RopLogon, and RopRelease of what it gave. */
  const dn = Buffer.from(`${RECIPIENTS}/cn=0100000001000000-alice\0`, 'latin1').toString('hex');
  const LOGON = `7500fe0000010c0000010000000065 00${dn}ffffffff`.replace('0000000065 00', '000000006500');

  test.for([
    ['09-emsmdb-ecdorpcext2-roplogon', LOGON],
    ['11-emsmdb-ecdorpcext2-roprelease', '050001000000000000'],
  ] as const)('%s', ([file, payload], context) => {
    const stub = stubOf(recorded(context, `independent-server/rpc-emsmdb-noauth/${file}.request.bin`));
    const request = { handle: HANDLE, flags, mostOut: 0x8000 };
    const encoded = encodeEcDoRpcExt2Request({
      ...request,
      payloads: [(fields) => fields.bytes('rops', hex(payload))],
    });
    expect(digits(encoded)).toBe(digits(stub));
    const decode = (bytes: Uint8Array, trace?: Trace) => decodeEcDoRpcExt2Request(bytes, octets, trace);
    expect(decode(stub)).toEqual({ ...request, payloads: [hex(payload)], aux: [] });
    expectStrict(stub, decode);
    expectWholeTrace(stub, decode);
  });

  test('the answer to a logon', () => {
    const answer = decodeEcDoRpcExt2Response(hex(REPLIES.logon), octets);
    expect(answer).toMatchObject({ handle: HANDLE, flags: 0, aux: [], transferMs: 0, status: 0 });
    expect(answer.payloads.map(({ length }) => length)).toEqual([0xac]);
    expect(digits(answer.payloads[0] ?? new Uint8Array())).toMatch(/^a800fe0000000000/);
  });

  test('the answer to a release', (context) => {
    const file = 'independent-server/rpc-emsmdb-noauth/12-emsmdb-ecdorpcext2-roprelease.response.bin';
    const { payloads } = decodeEcDoRpcExt2Response(stubOf(recorded(context, file)), octets);
    expect(payloads.map(digits)).toEqual(['020000000000']);
  });

  test('a refusal has no payloads', () => {
    const bytes = `${'00'.repeat(20)} 00000000 00000000 00000000 00000000 00000000 ${'00'.repeat(20)} 15010480`;
    expect(decodeEcDoRpcExt2Response(hex(bytes), octets)).toMatchObject({ payloads: [], status: 0x80040115 });
  });

  test('several blocks', () => {
    const two = '0000 0000 0200 0200 aabb 0000 0400 0100 0100 cc'.replaceAll(' ', '');
    const bytes = `${digits(HANDLE)} 00000000 13000000 00000000 13000000 ${two} 00 13000000 ${'00'.repeat(20)} 00000000`;
    expect(decodeEcDoRpcExt2Response(hex(bytes), octets).payloads.map(digits)).toEqual(['aabb', 'cc']);
  });
});

describe('the small calls', () => {
  test('EcDoDisconnect', (context) => {
    const folder = 'independent-server/rpc-emsmdb-noauth';
    const request = stubOf(recorded(context, `${folder}/13-emsmdb-ecdodisconnect.request.bin`));
    expect(encodeEcDoDisconnectRequest({ handle: HANDLE })).toEqual(request);
    expect(decodeEcDoDisconnectRequest(request)).toEqual({ handle: HANDLE });
    expectStrict(request, decodeEcDoDisconnectRequest);
    const response = stubOf(recorded(context, `${folder}/14-emsmdb-ecdodisconnect.response.bin`));
    expect(decodeEcDoDisconnectResponse(response)).toEqual({ handle: new Uint8Array(20), status: 0 });
  });

  test('EcDummyRpc', (context) => {
    const folder = 'independent-server/rpc-emsmdb-denied';
    const request = stubOf(recorded(context, `${folder}/09-emsmdb-ecdummyrpc.request.bin`));
    expect(encodeEcDummyRpcRequest()).toEqual(request);
    decodeEcDummyRpcRequest(request);
    expectStrict(request, decodeEcDummyRpcRequest);
    const response = stubOf(recorded(context, `${folder}/10-emsmdb-ecdummyrpc.response.bin`));
    expect(decodeEcDummyRpcResponse(response)).toEqual({ status: 0 });
    expectStrict(response, decodeEcDummyRpcResponse);
  });

  test('EcDoAsyncConnectEx', () => {
    const request = encodeEcDoAsyncConnectExRequest({ handle: HANDLE });
    expect(decodeEcDoAsyncConnectExRequest(request)).toEqual({ handle: HANDLE });
    const handle = hex(`03000000${'cd'.repeat(16)}`);
    const response = hex(`${digits(handle)} 00000000`);
    expect(decodeEcDoAsyncConnectExResponse(response)).toEqual({ handle, status: 0 });
    expectStrict(response, decodeEcDoAsyncConnectExResponse);
  });
});

describe('versions', () => {
  test.each([
    ['15.2.1000.28', [0x0f02, 0x83e8, 0x001c]],
    ['15.0.4815.1002', [0x0f00, 0x92cf, 0x03ea]],
    ['12.0.6206.1000', [0x000c, 0x183e, 0x03e8]],
    ['11.0.8200.0', [0x000b, 0x2008, 0]],
    ['16.0.17328.20124', [0x1000, 0xc3b0, 0x4e9c]],
  ] as const)('%s', (text, words) => {
    const version = versionOf(words);
    expect(versionText(version)).toBe(text);
    expect(versionWords(version)).toEqual(words);
  });

  test('that have no room are refused', () => {
    expect(() => versionWords({ major: 16, minor: 0, build: 0x8000, revision: 0 })).toThrow(RangeError);
    expect(() => versionWords({ major: 16, minor: 256, build: 0, revision: 0 })).toThrow(RangeError);
  });
});
