/** What a server says first: recorded ones to the last field, damaged ones to the place of the damage, and never more than the limits. */
import { describe, expect, test } from 'vitest';
import { MOST_MESSAGE } from '#lib/wire/tls/messages.ts';
import { decodeServerFlight, FlightReader, MOST_FLIGHT, type ServerFlight } from '#lib/wire/tls/server-flight.ts';
import {
  certificateMessage,
  fatalAlert,
  message,
  record,
  serverHello,
  serverHelloDone,
} from '#tests/lab/net/tls-bytes.ts';
import { complaintOf, refuses } from '../x509/complaint.ts';
import { names, recorded } from './recorded.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const inRecord = (...messages: Uint8Array[]): Buffer => record(22, 0x0303, Buffer.concat(messages));

/** Says the bytes in pieces of this length. */
function inPieces(bytes: Uint8Array, length: number): ServerFlight {
  const reader = new FlightReader();
  for (let at = 0; at < bytes.length; at += length) if (reader.push(bytes.subarray(at, at + length))) break;
  return reader.flight;
}

describe('a recorded flight', () => {
  test.each([
    ['retryRequest', { version: 0x0304, suite: 0x1301, isRetryRequest: true, keyShare: null }],
    ['tls13', { version: 0x0304, suite: 0x1301, isRetryRequest: false, keyShare: { group: 23 } }],
    ['tls12', { version: 0x0303, suite: 0xcca9, alpn: 'http/1.1', keyShare: null }],
    ['tls12Asking', { version: 0x0303, suite: 0xcca9, alpn: null }],
    ['tls10Asking', { version: 0x0301, suite: 0xc00a }],
    ['anonymous', { version: 0x0303, suite: 0x0034 }],
  ] as const)('%s says hello', (name, hello) => {
    expect(decodeServerFlight(recorded(name))).toMatchObject({ hello, alert: null, isComplete: true });
  });

  test('has the certificates that were sent', () => {
    const [leaf, ...rest] = decodeServerFlight(recorded('tls12')).certificates ?? [];
    expect(rest).toEqual([]);
    expect(Buffer.from(leaf ?? []).toString('latin1')).toContain('mail.example.test');
    for (const name of ['anonymous', 'tls13', 'refusal'] as const)
      expect(decodeServerFlight(recorded(name)).certificates).toBeNull();
  });

  test('has the wish for a client certificate, with signature algorithms since TLS 1.2', () => {
    const wish = decodeServerFlight(recorded('tls12Asking')).certificateRequest;
    expect(wish).toMatchObject({ types: [1, 2, 64] });
    expect(wish?.signatureAlgorithms.slice(0, 2)).toEqual([0x0403, 0x0503]);
    expect(Buffer.from(wish?.authorities[0] ?? []).toString('latin1')).toContain('mail.example.test');
    const old = decodeServerFlight(recorded('tls10Asking')).certificateRequest;
    expect(old).toMatchObject({ types: [1, 2, 64], signatureAlgorithms: [], authorities: { length: 1 } });
    expect(decodeServerFlight(recorded('tls12')).certificateRequest).toBeNull();
  });

  test('may be an alert', () => {
    expect(decodeServerFlight(recorded('refusal'))).toMatchObject({ alert: 40, hello: null, isComplete: true });
  });

  test('of TLS 1.3 goes on behind the hello, if somebody wants it', () => {
    const reader = new FlightReader(true);
    expect(reader.push(recorded('tls13'))).toBe(false);
    const { encrypted } = reader.flight;
    expect(encrypted.map((one) => [one[0], one.length])).toEqual([
      [23, 69],
      [23, 437],
      [23, 102],
      [23, 58],
    ]);
  });

  test.each(names)('%s says the same in pieces of any size', (name) => {
    const whole = decodeServerFlight(recorded(name));
    for (const length of [1, 2, 3, 7, 100]) expect(inPieces(recorded(name), length)).toEqual(whole);
  });

  test.each(names)('%s is refused wherever it is cut', (name) => {
    const bytes = recorded(name);
    for (let length = 0; length < bytes.length; length++) {
      const { isComplete } = inPieces(bytes.subarray(0, length), length || 1);
      if (isComplete) break;
      expect(refuses(() => decodeServerFlight(bytes.subarray(0, length)), 'truncated').offset).toBe(length);
    }
  });
});

describe('a flight', () => {
  const hello = serverHello(0x0303, 0xc02f);

  test('may fill many records with one message, and one record with many', () => {
    const chain = certificateMessage([hex('01 02'), hex('03')]);
    const messages = Buffer.concat([hello, chain, serverHelloDone]);
    const bytes = Buffer.concat([...messages].map((byte) => record(22, 0x0303, Uint8Array.of(byte))));
    for (const one of [bytes, inRecord(messages)])
      expect(decodeServerFlight(one).certificates).toEqual(
        [hex('01 02'), hex('03')].map((each) => new Uint8Array(each)),
      );
  });

  test('may warn before it goes on, and may begin with wishes to begin', () => {
    const warning = record(21, 0x0303, Uint8Array.of(1, 112));
    const request = inRecord(message(0, Buffer.alloc(0)));
    const flight = decodeServerFlight(Buffer.concat([warning, request, request, inRecord(hello, serverHelloDone)]));
    expect(flight).toMatchObject({ warnings: [112], alert: null, isComplete: true, hello: { suite: 0xc02f } });
  });

  test('ends with a warning that the connection is closed', () => {
    expect(decodeServerFlight(record(21, 0x0303, Uint8Array.of(1, 0)))).toMatchObject({ alert: 0 });
  });

  test('that breaks off behind the hello keeps it', () => {
    expect(decodeServerFlight(Buffer.concat([inRecord(hello), fatalAlert(80)]))).toMatchObject({
      alert: 80,
      hello: { version: 0x0303 },
    });
  });
});

/** A ServerHello with these extensions. */
function helloWith(extensions: string, version = '0303', middle = '00 c02f 00'): Buffer {
  const list = hex(extensions);
  const length = Buffer.from([list.length >> 8, list.length & 0xff]);
  return inRecord(message(2, Buffer.concat([hex(version), Buffer.alloc(32), hex(middle), length, list])));
}

describe('what no server would send', () => {
  const hello = serverHello(0x0303, 0xc02f);
  const wish = (body: string): Buffer => inRecord(hello, message(13, hex(body)));

  test.each([
    ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request'), 'bad-value', 'record.type'],
    ['one byte of it', Buffer.from('H'), 'bad-value', 'record.type'],
    ['another major version', hex('16 02 00'), 'bad-value', 'record.version'],
    ['a long record', hex('16 03 03 48 01'), 'too-large', 'record.length'],
    ['application data before the hello', record(23, 0x0303, hex('00')), 'bad-value', ''],
    ['a change of ciphers before the hello', record(20, 0x0303, hex('01')), 'bad-value', ''],
    ['an empty handshake record', record(22, 0x0303, hex('')), 'bad-value', ''],
    ['half an alert', record(21, 0x0303, hex('02')), 'bad-value', 'alert'],
    ['an alert of a third kind', record(21, 0x0303, hex('03 28')), 'bad-value', 'alert'],
    ['a message of 16 MiB', record(22, 0x0303, hex('02 ff ff ff')), 'too-large', 'handshake.length'],
    ['a ClientHello', inRecord(message(1, hex(''))), 'bad-value', 'handshake.type'],
    ['a certificate before the hello', inRecord(certificateMessage([])), 'bad-value', 'handshake.type'],
    ['two hellos', inRecord(hello, hello), 'bad-value', 'handshake.type'],
    [
      'a certificate behind the request',
      inRecord(hello, message(13, hex('0101 0000 0000')), certificateMessage([])),
      'bad-value',
      'handshake.type',
    ],
    ['something between the hello and the end', inRecord(hello, message(99, hex(''))), 'bad-value', 'handshake.type'],
    ['a hello that ends too early', inRecord(message(2, hex('0303'))), 'truncated', 'serverHello.random'],
    ['a hello with more behind it', helloWith('', '0303', '00 c02f 00 0000 00'), 'trailing', 'serverHello'],
    ['a long session', helloWith('', '0303', `21 ${'00'.repeat(33)} c02f 00`), 'bad-value', 'serverHello.sessionId'],
    ['compression', helloWith('', '0303', '00 c02f 01'), 'bad-value', 'serverHello.compression'],
    ['SSL 2.0', helloWith('', '0200'), 'bad-value', 'serverHello.version'],
    ['TLS 1.4', helloWith('', '0305'), 'bad-value', 'serverHello.version'],
    ['TLS 1.2 chosen the new way', helloWith('002b 0002 0303'), 'bad-value', 'selectedVersion'],
    ['an extension twice', helloWith('ff01 0001 00 ff01 0001 00'), 'bad-value', 'extensions.type'],
    ['an extension that ends too early', helloWith('ff01 0002 00'), 'truncated', 'extensions.[65281]'],
    ['two protocols', helloWith('0010 0006 0004 01 61 01 62'), 'trailing', 'alpn'],
    ['a key share without a key', helloWith('002b 0002 0304 0033 0002 0017'), 'truncated', 'keyShare.key.length'],
    ['certificates with more behind them', inRecord(hello, message(11, hex('000000 00'))), 'trailing', 'certificate'],
    [
      'a certificate that ends too early',
      inRecord(hello, message(11, hex('000004 000002 01'))),
      'truncated',
      'list.[0]',
    ],
    [
      '101 certificates',
      inRecord(hello, certificateMessage(Array(101).fill(hex('01')))),
      'too-large',
      'certificate.list',
    ],
    ['a wish without an end', wish('01 01 0002 0403'), 'truncated', 'authorities.length'],
    ['half a signature algorithm', wish('0101 0001 04 0000'), 'truncated', 'signatureAlgorithms.algorithm'],
    ['names that end too early', wish('0101 0000 0003 0002 01'), 'truncated', 'authorities.[0]'],
  ] as const)('%s', (_what, bytes, code, path) => {
    refuses(() => decodeServerFlight(bytes), code, path);
  });

  test('is told with its place in all the bytes', () => {
    const { offset } = complaintOf(() => decodeServerFlight(Buffer.concat([inRecord(hello), hex('16 03 04 ff ff')])));
    expect(offset).toBe(5 + hello.length + 3);
    // Within messages, record headers are left out.
    expect(complaintOf(() => decodeServerFlight(helloWith('', '0200'))).offset).toBe(4);
  });
});

describe('limits', () => {
  const endless = (piece: Uint8Array, times: number): void => {
    const reader = new FlightReader();
    for (let time = 0; time < times; time++) reader.push(piece);
  };

  test('a message may have 128 KiB, and not a byte more', () => {
    const announced = (length: number): Buffer => record(22, 0x0303, hex(`02 ${length.toString(16).padStart(6, '0')}`));
    expect(() => endless(announced(MOST_MESSAGE), 1)).not.toThrow();
    refuses(() => endless(announced(MOST_MESSAGE + 1), 1), 'too-large', 'handshake.length');
  });

  test.each([
    ['warnings', record(21, 0x0303, Uint8Array.of(1, 112)), 5],
    ['wishes to begin', inRecord(message(0, Buffer.alloc(0))), 64],
  ] as const)('%s: so many, and not one more', (_what, piece, most) => {
    expect(() => endless(piece, most)).not.toThrow();
    refuses(() => endless(piece, most + 1), 'too-large');
  });

  test('a flight may have 256 KiB', () => {
    const reader = new FlightReader(true);
    reader.push(recorded('tls13'));
    const data = record(23, 0x0303, Buffer.alloc(16_384));
    refuses(() => {
      for (let sent = 0; sent <= MOST_FLIGHT; sent += data.length) reader.push(data);
    }, 'too-large');
  });

  test('bytes that come one by one cost no more than others', () => {
    const reader = new FlightReader();
    const body = certificateMessage(Array(30).fill(Buffer.alloc(4_000)));
    const bytes = Buffer.concat([...split(Buffer.concat([serverHello(0x0303, 0xc02f), body]))]);
    for (const byte of bytes) reader.push(Uint8Array.of(byte));
    expect(reader.flight.certificates).toHaveLength(30);
  });
});

function* split(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 16_384) yield record(22, 0x0303, bytes.subarray(at, at + 16_384));
}
