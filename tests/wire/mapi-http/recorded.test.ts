/** Bodies that an Exchange Server SE and an independent server sent: our requests are theirs octet for octet, and every octet is read. */
import { expect, type TestContext, test } from 'vitest';
import { octets } from '#lib/wire/extended-buffer/extended-buffer.ts';
import {
  decodeConnectRequest,
  decodeConnectResponse,
  decodeDisconnectRequest,
  decodeDisconnectResponse,
  decodeExecuteRequest,
  decodeExecuteResponse,
  decodeNotificationWaitRequest,
  encodeConnectRequest,
  encodeDisconnectRequest,
  encodeExecuteRequest,
  encodeNotificationWaitRequest,
} from '#lib/wire/mapi-http/mailbox.ts';
import { sentenceOf } from '#lib/wire/mapi-http/response-code.ts';
import { type MapiHttpBody, MapiHttpStream } from '#lib/wire/mapi-http/stream.ts';
import { digits } from '#tests/wire/ntlm/published.ts';
import { recorded, recordedFiles } from '#tests/wire/shared-fixtures.ts';
import { refuses } from '#tests/wire/x509/complaint.ts';

const USUAL = { flags: 0, codePage: 0x4e4, sortLocale: 0x409, stringLocale: 0x409 };

const request = (context: TestContext, name: string): Uint8Array => recorded(context, `${name}.request.bin`);

/** A body whose HTTP was taken off. */
function stream(context: TestContext, name: string): MapiHttpBody {
  const reader = new MapiHttpStream();
  reader.push(recorded(context, `${name}.response.bin`), 0);
  return reader.end();
}

/** What stands behind the headers. */
function response(context: TestContext, name: string): Uint8Array {
  const read = stream(context, name);
  if (read.kind !== 'complete') throw new Error(`${name} is ${read.kind}`);
  return read.body;
}

/** Reads it, and refuses it wherever it is cut. */
function readWhole<T>(bytes: Uint8Array, decode: (bytes: Uint8Array) => T): T {
  for (let length = 0; length < bytes.length; length++) refuses(() => decode(bytes.subarray(0, length)), 'truncated');
  refuses(() => decode(Uint8Array.from([...bytes, 0])), 'trailing');
  return decode(bytes);
}

test.for<[string, string]>([
  [
    'exchange-se/01-connect',
    '/o=Dev/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=ffffffffffffffffffffffffffffffff-Spike Test Usr',
  ],
  [
    'independent-server/mapi-http-emsmdb/01-connect',
    '/o=Gromox/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=0100000001000000-alice',
  ],
  [
    'independent-server/mapi-http-emsmdb/10-connect-denied',
    '/o=Gromox/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=0100000002000000-bob',
  ],
])('%s: the request', ([name, userDn], context) => {
  const sent = request(context, name);
  expect(readWhole(sent, decodeConnectRequest)).toEqual({ ...USUAL, userDn, auxiliary: [] });
  expect(digits(encodeConnectRequest({ ...USUAL, userDn }) ?? new Uint8Array())).toBe(digits(sent));
});

test('exchange-se/01-connect: the response', (context) => {
  expect(stream(context, 'exchange-se/01-connect')).toMatchObject({ processingAtMs: 0, elapsedMs: 12 });
  const read = readWhole(response(context, 'exchange-se/01-connect'), decodeConnectResponse);
  const session = 'ClientAccessServer=EXCHANGE-LAB-01.dev.local,ConnectTime=8/1/2026 1:29:56 PM,ConnectionID=16';
  expect(read).toEqual({
    ...{ kind: 'answered', errorCode: 0, pollsMaxMs: 60_000, retryCount: 6, retryDelayMs: 10_146 },
    ...{ dnPrefix: '', displayName: 'Spike Test Usr' },
    auxiliary: [
      { kind: 'mapi-endpoint', processType: 2, server: 'EXCHANGE-LAB-01.dev.local' },
      { kind: 'server-capabilities', flags: 0x0b },
      { kind: 'endpoint-capabilities', flags: 1 },
      { kind: 'organization', flags: 2, hasPublicFolders: false },
      { kind: 'server-session', context: session },
      { kind: 'client-control', enableFlags: 0x0d, expiryMs: 0x240c8400 },
    ],
  });
});

test('an independent server: logged on, and refused', (context) => {
  const connected = response(context, 'independent-server/mapi-http-emsmdb/01-connect');
  expect(readWhole(connected, decodeConnectResponse)).toMatchObject({ errorCode: 0, displayName: 'Alice Example' });
  const denied = response(context, 'independent-server/mapi-http-emsmdb/10-connect-denied');
  expect(readWhole(denied, decodeConnectResponse)).toMatchObject({ errorCode: 0x80070005, displayName: '' });
});

test.for<[string, number, number, number]>([
  ['exchange-se/02-execute', 0x10000, 0, 172],
  ['exchange-se/03-execute', 0x10000, 0, 574],
  ['independent-server/mapi-http-emsmdb/03-execute-roplogon', 0x10008, 0, 172],
  ['independent-server/mapi-http-emsmdb/04-execute-folderlist', 0x10008, 0, 500],
  ['independent-server/mapi-http-emsmdb/05-execute-bad-handle', 0x10008, 0, 16],
  ['independent-server/mapi-http-emsmdb/06-execute-bad-rop-buffer', 0x10008, 0x4b6, 0],
  ['independent-server/mapi-http-emsmdb/07-execute-release', 0x10008, 0, 14],
])('%s', ([name, maxRopOut, errorCode, ropBytes], context) => {
  const sent = request(context, name);
  const asked = readWhole(sent, (bytes) => decodeExecuteRequest(bytes, octets));
  expect(asked).toMatchObject({ flags: 3, maxRopOut, auxiliary: [] });
  const again = encodeExecuteRequest((payload) => void payload.bytes('rops', asked.rops[0] ?? new Uint8Array()), {
    maxRopOut,
  });
  expect(digits(again)).toBe(digits(sent));
  const answer = readWhole(response(context, name), (bytes) => decodeExecuteResponse(bytes, octets));
  expect(answer).toMatchObject({ kind: 'answered', errorCode, auxiliary: [] });
  const lengths = answer.kind === 'answered' ? answer.rops.map((each) => each.length) : [];
  expect(lengths).toEqual(ropBytes === 0 ? [] : [ropBytes]);
});

test('Disconnect, and Execute after it', (context) => {
  const sent = request(context, 'independent-server/mapi-http-emsmdb/08-disconnect');
  expect(readWhole(sent, decodeDisconnectRequest)).toEqual({ auxiliary: [] });
  expect(encodeDisconnectRequest()).toEqual(sent);
  const answer = response(context, 'independent-server/mapi-http-emsmdb/08-disconnect');
  expect(readWhole(answer, decodeDisconnectResponse)).toMatchObject({ kind: 'answered', errorCode: 0 });
  const page = stream(context, 'independent-server/mapi-http-emsmdb/09-execute-after-disconnect');
  if (page.kind !== 'untagged') throw new Error(`it is ${page.kind}`);
  expect(sentenceOf(page.body)).toBe('The request has an invalid session context cookie.');
});

test('PING has nothing behind its headers', (context) => {
  expect(request(context, 'independent-server/mapi-http-emsmdb/02-ping')).toHaveLength(0);
  const seen = stream(context, 'independent-server/mapi-http-emsmdb/02-ping');
  expect(seen).toMatchObject({ kind: 'complete', body: new Uint8Array(), elapsedMs: 0 });
});

test('NotificationWait: thirteen times PENDING without a line end, and no end', (context) => {
  const sent = recorded(context, 'independent-server/mapi-http-raw/02-notificationwait.request.bin');
  expect(readWhole(sent, decodeNotificationWaitRequest)).toEqual({ flags: 0, auxiliary: [] });
  expect(encodeNotificationWaitRequest()).toEqual(sent);
  const raw = recorded(context, 'independent-server/mapi-http-raw/02-notificationwait.response.bin');
  const chunks = chunksOf(raw);
  expect(chunks).toHaveLength(14);
  const reader = new MapiHttpStream();
  for (const [index, chunk] of chunks.entries()) reader.push(chunk, index);
  expect(reader.end()).toEqual({
    ...{ kind: 'unfinished', processingAtMs: 0, doneAtMs: null, pendingAtMs: chunks.slice(1).map((_, at) => at + 1) },
  });
});

/** The chunks of an HTTP response as it was recorded. */
function chunksOf(raw: Uint8Array): Uint8Array[] {
  const text = Buffer.from(raw).toString('latin1');
  const chunks: Uint8Array[] = [];
  for (let at = text.indexOf('\r\n\r\n') + 4; at < text.length; ) {
    const begin = text.indexOf('\r\n', at) + 2;
    const length = Number.parseInt(text.slice(at, begin), 16);
    chunks.push(raw.subarray(begin, begin + length));
    at = begin + length + 2;
  }
  return chunks;
}

test('every recorded response is a body that can be told apart', (context) => {
  for (const folder of ['exchange-se', 'independent-server/mapi-http-emsmdb', 'independent-server/mapi-http-nspi'])
    for (const file of recordedFiles(context, folder).filter((name) => name.endsWith('.response.bin'))) {
      const { kind } = stream(context, `${folder}/${file.replace('.response.bin', '')}`);
      expect({ file, kind }).toEqual({ file, kind: file.startsWith('09-execute') ? 'untagged' : 'complete' });
    }
});
