/** Bodies of the mailbox endpoint, both ways: examples, cut and lengthened, failed and refused. */
import { describe, expect, test } from 'vitest';
import { Trace } from '#lib/wire/bytes/trace.ts';
import type { AuxiliaryBlock } from '#lib/wire/extended-buffer/auxiliary.ts';
import { octets } from '#lib/wire/extended-buffer/extended-buffer.ts';
import {
  decodeConnectRequest,
  decodeConnectResponse,
  decodeDisconnectRequest,
  decodeDisconnectResponse,
  decodeExecuteRequest,
  decodeExecuteResponse,
  decodeNotificationWaitRequest,
  decodeNotificationWaitResponse,
  encodeConnectRequest,
  encodeDisconnectRequest,
  encodeExecuteRequest,
  encodeNotificationWaitRequest,
} from '#lib/wire/mapi-http/mailbox.ts';
import { block, joined } from '#tests/wire/extended-buffer/blocks.ts';
import { digits, hex } from '#tests/wire/ntlm/published.ts';
import { cutAndLengthened, refuses } from '#tests/wire/x509/complaint.ts';
import { MADE, SENT } from './examples.ts';

const CONNECT = { userDn: '/o=x/cn=u', flags: 0, codePage: 0x4e4, sortLocale: 0x409, stringLocale: 0x409 };
const ROPS = MADE.executeRequest.subarray(16, 46);
const AUXILIARY: readonly AuxiliaryBlock[] = [
  { kind: 'organization', flags: 3, hasPublicFolders: true },
  { kind: 'client-control', enableFlags: 0x0c, expiryMs: 0x240c8400 },
  { kind: 'endpoint-capabilities', flags: 1 },
];

describe('Connect', () => {
  test('request, both ways', () => {
    expect(digits(encodeConnectRequest(CONNECT) ?? new Uint8Array())).toBe(digits(MADE.connectRequest));
    expect(decodeConnectRequest(MADE.connectRequest)).toEqual({ ...CONNECT, auxiliary: [] });
  });

  test('sort locale and string locale are not mixed up', () => {
    const bytes = encodeConnectRequest({ ...CONNECT, sortLocale: 0x407, stringLocale: 0x409 });
    expect(digits(bytes ?? new Uint8Array()).slice(-24)).toBe('070400000904000000000000');
  });

  test('a DN that 8 bits cannot say is no request', () => {
    expect(encodeConnectRequest({ ...CONNECT, userDn: '/o=x/cn=Łukasz' })).toBeNull();
    expect(encodeConnectRequest({ ...CONNECT, userDn: '/o=x\0/cn=u' })).toBeNull();
    expect(encodeConnectRequest({ ...CONNECT, userDn: '/o=x/cn=Müller' })).toHaveLength(35);
  });

  test('response', () => {
    expect(decodeConnectResponse(MADE.connectResponse)).toEqual({
      ...{ kind: 'answered', errorCode: 0, pollsMaxMs: 60_000, retryCount: 6, retryDelayMs: 10_000 },
      ...{ dnPrefix: '/o=x/cn=', displayName: 'User', auxiliary: [] },
    });
    expect(decodeConnectResponse(SENT.connected)).toMatchObject({ displayName: 'Alice Example', auxiliary: AUXILIARY });
  });

  test('refused by its code: all fields are there', () => {
    expect(decodeConnectResponse(SENT.refused)).toMatchObject({
      ...{ kind: 'answered', errorCode: 0x80070005, displayName: '', auxiliary: AUXILIARY },
    });
  });

  test('failed: no field is there', () => {
    const failed = hex('15010480 00000000');
    expect(decodeConnectResponse(failed)).toEqual({ kind: 'failed', statusCode: 0x80040115, auxiliary: [] });
    refuses(() => decodeConnectResponse(joined(failed, hex('00'))), 'trailing');
  });

  test('the tree of its fields', () => {
    const trace = new Trace();
    decodeConnectResponse(SENT.refused, trace);
    expect(trace.fields.map(({ name, value }) => [name, value])).toEqual([
      ['statusCode', '0x00000000 ecNone'],
      ['errorCode', '0x80070005 (2147942405) ecAccessDenied'],
      ...['pollsMax', 'retryCount', 'retryDelay'].map((name) => [name, '0x00000000']),
      ...['dnPrefix', 'displayName'].map((name) => [name, '""']),
      ['auxiliaryBufferSize', '0x00000024 (36)'],
      ['auxiliaryBuffer', null],
    ]);
  });
});

describe('Execute', () => {
  test('request, both ways', () => {
    const bytes = encodeExecuteRequest((payload) => void payload.bytes('rops', ROPS));
    expect(digits(bytes)).toBe(digits(MADE.executeRequest));
    expect(decodeExecuteRequest(bytes, octets)).toEqual({
      ...{ flags: 3, rops: [ROPS], maxRopOut: 0x10008, auxiliary: [] },
    });
  });

  test('with other options', () => {
    const bytes = encodeExecuteRequest(() => undefined, { flags: 4, maxRopOut: 0x40000 });
    expect(digits(bytes)).toBe(digits(hex('04000000 08000000 0000 0400 0000 0000 00000400 00000000')));
  });

  test('ROPs that do not fit into 32 KiB', () => {
    expect(() => encodeExecuteRequest((payload) => void payload.bytes('rops', new Uint8Array(32_769)))).toThrow(
      RangeError,
    );
  });

  test('the trees of both ways are the same', () => {
    const [written, seen] = [new Trace(), new Trace()];
    const bytes = encodeExecuteRequest((payload) => void payload.u16('ropSize', 2), {}, written);
    decodeExecuteRequest(bytes, (payload) => payload.u16('ropSize'), seen);
    expect(seen.fields).toEqual(written.fields);
  });

  test('response', () => {
    const rops = hex('0800 0201 b9040000 34120000 ffffffff');
    expect(decodeExecuteResponse(SENT.executed, octets)).toEqual({
      ...{ kind: 'answered', errorCode: 0, flags: 0, rops: [rops], auxiliary: [] },
    });
    expect(decodeExecuteResponse(SENT.unread, octets)).toMatchObject({ errorCode: 0x4b6, rops: [] });
  });

  test('response in several blocks, packed although nobody asked for it', () => {
    const long = Buffer.from('row after row after row after row');
    const blocks = joined(
      block(long, { isLast: false, isCompressed: true }),
      block(long, { isCompressed: true, isObfuscated: true }),
    );
    const size = Uint8Array.of(blocks.length, 0, 0, 0);
    const bytes = joined(new Uint8Array(12), size, blocks, new Uint8Array(4));
    const read = decodeExecuteResponse(bytes, octets);
    expect(read.kind === 'answered' && read.rops.map((each) => Buffer.from(each).toString())).toEqual([
      ...[`${long}`, `${long}`],
    ]);
  });

  test('what is left over of a payload is refused', () => {
    const reading = () => decodeExecuteResponse(SENT.executed, (payload) => payload.u16('ropSize'));
    expect(refuses(reading, 'trailing', 'execute.response.ropBuffer[0].payload').offset).toBe(26);
  });

  test('a size of 4 GiB', () => {
    refuses(() => decodeExecuteResponse(hex('00000000 00000000 00000000 ffffffff'), octets), 'truncated', 'ropBuffer');
  });
});

test('Disconnect', () => {
  expect(digits(encodeDisconnectRequest())).toBe('00000000');
  expect(decodeDisconnectRequest(hex('00000000'))).toEqual({ auxiliary: [] });
  expect(decodeDisconnectResponse(SENT.disconnected)).toEqual({ kind: 'answered', errorCode: 0, auxiliary: [] });
});

test('NotificationWait', () => {
  expect(digits(encodeNotificationWaitRequest())).toBe('0000000000000000');
  expect(decodeNotificationWaitRequest(hex('00000000 00000000'))).toEqual({ flags: 0, auxiliary: [] });
  expect(decodeNotificationWaitResponse(hex('00000000 00000000 01000000 00000000'))).toEqual({
    ...{ kind: 'answered', errorCode: 0, isEventPending: true, auxiliary: [] },
  });
});

describe('cut and lengthened', () => {
  cutAndLengthened('Connect request', MADE.connectRequest, decodeConnectRequest);
  cutAndLengthened('Connect response', SENT.connected, decodeConnectResponse);
  cutAndLengthened('Execute request', MADE.executeRequest, (bytes) => decodeExecuteRequest(bytes, octets));
  cutAndLengthened('Execute response', SENT.executed, (bytes) => decodeExecuteResponse(bytes, octets));
  cutAndLengthened('Disconnect response', SENT.disconnected, decodeDisconnectResponse);
});
