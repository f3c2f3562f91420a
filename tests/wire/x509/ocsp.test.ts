/** OCSP: what is asked, and what is answered. RFC 6960 4 */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { WireErrorCode } from '#lib/wire/error.ts';
import { decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { nameToText } from '#lib/wire/x509/name.ts';
import { answers, decodeOcspResponse, encodeOcspRequest, type OcspQuestion } from '#lib/wire/x509/ocsp.ts';
import { extensionOids } from '#lib/wire/x509/oids.ts';
import {
  around,
  type Bytes,
  bits,
  ECDSA,
  extension,
  generalizedTime,
  hex,
  instead,
  int,
  name,
  nul,
  octets,
  oid,
  seq,
  tlv,
  utcTime,
  utf8,
} from './asn1.ts';
import { cutAndLengthened, refuses } from './complaint.ts';
import { leaf, ocspByKey, ocspByName, responder, root } from './samples.ts';

const issuer = decodeCertificate(root);
const sha1 = (bytes: Bytes): Bytes => new Uint8Array(createHash('sha1').update(bytes).digest());
const question: OcspQuestion = {
  hash: 'sha1',
  issuerNameHash: sha1(issuer.subject.raw),
  issuerKeyHash: sha1(issuer.publicKey.bits.bytes),
  serialNumber: decodeCertificate(leaf).serialNumber,
};

const NOW = generalizedTime('20261120220246Z');
const ID = seq(seq(oid('1.3.14.3.2.26'), nul()), octets(hex('aa')), octets(hex('bb')), int(7));
const single = (status: Bytes, ...rest: Bytes[]): Bytes => seq(ID, status, NOW, ...rest);
const GOOD = instead(0, []);
const BY_KEY = around(2, octets(hex('cc')));

function basic({ data = [BY_KEY, NOW, seq(single(GOOD))], rest = [] as Bytes[] } = {}): Bytes {
  const answer = seq(seq(...data), ECDSA, bits(0, 1), ...rest);
  return seq(tlv(0x0a, [0]), around(0, seq(oid('1.3.6.1.5.5.7.48.1.1'), octets(answer))));
}
const decodeSingle = (status: Bytes, ...rest: Bytes[]) =>
  decodeOcspResponse(basic({ data: [BY_KEY, NOW, seq(single(status, ...rest))] })).basic?.responses[0];

cutAndLengthened('by name', ocspByName, decodeOcspResponse);
cutAndLengthened('by key', ocspByKey, decodeOcspResponse);
cutAndLengthened('a refusal', seq(tlv(0x0a, [6])), decodeOcspResponse);

describe('requests', () => {
  test('in octets', () => {
    const short: OcspQuestion = {
      hash: 'sha1',
      issuerNameHash: hex('aa'),
      issuerKeyHash: hex('bb'),
      serialNumber: hex('07'),
    };
    expect(encodeOcspRequest(short)).toEqual(seq(seq(seq(seq(ID)))));
    const nonce = around(2, seq(extension('1.3.6.1.5.5.7.48.1.2', octets(hex('01 02')))));
    expect(encodeOcspRequest(short, hex('01 02'))).toEqual(seq(seq(seq(seq(ID)), nonce)));
  });

  test('with another hash', () => {
    const bytes = encodeOcspRequest({ ...question, hash: 'sha256' });
    expect(Buffer.from(bytes).includes(Buffer.from(oid('2.16.840.1.101.3.4.2.1')))).toBe(true);
  });
});

describe('the samples, as openssl ocsp -resp_text shows them', () => {
  test('three answers from a responder with a certificate of its own', () => {
    const { status, basic } = decodeOcspResponse(ocspByName);
    if (basic === null || basic.responder.by !== 'name') throw new Error('another kind of answer');
    expect(status).toBe('successful');
    expect(nameToText(basic.responder.name)).toBe('CN=Sample Responder');
    expect(basic.certificates).toEqual([responder]);
    expect(basic).toMatchObject({
      version: 1,
      nonce: null,
      producedAt: { at: Date.UTC(2026, 10, 20, 22, 28, 45), faults: [] },
    });
    expect(basic.responses).toMatchObject([
      { certificate: { serialNumber: question.serialNumber }, status: { kind: 'good' }, extensions: [] },
      { certificate: { serialNumber: hex('00c0ffee') }, extensions: [{ oid: extensionOids.invalidityDate }] },
      { certificate: { serialNumber: hex('1003') } },
    ]);
    expect(basic.responses[1]?.status).toMatchObject({
      kind: 'revoked',
      revokedAt: { at: Date.UTC(2026, 1, 3, 4, 5, 6) },
      reason: 'keyCompromise',
    });
    expect(basic.responses[0]?.nextUpdate?.at).toBe(Date.UTC(2026, 10, 27, 22, 28, 45));
  });

  test('one answer from the issuer', () => {
    const { basic } = decodeOcspResponse(ocspByKey);
    expect(basic).toMatchObject({
      responder: { by: 'key', keyHash: question.issuerKeyHash },
      nonce: hex('3661F69F79CC4D96871159902FC11955'),
      certificates: [],
    });
    const [answer] = basic?.responses ?? [];
    expect(answer && answers(answer, question)).toBe(true);
    expect(answer && answers(answer, { ...question, serialNumber: hex('07') })).toBe(false);
    expect(answer && answers(answer, { ...question, hash: 'sha256' })).toBe(false);
  });
});

describe('by hand', () => {
  test.for([
    [1, 'malformedRequest'],
    [2, 'internalError'],
    [3, 'tryLater'],
    [4, '4'],
    [5, 'sigRequired'],
    [6, 'unauthorized'],
    [77, '77'],
  ] as const)('status %i', ([number, status]) => {
    expect(decodeOcspResponse(seq(tlv(0x0a, [number])))).toEqual({ status, type: null, basic: null });
  });

  test('an answer of another kind', () => {
    const bytes = seq(tlv(0x0a, [0]), around(0, seq(oid('1.2.3'), octets(hex('ff')))));
    expect(decodeOcspResponse(bytes)).toEqual({ status: 'successful', type: '1.2.3', basic: null });
  });

  test('what may be missing', () => {
    expect(decodeSingle(instead(2, []))).toMatchObject({
      status: { kind: 'unknown' },
      nextUpdate: null,
      extensions: [],
    });
    expect(decodeSingle(around(1, NOW))).toMatchObject({ status: { kind: 'revoked', reason: null } });
    expect(decodeOcspResponse(basic({ data: [BY_KEY, NOW, seq()] })).basic?.responses).toEqual([]);
  });

  test('a version, a fraction of a second, and a reason that is not defined', () => {
    const data = [
      around(0, int(4)),
      around(1, name(['2.5.4.3', utf8('a')])),
      generalizedTime('20261120220246.5Z'),
      seq(),
    ];
    expect(decodeOcspResponse(basic({ data })).basic).toMatchObject({
      version: 5,
      producedAt: { faults: ['fraction'] },
    });
    expect(decodeSingle(around(1, NOW, around(0, tlv(0x0a, [50]))))?.status).toMatchObject({ reason: '50' });
  });

  test('a nonce as the older RFC had it', () => {
    const nonce = (value: Bytes) => {
      const data = [BY_KEY, NOW, seq(), around(1, seq(extension(extensionOids.ocspNonce, value)))];
      return decodeOcspResponse(basic({ data })).basic?.nonce;
    };
    expect(nonce(octets(hex('0102')))).toEqual(hex('0102'));
    expect(nonce(hex('0102'))).toEqual(hex('0102'));
    expect(nonce(hex(''))).toEqual(hex(''));
    expect(nonce(hex('04 05 01'))).toEqual(hex('04 05 01'));
  });
});

describe('malformed', () => {
  const data =
    (...parts: Bytes[]) =>
    () =>
      decodeOcspResponse(basic({ data: parts }));
  const one = (status: Bytes, ...rest: Bytes[]) => data(BY_KEY, NOW, seq(single(status, ...rest)));

  test.for<[string, () => unknown, WireErrorCode, string]>([
    ['a status that is a number', () => decodeOcspResponse(seq(int(0))), 'bad-value', 'ocsp.responseStatus'],
    ['an HTML page', () => decodeOcspResponse(Buffer.from('<html>')), 'bad-value', 'ocsp'],
    ['a responder by telephone', data(around(3), NOW, seq()), 'bad-value', 'ocsp.basic.responderID'],
    ['UTCTime', data(BY_KEY, utcTime('261120220246Z'), seq()), 'bad-value', 'ocsp.basic.producedAt'],
    ['good, but with content', one(instead(0, [0])), 'bad-value', 'ocsp.basic.responses[0].certStatus'],
    ['a fourth status', one(instead(3, [])), 'bad-value', 'ocsp.basic.responses[0].certStatus'],
    ['revoked, but not when', one(around(1)), 'truncated', 'responses[0].certStatus.revocationTime'],
    ['a reason without its tag', one(around(1, NOW, tlv(0x0a, [1]))), 'trailing', 'ocsp.basic.responses[0].certStatus'],
    ['two next updates', one(GOOD, around(0, NOW), around(0, NOW)), 'trailing', 'ocsp.basic.responses[0]'],
    [
      'certificates that are no list',
      () => decodeOcspResponse(basic({ rest: [around(0, int(1))] })),
      'bad-value',
      'ocsp.basic.certs',
    ],
    [
      'certificates that are numbers',
      () => decodeOcspResponse(basic({ rest: [around(0, seq(int(1)))] })),
      'bad-value',
      'ocsp.basic.certs[0]',
    ],
  ])('%s', ([, decode, code, path]) => {
    refuses(decode, code, path);
  });

  test('places are those in the outermost buffer', () => {
    const bytes = basic({ data: [BY_KEY, utcTime('261120220246Z'), seq()] });
    expect(bytes[refuses(() => decodeOcspResponse(bytes), 'bad-value').offset]).toBe(0x17);
  });
});
