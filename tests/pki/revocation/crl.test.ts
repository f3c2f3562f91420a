/** Revocation lists: which of them count, and for which certificates. */
import { describe, expect, test } from 'vitest';
import { judgeCrl } from '#lib/pki/revocation/crl.ts';
import type { Certificate } from '#tests/lab/pki/certificate.ts';
import { type CrlContent, writeCrl } from '#tests/lab/pki/crl.ts';
import { boolean, element, explicit, integer, sequence } from '#tests/lab/pki/der.ts';
import { crlDistributionPoints, type Extension, keyUsage, unknownExtension } from '#tests/lab/pki/extensions.ts';
import { encodeGeneralName, type GeneralName } from '#tests/lab/pki/names.ts';
import { makeCertificate } from '#tests/lab/pki/usual.ts';
import { at, authority, DAY, issuing, kindOf, leaf, MINUTE, NOW, namesake, read, root, stranger } from './made.ts';

const list = (change: Partial<CrlContent> = {}): Uint8Array => writeCrl({ issuer: issuing, ...change });
const judge = (bytes: Uint8Array, certificate: Certificate = leaf, issuer: Certificate = issuing) =>
  judgeCrl(bytes, read(certificate), read(issuer), NOW);
const revoked = (reason?: number) => ({
  serial: leaf.serial,
  at: at(NOW - 3 * DAY),
  ...(reason === undefined ? {} : { reason }),
});

/** Parts of an issuing distribution point. RFC 5280 5.2.5 */
const flag = (number: number): Uint8Array => element(0x80 | number, boolean(true).subarray(2));
const place = (...names: readonly GeneralName[]): Uint8Array =>
  explicit(0, explicit(0, ...names.map(encodeGeneralName)));
const scope = (...parts: readonly Uint8Array[]): Extension => ({
  id: '2.5.29.28',
  critical: true,
  value: sequence(...parts),
});
const USERS_ONLY = flag(1);
const AUTHORITIES_ONLY = flag(2);
const SOME_REASONS = element(0x83, Uint8Array.of(6, 0x40));
const INDIRECT = flag(4);
const ATTRIBUTES_ONLY = flag(5);

describe('a list', () => {
  test('without the certificate says that it is good', () => {
    const dates = { thisUpdate: at(NOW - DAY), nextUpdate: at(NOW + DAY) };
    const others = [{ serial: Uint8Array.of(7), at: at(NOW) }];
    expect(judge(list({ ...dates, revoked: others }))).toEqual({
      status: 'good',
      thisUpdate: dates.thisUpdate.getTime(),
      nextUpdate: dates.nextUpdate.getTime(),
      signedBy: 'Issuing',
    });
  });

  test.each([
    ['without a reason', undefined, null],
    ['for a key in wrong hands', 1, 'keyCompromise'],
    ['because there is a newer one', 4, 'superseded'],
    ['for the time being', 6, 'certificateHold'],
    ['for a reason that is not defined', 7, '7'],
  ])('with it says that it was revoked %s', (_name, reason, expected) => {
    const others = [{ serial: Uint8Array.of(7), at: at(NOW) }];
    expect(judge(list({ revoked: [...others, revoked(reason), ...others] }))).toMatchObject({
      status: 'revoked',
      at: at(NOW - 3 * DAY).getTime(),
      reason: expected,
    });
  });

  test('that has it for being taken off says that it is good', () => {
    expect(judge(list({ revoked: [revoked(8)] })).status).toBe('good');
  });

  test('may have many entries', () => {
    const serials = Array.from({ length: 5_000 }, (_, number) => integer(number + 1).subarray(2));
    const others = serials.map((serial) => ({ serial, at: at(NOW) }));
    expect(judge(list({ revoked: others })).status).toBe('good');
    expect(judge(list({ revoked: [...others, revoked(1)] })).status).toBe('revoked');
  });
});

describe('its dates', () => {
  test.each([
    ['a minute ahead', NOW + MINUTE, NOW + DAY, 'good'],
    ['six minutes ahead', NOW + 6 * MINUTE, NOW + DAY, 'not-yet-valid'],
    ['over since a minute', NOW - DAY, NOW - MINUTE, 'good'],
    ['over since six minutes', NOW - DAY, NOW - 6 * MINUTE, 'out-of-date'],
    ['without an end', NOW - 9 * DAY, null, 'good'],
    ['without an end, but old', NOW - 11 * DAY, null, 'out-of-date'],
  ])('%s', (_name, from, to, expected) => {
    expect(kindOf(judge(list({ thisUpdate: at(from), nextUpdate: to === null ? null : at(to) })))).toBe(expected);
  });
});

describe('its issuer', () => {
  test.each<[name: string, bytes: Uint8Array, expected: string]>([
    ['damaged', list({ badSignature: true }), 'wrong-signature'],
    ['somebody with the same name', list({ issuer: namesake }), 'wrong-signature'],
    ['somebody else', list({ issuer: stranger }), 'other-issuer'],
    ['the root', list({ issuer: root }), 'other-issuer'],
  ])('%s', (_name, bytes, expected) => {
    expect(kindOf(judge(bytes))).toBe(expected);
  });

  test('has to be allowed to sign lists', () => {
    const unable = authority('Unable', { with: [keyUsage('keyCertSign')] });
    const unsaid = authority('Unsaid', { without: ['keyUsage'] });
    const about = (issuer: Certificate) => judge(list({ issuer }), makeCertificate({ issuer }), issuer);
    expect(kindOf(about(unable))).toBe('signer-not-allowed');
    expect(kindOf(about(unsaid))).toBe('good');
  });
});

describe('its scope', () => {
  const below = authority('Below', { issuer: issuing });

  test.each<[name: string, Extension, certificate: Certificate, expected: string]>([
    ['users only', scope(USERS_ONLY), leaf, 'good'],
    ['users only, for an authority', scope(USERS_ONLY), below, 'not-covering'],
    ['authorities only', scope(AUTHORITIES_ONLY), leaf, 'not-covering'],
    ['authorities only, for an authority', scope(AUTHORITIES_ONLY), below, 'good'],
    ['attribute certificates only', scope(ATTRIBUTES_ONLY), leaf, 'not-covering'],
    ['some reasons only', scope(SOME_REASONS), leaf, 'not-covering'],
    ['indirect', scope(INDIRECT), leaf, 'indirect'],
    ['changes only', { id: '2.5.29.27', critical: true, value: integer(1) }, leaf, 'delta'],
    ['changes only, not marked as critical', { id: '2.5.29.27', value: integer(1) }, leaf, 'delta'],
    ['a critical extension that nobody knows', unknownExtension(true), leaf, 'critical-extension'],
    ['an extension that nobody knows', unknownExtension(false), leaf, 'good'],
  ])('%s', (_name, extension, certificate, expected) => {
    expect(kindOf(judge(list({ extensions: [extension] }), certificate))).toBe(expected);
  });

  test('does not help who is on the list', () => {
    const said = judge(list({ extensions: [scope(SOME_REASONS)], revoked: [revoked(1)] }));
    expect(said).toMatchObject({ status: 'revoked', reason: 'keyCompromise' });
  });

  const here = { uri: 'http://crl.example.test/7.crl' };
  const named = makeCertificate({
    issuer: issuing,
    with: [crlDistributionPoints('http://other.example.test/', here.uri)],
  });

  test.each<[name: string, Extension, certificate: Certificate, expected: string]>([
    ['one part, which the certificate names', scope(place(here)), named, 'good'],
    ['one part under several names', scope(place({ directory: { CN: 'List' } }, here)), named, 'good'],
    ['another part', scope(place({ uri: 'http://crl.example.test/8.crl' })), named, 'not-covering'],
    ['one part, and the certificate names none', scope(place(here)), leaf, 'not-covering'],
  ])('%s', (_name, extension, certificate, expected) => {
    expect(kindOf(judge(list({ extensions: [extension] }), certificate))).toBe(expected);
  });
});

describe('an entry with an extension', () => {
  const entry = (extension: Extension) => ({ serial: Uint8Array.of(7), at: at(NOW), extensions: [extension] });

  test('that is critical and that nobody knows spoils the list for everybody', () => {
    expect(kindOf(judge(list({ revoked: [entry(unknownExtension(true))] })))).toBe('critical-extension');
    expect(kindOf(judge(list({ revoked: [entry(unknownExtension(false))] })))).toBe('good');
  });

  test('that gives it another issuer has no place in a list that is not indirect', () => {
    const issuer = encodeGeneralName({ directory: { CN: 'Issuing' } });
    const other = { id: '2.5.29.29', critical: true, value: sequence(issuer) };
    expect(kindOf(judge(list({ revoked: [entry(other)] })))).toBe('critical-extension');
    expect(kindOf(judge(list({ revoked: [entry({ ...other, critical: false })] })))).toBe('indirect');
  });
});

describe('bytes that are no list', () => {
  test.each([
    ['none at all', new Uint8Array()],
    ['a page', Buffer.from('<html>Welcome</html>')],
    ['a certificate', leaf.der],
    ['a list and more', Buffer.concat([list(), Uint8Array.of(0)])],
  ])('%s', (_name, bytes) => {
    expect(kindOf(judge(bytes))).toBe('malformed');
  });

  test('any beginning of a good one', () => {
    const whole = list({ revoked: [revoked(1)] });
    const kinds = Array.from(whole, (_, length) => kindOf(judge(whole.subarray(0, length))));
    expect(new Set(kinds)).toEqual(new Set(['malformed']));
  });
});
