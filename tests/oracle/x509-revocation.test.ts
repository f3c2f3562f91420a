/** CRLs and OCSP answers of `openssl`, read by it, by pkijs and by us. */
import * as pkijs from 'pkijs';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Certificate, decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { type Crl, decodeCrl, decodeCrlNumber, findRevoked, revokedCertificates } from '#lib/wire/x509/crl.ts';
import { findExtension } from '#lib/wire/x509/extensions.ts';
import { sameName } from '#lib/wire/x509/name.ts';
import { decodeOcspResponse, encodeOcspRequest, type OcspQuestion } from '#lib/wire/x509/ocsp.ts';
import { extensionOids } from '#lib/wire/x509/oids.ts';
import { needs, output } from './foreign.ts';
import { asHex, english, hash, isSigned, NAMES, serial } from './x509-common.ts';
import { SUBJECTS, X509Maker } from './x509-maker.ts';
import { extensionLines, inOrder, linesOf, plain, TITLES } from './x509-text.ts';

beforeEach((context) => needs(context, 'openssl'));

/** The list as `openssl crl -text` shows it, from the number of the version to the last entry. */
function ourCrlLines(list: Crl): string[] {
  const head = [
    `Issuer: ${inOrder(list.issuer)}`,
    `Last Update: ${english(list.thisUpdate.at)}`,
    `Next Update: ${english(list.nextUpdate?.at ?? 0)}`,
  ];
  const entries = Array.from(revokedCertificates(list), ({ serialNumber, revokedAt, reason, invalidSince }) => [
    `Serial Number: ${serial(serialNumber)}`,
    `Revocation Date: ${english(revokedAt.at)}`,
    ...(reason === null ? [] : [CRL_WORDS[reason] ?? reason]),
    ...(invalidSince === null ? [] : [english(invalidSince.at)]),
  ]);
  return [...head, ...entries.flat()];
}

const CRL_WORDS: Readonly<Record<string, string>> = {
  keyCompromise: 'Key Compromise',
  superseded: 'Superseded',
  certificateHold: 'Certificate Hold',
};
describe('CRLs', () => {
  async function filled(): Promise<{ maker: X509Maker; list: Crl; names: string[] }> {
    const maker = await X509Maker.open();
    const names: string[] = [];
    for (let count = 0; count < 5; count++) names.push(await maker.issue('plain', SUBJECTS['#']));
    const how = [
      [],
      ['-crl_reason', 'superseded'],
      ['-crl_hold', 'holdInstructionReject'],
      ['-crl_compromise', '20251224180000Z'],
    ];
    for (const [index, options] of how.entries()) await maker.revoke(names[index] ?? '', ...options);
    return { maker, list: decodeCrl(await maker.crl()), names };
  }

  test('all entries', async () => {
    const { maker, list, names } = await filled();
    const arguments_ = ['-in', maker.file('crl.pem'), '-noout', '-text', ...NAMES];
    const text = linesOf(await output('openssl', ['crl', ...arguments_]));
    const told = text.filter(
      (line) =>
        /^(Issuer|Last Update|Next Update|Serial Number|Revocation Date): /.test(line) ||
        Object.values(CRL_WORDS).includes(line) ||
        / GMT$/.test(line),
    );
    expect(ourCrlLines(list)).toEqual(told);
    for (const [index, name] of names.entries()) {
      const { serialNumber } = decodeCertificate(await maker.der(name));
      expect(findRevoked(list, serialNumber) !== null).toBe(index < 4);
    }
  });

  test('its extensions and its signature', async () => {
    const { maker, list } = await filled();
    const text = linesOf(await output('openssl', ['crl', '-in', maker.file('crl.pem'), '-noout', '-text']));
    for (const oid of [
      extensionOids.authorityKeyIdentifier,
      extensionOids.issuingDistributionPoint,
      extensionOids.issuerAltName,
    ]) {
      const extension = findExtension(list.extensions, oid);
      if (extension === null) throw new Error(oid);
      const at = text.indexOf(`${TITLES[oid]?.[0]}:${extension.critical ? ' critical' : ''}`);
      const ours = extensionLines[oid]?.(extension) ?? [];
      expect(at).toBeGreaterThan(0);
      // One line of OpenSSL's lacks its end.
      expect(
        text
          .slice(at + 1)
          .join(' ')
          .replaceAll(/ +/g, ' ')
          .startsWith(ours.join(' ')),
      ).toBe(true);
    }
    const number = findExtension(list.extensions, extensionOids.crlNumber);
    expect(number && decodeCrlNumber(number)).toBe(0xffn);
    expect(isSigned(list, decodeCertificate(await maker.der('root')))).toBe(true);
  });

  test('by pkijs', async () => {
    const { maker, list } = await filled();
    const theirs = pkijs.CertificateRevocationList.fromBER(maker.bytes('root.crl'));
    expect(asHex(theirs.tbsView)).toBe(asHex(list.tbsRaw));
    expect([theirs.thisUpdate.value.getTime(), theirs.nextUpdate?.value.getTime()]).toEqual([
      list.thisUpdate.at,
      list.nextUpdate?.at,
    ]);
    const entries = theirs.revokedCertificates ?? [];
    expect(entries.length).toBe(list.entries.count);
    expect(
      entries.map(({ userCertificate, revocationDate, crlEntryExtensions }) => [
        asHex(userCertificate.valueBlock.valueHexView),
        revocationDate.value.getTime(),
        crlEntryExtensions?.extensions.map(({ extnID }) => extnID) ?? [],
      ]),
    ).toEqual(
      Array.from(revokedCertificates(list), ({ serialNumber, revokedAt, extensions }) => [
        asHex(serialNumber),
        revokedAt.at,
        extensions.map(({ oid }) => oid),
      ]),
    );
  });

  test('without entries', async () => {
    const maker = await X509Maker.open('RSA 2048');
    const list = decodeCrl(await maker.crl('-crldays', '1'));
    expect(list.entries.count).toBe(0);
    expect(isSigned(list, decodeCertificate(await maker.der('root')))).toBe(true);
  });
});

describe('OCSP', () => {
  function asked(hashName: OcspQuestion['hash'], certificate: Certificate, issuer: Certificate): OcspQuestion {
    return {
      hash: hashName,
      issuerNameHash: hash(hashName, issuer.subject.raw),
      issuerKeyHash: hash(hashName, issuer.publicKey.bits.bytes),
      serialNumber: certificate.serialNumber,
    };
  }

  test.for(['sha1', 'sha256'] as const)('our request is the one of openssl, octet by octet: %s', async (hashName) => {
    const maker = await X509Maker.open();
    const name = await maker.issue('plain', SUBJECTS['#']);
    const [certificate, root] = [decodeCertificate(await maker.der(name)), decodeCertificate(await maker.der('root'))];
    const question = asked(hashName, certificate, root);
    expect(asHex(encodeOcspRequest(question))).toBe(
      asHex(await maker.ocspRequest([name], '-no_nonce', `-${hashName}`)),
    );
  });

  test('three answers: good, revoked, unknown', async () => {
    const maker = await X509Maker.open();
    const [good, bad, responder] = [
      await maker.issue('plain', SUBJECTS['#']),
      await maker.issue('plain', SUBJECTS['#']),
      await maker.issue('responder', '/CN=Responder'),
    ];
    await maker.revoke(bad, '-crl_reason', 'keyCompromise');
    const request = await maker.ocspRequest([good, bad, 'root'], '-no_nonce');
    const response = await maker.ocspResponse(request, responder);
    const { status, basic } = decodeOcspResponse(response);
    if (basic === null || basic.responder.by !== 'name') throw new Error(status);
    const text = linesOf(
      await output('openssl', ['ocsp', '-respin', maker.file('response.der'), '-noverify', '-resp_text']),
    );
    const told = text
      .slice(0, text.indexOf('Certificate:'))
      .filter((line) =>
        /^(Serial Number|Cert Status|Revocation Time|Revocation Reason|This Update|Next Update|Produced At|Issuer (Name|Key) Hash): /.test(
          line,
        ),
      );
    expect([
      `Produced At: ${english(basic.producedAt.at)}`,
      ...basic.responses.flatMap(({ certificate, status: single, thisUpdate, nextUpdate }) => [
        `Issuer Name Hash: ${plain(certificate.issuerNameHash)}`,
        `Issuer Key Hash: ${plain(certificate.issuerKeyHash)}`,
        `Serial Number: ${serial(certificate.serialNumber)}`,
        `Cert Status: ${single.kind}`,
        ...(single.kind === 'revoked'
          ? [`Revocation Time: ${english(single.revokedAt.at)}`, `Revocation Reason: ${single.reason} (0x1)`]
          : []),
        `This Update: ${english(thisUpdate.at)}`,
        ...(nextUpdate === null ? [] : [`Next Update: ${english(nextUpdate.at)}`]),
      ]),
    ]).toEqual(told);
    expect(basic.responses.map(({ status: { kind } }) => kind)).toEqual(['good', 'revoked', 'unknown']);
    const [signer] = basic.certificates.map(decodeCertificate);
    if (signer === undefined) throw new Error('no certificate in the answer');
    expect(sameName(basic.responder.name, signer.subject)).toBe(true);
    expect(isSigned(basic, signer)).toBe(true);
  });

  test('by pkijs, and with our nonce', async () => {
    const maker = await X509Maker.open('RSA 2048');
    const name = await maker.issue('plain', SUBJECTS['#']);
    const [certificate, root] = [decodeCertificate(await maker.der(name)), decodeCertificate(await maker.der('root'))];
    const nonce = hash('sha256', certificate.raw);
    const request = encodeOcspRequest(asked('sha1', certificate, root), nonce);
    const response = await maker.ocspResponse(request, 'root', '-resp_key_id', '-resp_no_certs');
    const { basic } = decodeOcspResponse(response);
    if (basic === null || basic.responder.by !== 'key') throw new Error('no answer by key');
    expect(asHex(basic.nonce ?? new Uint8Array())).toBe(asHex(nonce));
    expect(asHex(basic.responder.keyHash)).toBe(asHex(hash('sha1', root.publicKey.bits.bytes)));
    expect(isSigned(basic, root)).toBe(true);
    const outer = pkijs.OCSPResponse.fromBER(response);
    const theirs = pkijs.BasicOCSPResponse.fromBER(
      outer.responseBytes?.response.valueBlock.valueHexView.slice() ?? new Uint8Array(),
    );
    expect(asHex(theirs.tbsResponseData.tbsView)).toBe(asHex(basic.tbsRaw));
    expect(theirs.tbsResponseData.producedAt.getTime()).toBe(basic.producedAt.at);
    expect(
      theirs.tbsResponseData.responses.map(({ thisUpdate, nextUpdate, certID }) => [
        thisUpdate.getTime(),
        nextUpdate?.getTime(),
        asHex(certID.serialNumber.valueBlock.valueHexView),
      ]),
    ).toEqual(
      basic.responses.map((single) => [
        single.thisUpdate.at,
        single.nextUpdate?.at,
        asHex(single.certificate.serialNumber),
      ]),
    );
  });
});
