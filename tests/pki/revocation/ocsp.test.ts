/** OCSP: what is asked, and which answers count. */
import { describe, expect, test } from 'vitest';
import { judgeOcsp, ocspGetUrl, ocspRequestFor } from '#lib/pki/revocation/ocsp.ts';
import type { Certificate } from '#tests/lab/pki/certificate.ts';
import { enumerated, explicit, octetString, oid, sequence } from '#tests/lab/pki/der.ts';
import { extendedKeyUsage, ocspNoCheck, unknownExtension } from '#tests/lab/pki/extensions.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import {
  type CertificateStatus,
  declined,
  type OcspContent,
  writeOcsp,
  writeOcspRefusal,
} from '#tests/lab/pki/ocsp.ts';
import { makeCertificate, type Wish } from '#tests/lab/pki/usual.ts';
import { readOcspRequest } from '#tests/lab/publisher/ocsp-request.ts';
import { at, DAY, issuing, kindOf, leaf, MINUTE, NOW, namesake, read, root, stranger } from './made.ts';

const usual: CertificateStatus = { issuer: issuing, serial: leaf.serial, status: 'good' };

interface Change extends Partial<OcspContent> {
  readonly about?: Partial<CertificateStatus>;
}

/** The answer of the issuer that the leaf is good, changed. */
function answer({ about, ...change }: Change = {}): Uint8Array {
  return writeOcsp({ signer: issuing, answers: [{ ...usual, ...about }], ...change });
}

const judge = (bytes: Uint8Array, now = NOW) => judgeOcsp(bytes, read(leaf), read(issuing), now);

/** A responder with its own key, whose answer brings its certificate along. */
function delegated(wish: Wish = {}, change: Change = {}): Uint8Array {
  return byResponder(responder(wish), change);
}

const responder = (wish: Wish = {}): Certificate =>
  makeCertificate({
    subject: { CN: 'Responder' },
    issuer: issuing,
    key: pooledKey('p-256', 'responder'),
    with: [extendedKeyUsage('ocspSigning'), ocspNoCheck()],
    ...wish,
  });

const byResponder = (signer: Certificate, change: Change = {}): Uint8Array =>
  answer({ signer, certificates: [signer], ...change });

describe('an answer', () => {
  test('says who signed it, and for how long it holds', () => {
    const dates = { thisUpdate: at(NOW - DAY), nextUpdate: at(NOW + DAY) };
    expect(judge(answer({ about: dates }))).toEqual({
      status: 'good',
      thisUpdate: dates.thisUpdate.getTime(),
      nextUpdate: dates.nextUpdate.getTime(),
      signedBy: 'Issuing',
    });
  });

  test.each([
    ['with a reason', { reason: 1 }, 'keyCompromise'],
    ['without one', {}, null],
  ])('says when a certificate was revoked, %s', (_name, reason, expected) => {
    const revokedAt = at(NOW - 3 * DAY);
    const said = judge(answer({ about: { status: { revokedAt, ...reason } } }));
    expect(said).toMatchObject({ status: 'revoked', at: revokedAt.getTime(), reason: expected });
  });

  test('may be that the responder does not know the certificate', () => {
    expect(judge(answer({ about: { status: 'unknown' } })).status).toBe('unknown');
  });

  test.each(Object.keys(declined) as (keyof typeof declined)[])('may be no answer: %s', (why) => {
    expect(judge(writeOcspRefusal(why))).toMatchObject({ status: 'unusable', why: 'declined', detail: why });
  });
});

describe('the certificate', () => {
  test.each<[name: string, Change, expected: string]>([
    ['by hashes with SHA-256', { about: { idHash: 'sha256' } }, 'good'],
    ['by another serial number', { about: { serial: Uint8Array.of(7) } }, 'other-certificate'],
    ['by the name of another issuer', { about: { issuer: stranger } }, 'other-certificate'],
    ['by the key of another issuer', { about: { issuer: namesake } }, 'other-certificate'],
    ['among others', { answers: [{ ...usual, serial: Uint8Array.of(7), status: 'unknown' }, usual] }, 'good'],
    ['nowhere', { answers: [] }, 'other-certificate'],
  ])('may be named %s', (_name, change, expected) => {
    expect(kindOf(judge(answer(change)))).toBe(expected);
  });

  test('is what the newest of two answers says', () => {
    const revoked: CertificateStatus = {
      ...usual,
      status: { revokedAt: at(NOW - DAY) },
      thisUpdate: at(NOW - DAY / 2),
    };
    expect(judge(answer({ answers: [usual, revoked] })).status).toBe('revoked');
    expect(judge(answer({ answers: [revoked, usual] })).status).toBe('revoked');
  });
});

describe('the dates', () => {
  const held = (thisUpdate: number, nextUpdate: number | null): string =>
    kindOf(
      judge(answer({ about: { thisUpdate: at(thisUpdate), nextUpdate: nextUpdate === null ? null : at(nextUpdate) } })),
    );

  test.each([
    ['a minute ahead, for clocks differ', NOW + MINUTE, NOW + DAY, 'good'],
    ['six minutes ahead', NOW + 6 * MINUTE, NOW + DAY, 'not-yet-valid'],
    ['over since a minute', NOW - DAY, NOW - MINUTE, 'good'],
    ['over since six minutes', NOW - DAY, NOW - 6 * MINUTE, 'out-of-date'],
    ['without an end', NOW - 9 * DAY, null, 'good'],
    ['without an end, but old', NOW - 11 * DAY, null, 'out-of-date'],
  ])('%s', (_name, from, to, expected) => {
    expect(held(from, to)).toBe(expected);
  });

  test('are told even where they make the answer useless', () => {
    const said = judge(answer({ about: { thisUpdate: at(NOW - 9 * DAY), nextUpdate: at(NOW - 2 * DAY) } }));
    expect(said).toMatchObject({
      nextUpdate: at(NOW - 2 * DAY).getTime(),
      detail: expect.stringMatching(/\d{4}-\d\d-\d\d$/),
    });
  });

  test('count for the signature of the responder, too', () => {
    expect(kindOf(judge(delegated({ days: [-90, -1] })))).toBe('signer-not-allowed');
    expect(kindOf(judge(delegated({ days: [1, 90] })))).toBe('signer-not-allowed');
  });
});

describe('whoever signs', () => {
  test.each<[name: string, bytes: () => Uint8Array, expected: string]>([
    ['the issuer, named by its key', () => answer(), 'good'],
    ['the issuer, named by its name', () => answer({ responderId: 'name' }), 'good'],
    ['the issuer, damaged', () => answer({ badSignature: true }), 'wrong-signature'],
    [
      'somebody with the name of the issuer',
      () => answer({ signer: namesake, responderId: 'name' }),
      'wrong-signature',
    ],
    ['somebody else', () => answer({ signer: stranger }), 'signer-not-allowed'],
    ['somebody else who shows who they are', () => byResponder(stranger), 'signer-not-allowed'],
    ['the root, though it is above the issuer', () => byResponder(root), 'signer-not-allowed'],
    ['the certificate itself', () => byResponder(leaf), 'signer-not-allowed'],
    ['a responder of the issuer', () => delegated(), 'good'],
    ['a responder, named by its name', () => delegated({}, { responderId: 'name' }), 'good'],
    [
      'a responder, without the mark that nobody needs to ask about it',
      () => delegated({ with: [extendedKeyUsage('ocspSigning')] }),
      'good',
    ],
    [
      'a responder, its certificate behind another',
      () => byResponder(responder(), { certificates: [root, responder()] }),
      'good',
    ],
    ['a responder, damaged', () => delegated({}, { badSignature: true }), 'wrong-signature'],
    ['a responder that does not show itself', () => delegated({}, { certificates: [] }), 'signer-not-allowed'],
    [
      'a responder that is made for servers',
      () => delegated({ with: [extendedKeyUsage('serverAuth')] }),
      'signer-not-allowed',
    ],
    [
      'a responder that is made for anything',
      () => delegated({ with: [extendedKeyUsage('any')] }),
      'signer-not-allowed',
    ],
    [
      'a responder that is made for nothing in particular',
      () => delegated({ with: [], without: ['extendedKeyUsage'] }),
      'signer-not-allowed',
    ],
    ['a responder of another authority', () => delegated({ issuer: stranger }), 'signer-not-allowed'],
    [
      'a responder of somebody else with the key of the issuer',
      () => delegated({ issuer: { subject: stranger.subject, key: issuing.key } }),
      'signer-not-allowed',
    ],
    ['a responder of the root', () => delegated({ issuer: root }), 'signer-not-allowed'],
    ['a responder of the namesake', () => delegated({ issuer: namesake }), 'signer-not-allowed'],
    ['a responder whose certificate is damaged', () => delegated({ badSignature: true }), 'signer-not-allowed'],
  ])('%s', (_name, bytes, expected) => {
    expect(kindOf(judge(bytes()))).toBe(expected);
  });

  test('is named', () => {
    expect(judge(delegated())).toMatchObject({ signedBy: 'Responder' });
    expect(judge(answer({ signer: stranger }))).toMatchObject({
      detail: expect.stringContaining('neither the issuer'),
    });
  });

  test.each(['rsa-2048', 'p-384', 'ed25519'] as const)('may have a key of kind %s', (kind) => {
    const key = pooledKey(kind, 'issuer');
    const issuer = makeCertificate({ subject: { CN: 'Issuer' }, authority: true, key });
    const own = makeCertificate({ names: ['mail.example.test'], issuer });
    const about: CertificateStatus = { issuer, serial: own.serial, status: 'good' };
    const said = (change: Partial<OcspContent>) =>
      kindOf(judgeOcsp(writeOcsp({ signer: issuer, answers: [about], ...change }), read(own), read(issuer), NOW));
    expect(said({})).toBe('good');
    expect(said({ badSignature: true })).toBe('wrong-signature');
    if (kind !== 'rsa-2048') return;
    expect(said({ padding: 'pss' })).toBe('good');
    expect(said({ padding: 'pss', badSignature: true })).toBe('wrong-signature');
    expect(said({ hash: 'sha1' })).toBe('good');
    expect(said({ hash: 'md5' })).toBe('unknown-algorithm');
  });
});

test.each([
  ['that nobody knows and that is critical', unknownExtension(true), 'critical-extension'],
  ['that nobody knows', unknownExtension(false), 'good'],
])('an extension %s', (_name, extension, expected) => {
  expect(kindOf(judge(answer({ extensions: [extension] })))).toBe(expected);
});

test('a nonce that nobody asked for does no harm', () => {
  expect(kindOf(judge(answer({ nonce: Uint8Array.of(1, 2, 3, 4) })))).toBe('good');
});

describe('bytes that are no answer', () => {
  const other = sequence(
    enumerated(0),
    explicit(0, sequence(oid('1.3.6.1.5.5.7.48.1.99'), octetString(Uint8Array.of(5, 0)))),
  );

  test.each([
    ['none at all', new Uint8Array()],
    ['a page', Buffer.from('<html>Welcome</html>')],
    ['a certificate', leaf.der],
    ['an answer of another kind', other],
    ['a success without an answer', sequence(enumerated(0))],
    ['an answer and more', Buffer.concat([answer(), Uint8Array.of(0)])],
  ])('%s', (_name, bytes) => {
    expect(kindOf(judge(bytes))).toBe('malformed');
  });

  test('any beginning of a good one', () => {
    const whole = answer();
    const kinds = Array.from(whole, (_, length) => kindOf(judge(whole.subarray(0, length))));
    expect(new Set(kinds)).toEqual(new Set(['malformed']));
  });
});

describe('the question', () => {
  const request = ocspRequestFor(read(leaf), read(issuing));

  test('names the certificate in the way that every responder knows', () => {
    const { questions, nonce } = readOcspRequest(request);
    expect(nonce).toBeUndefined();
    expect(questions.map(({ idHash, serial }) => [idHash, Buffer.from(serial)])).toEqual([
      ['sha1', Buffer.from(leaf.serial)],
    ]);
    // The answer is about it: both hashes are right.
    expect(kindOf(judge(answer()))).toBe('good');
  });

  test.each([
    ['http://ocsp.example.test', 'http://ocsp.example.test/'],
    ['http://ocsp.example.test/', 'http://ocsp.example.test/'],
    ['http://ocsp.example.test/issuing', 'http://ocsp.example.test/issuing/'],
  ])('is appended to %s', (address, expected) => {
    const url = ocspGetUrl(address, request);
    expect(url?.slice(0, expected.length)).toBe(expected);
    const asked = decodeURIComponent(url?.slice(expected.length) ?? '');
    expect(Buffer.from(asked, 'base64')).toEqual(Buffer.from(request));
    expect(url?.slice(expected.length)).not.toMatch(/[/+=]/);
  });

  test.each([
    ['too long an address', `http://ocsp.example.test/${'x'.repeat(200)}`],
    ['an address with a query', 'http://ocsp.example.test/?a=b'],
  ])('is posted to %s', (_name, address) => {
    expect(ocspGetUrl(address, request)).toBeNull();
  });
});
