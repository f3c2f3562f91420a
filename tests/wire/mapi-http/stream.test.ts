/** The body of a response in pieces: tags, late headers, and what comes instead of them. */
import { describe, expect, test } from 'vitest';
import {
  MAX_BODY,
  MAX_HEADERS,
  MAX_PAGE,
  MAX_PENDING,
  type MapiHttpBody,
  MapiHttpStream,
} from '#lib/wire/mapi-http/stream.ts';
import { seededRandom } from '#tests/lab/random.ts';
import { complaintOf, refuses } from '#tests/wire/x509/complaint.ts';

const octets = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** Each piece comes a second after the one before. */
function body(...pieces: readonly string[]): MapiHttpBody {
  const stream = new MapiHttpStream();
  for (const [index, piece] of pieces.entries()) stream.push(octets(piece), index * 1_000);
  return stream.end();
}

const HEADERS = 'X-ElapsedTime: 12\r\nX-StartTime: Sat, 01 Aug 2026 20:29:56 GMT\r\n';
const USUAL = `PROCESSING\r\nDONE\r\n${HEADERS}\r\n\0\x01\xff`;

describe('a whole one', () => {
  test('as Exchange sends it', () => {
    expect(body(USUAL)).toEqual({
      ...{ kind: 'complete', processingAtMs: 0, pendingAtMs: [], doneAtMs: 0, body: octets('\0\x01\xff') },
      headers: [
        { name: 'X-ElapsedTime', value: '12' },
        { name: 'X-StartTime', value: 'Sat, 01 Aug 2026 20:29:56 GMT' },
      ],
      ...{ responseCode: null, elapsedMs: 12, startTime: 'Sat, 01 Aug 2026 20:29:56 GMT' },
    });
  });

  test('with PENDING, each with the time at which it was whole', () => {
    const seen = body('PROCESSING\r\n', 'PEND', 'ING\r\nPENDING', '\r', '\nDONE\r', '\n\r', '\nbody');
    expect(seen).toMatchObject({ processingAtMs: 0, pendingAtMs: [2_000, 2_000], doneAtMs: 4_000, headers: [] });
    expect(seen).toMatchObject({ kind: 'complete', body: octets('body') });
  });

  test.each([
    ['PENDING', 'PROCESSING\r\nPENDINGPENDINGDONE\r\n\r\n'],
    ['PROCESSING', 'PROCESSINGPENDING\r\nPENDINGDONE\r\n\r\n'],
  ])('%s without its line end', (_tag, text) => {
    expect(body(text)).toMatchObject({ kind: 'complete', pendingAtMs: [0, 0], body: octets('') });
  });

  test('a body that begins like a header, a tag or a line end', () => {
    for (const rest of ['X-ResponseCode: 1\r\n\r\n', 'PENDING\r\n', '\r\n', '\n'])
      expect(body(`PROCESSING\r\nDONE\r\n\r\n${rest}`)).toMatchObject({ kind: 'complete', body: octets(rest) });
  });

  test('the last code counts', () => {
    const done =
      'PROCESSING\r\nDONE\r\nX-ResponseCode: 0\r\nx-responsecode:6\r\nContent-Type: text/html\r\n\r\n<p>no</p>';
    expect(body(done)).toMatchObject({ responseCode: 6, body: octets('<p>no</p>') });
    expect(body('DONE\r\nX-ResponseCode: -1\r\nX-ElapsedTime: 1e9\r\n\r\n')).toMatchObject({
      ...{ processingAtMs: null, responseCode: null, elapsedMs: null },
    });
  });
});

describe('cut', () => {
  const whole = body(USUAL);

  test('into two pieces at every octet, it is the same', () => {
    for (let at = 0; at <= USUAL.length; at++) {
      const parts = new MapiHttpStream();
      parts.push(octets(USUAL.slice(0, at)), 0);
      parts.push(octets(USUAL.slice(at)), 0);
      expect(parts.end()).toEqual(whole);
    }
  });

  test('into single octets, it is the same', () => {
    const stream = new MapiHttpStream();
    for (const octet of octets(USUAL)) stream.push(Uint8Array.of(octet), 0);
    expect(stream.end()).toEqual(whole);
  });

  test('off at every octet, it is unfinished until the headers have ended', () => {
    const start = USUAL.indexOf('\r\n\r\n') + 4;
    for (let at = 1; at < start; at++) expect(body(USUAL.slice(0, at))).toMatchObject({ kind: 'unfinished' });
    for (let at = start; at <= USUAL.length; at++) expect(body(USUAL.slice(0, at))).toMatchObject({ kind: 'complete' });
    expect(body('PROCESSING\r\n', 'PENDING')).toEqual({
      ...{ kind: 'unfinished', processingAtMs: 0, pendingAtMs: [1_000], doneAtMs: null },
    });
    expect(body('PROCESSING\r\nDONE\r\nX-')).toMatchObject({ kind: 'unfinished', doneAtMs: 0 });
  });

  test('what has come so far can be asked', () => {
    const stream = new MapiHttpStream();
    expect(stream).toMatchObject({ hasBegun: false, pendingCount: 0 });
    stream.push(octets('PROCESSING\r\nPENDING\r\nPEN'), 0);
    expect(stream).toMatchObject({ hasBegun: true, pendingCount: 1 });
  });
});

describe('no tag at all', () => {
  test.each(['', '<!DOCTYPE HTML><p>no</p>', ' PROCESSING\r\n', 'Please sign in', 'processing\r\n', '\0\0\0\0'])(
    '%j',
    (text) => {
      expect(body(text)).toEqual({ kind: 'untagged', body: octets(text), isCut: false });
      expect(body(...text)).toEqual({ kind: 'untagged', body: octets(text), isCut: false });
    },
  );

  test('a long page is cut, whatever comes after', () => {
    const stream = new MapiHttpStream();
    for (let round = 0; round < 1_000; round++) stream.push(octets('x'.repeat(8_192)), 0);
    expect(stream.end()).toEqual({ kind: 'untagged', body: octets('x'.repeat(MAX_PAGE)), isCut: true });
    expect(body('x'.repeat(MAX_PAGE))).toMatchObject({ isCut: false });
  });
});

describe('refused', () => {
  test.each([
    ['something between tags', 'PROCESSING\r\nWORKING\r\n', 'bad-value', 'body', 12],
    ['a line end that is half of one', 'PROCESSING\r\rDONE', 'bad-value', 'body', 10],
    ['PROCESSING again', 'PROCESSING\r\nPROCESSING\r\n', 'bad-value', 'body', 22],
    ['PROCESSING too late', 'PENDING\r\nPROCESSING\r\n', 'bad-value', 'body', 19],
    ['a header without a colon', 'PROCESSING\r\nDONE\r\nA: 1\r\nnonsense\r\n\r\n', 'bad-value', 'headers[1]', 34],
    ['a header without a name', 'DONE\r\n: 1\r\n\r\n', 'bad-value', 'headers[0]', 11],
    ['a line feed alone', 'DONE\r\nA: 1\nB: 2\r\n\r\n', 'bad-value', 'headers', 6],
  ] as const)('%s', (_what, text, code, path, offset) => {
    expect(refuses(() => body(text), code, path).offset).toBe(offset);
    expect(refuses(() => body(...text), code, path).offset).toBe(offset);
  });

  /** Pushes the same piece until it is refused. */
  function untilRefused(start: string, piece: string): number {
    const stream = new MapiHttpStream();
    stream.push(octets(start), 0);
    let pieces = 0;
    const error = complaintOf(() => {
      for (; ; pieces++) stream.push(octets(piece), 0);
    });
    expect(error.code).toBe('too-large');
    return pieces;
  }

  test('PENDING for ever', () => {
    expect(untilRefused('PROCESSING\r\n', 'PENDING\r\n')).toBe(MAX_PENDING);
  });
  test('headers for ever', () => {
    expect(untilRefused('DONE\r\n', 'A: 1\r\n')).toBe(Math.floor(MAX_HEADERS / 6));
    expect(untilRefused('DONE\r\nA: ', 'x'.repeat(100))).toBeLessThan(MAX_HEADERS / 100);
  });
  test('line ends for ever', () => {
    expect(untilRefused('PROCESSING', '\r\n'.repeat(1_000))).toBe(Math.floor(MAX_BODY / 2_000));
  });
  test('a body for ever', () => {
    expect(untilRefused('DONE\r\n\r\n', 'x'.repeat(65_536))).toBe(MAX_BODY / 65_536 - 1);
  });
});

test('any octets in any pieces: an error, or what they are', () => {
  const random = seededRandom('mapi-http stream');
  const parts = [
    'PROCESSING',
    'PENDING',
    'DONE',
    '\r\n',
    '\r',
    '\n',
    'A: 1',
    ':',
    'X-ResponseCode: 7',
    'P',
    'PRO',
    '\0',
    'x',
  ];
  for (let round = 0; round < 5_000; round++) {
    const text = Array.from({ length: random.below(12) }, () => parts[random.below(parts.length)]).join('');
    const kind = (pieces: readonly string[]): string => {
      try {
        return body(...pieces).kind;
      } catch (error) {
        const { code, offset } = complaintOf(() => {
          throw error;
        });
        return `${code} ${offset}`;
      }
    };
    expect(kind([...text])).toBe(kind([text]));
  }
});
