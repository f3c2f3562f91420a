/**
 * Damaged OCSP answers and lists through their judges. Whatever comes, it is an answer; and damage under a signature never counts,
 * unless the authority itself has signed it: a hostile server may have one of its own.
 */
import type { RevocationAnswer } from '#lib/pki/revocation/answer.ts';
import { judgeCrl } from '#lib/pki/revocation/crl.ts';
import { judgeOcsp } from '#lib/pki/revocation/ocsp.ts';
import { type Certificate, decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { decodeCrl } from '#lib/wire/x509/crl.ts';
import { decodeOcspResponse } from '#lib/wire/x509/ocsp.ts';
import { writeCrl } from '#tests/lab/pki/crl.ts';
import { bitString, enumerated, explicit, octetString, oid, sequence } from '#tests/lab/pki/der.ts';
import { extendedKeyUsage } from '#tests/lab/pki/extensions.ts';
import { pooledKey } from '#tests/lab/pki/keys.ts';
import { writeOcsp } from '#tests/lab/pki/ocsp.ts';
import { signatureAlgorithm, signed } from '#tests/lab/pki/signatures.ts';
import { daysFromNow, makeCertificate } from '#tests/lab/pki/usual.ts';
import { type Random, seededRandom } from '#tests/lab/random.ts';

type Judge = (bytes: Uint8Array, certificate: Certificate, issuer: Certificate, now: number) => RevocationAnswer;

interface Document {
  readonly bytes: Uint8Array;
  readonly judge: Judge;
  /** The document with this in place of what is signed, under a signature that fits; null where somebody else signs. */
  readonly sign: ((body: Uint8Array) => Uint8Array) | null;
  readonly body: Uint8Array;
}

const key = pooledKey('p-256', 'fuzzed issuer');
const signedPart = (body: Uint8Array): Uint8Array =>
  sequence(body, signatureAlgorithm(key), bitString(signed(body, key)));

function list(bytes: Uint8Array): Document {
  return { bytes, judge: judgeCrl, sign: signedPart, body: decodeCrl(bytes).tbsRaw };
}

function answer(bytes: Uint8Array, delegated = false): Document {
  const body = decodeOcspResponse(bytes).basic?.tbsRaw ?? new Uint8Array();
  const sign = (damage: Uint8Array): Uint8Array =>
    sequence(enumerated(0), explicit(0, sequence(oid('1.3.6.1.5.5.7.48.1.1'), octetString(signedPart(damage)))));
  return { bytes, judge: judgeOcsp, sign: delegated ? null : sign, body };
}

/** Documents of every kind that the judges know, all of them about one certificate. */
function documents() {
  const issuer = makeCertificate({ subject: { CN: 'Issuer' }, authority: true, key });
  const leaf = makeCertificate({ names: ['mail.example.test'], issuer });
  const own = { issuer, key: pooledKey('p-256', 'fuzzed responder') };
  const responder = makeCertificate({ subject: { CN: 'Responder' }, ...own, with: [extendedKeyUsage('ocspSigning')] });
  const about = { issuer, serial: leaf.serial };
  const revoked = { ...about, status: { revokedAt: daysFromNow(-3), reason: 1 } };
  const entry = (serial: Uint8Array, reason: number) => ({ serial, at: daysFromNow(-1), reason });
  const others = Array.from({ length: 20 }, (_, at) => entry(Uint8Array.of(at + 1), 4));
  const all: readonly [Document, ...Document[]] = [
    answer(writeOcsp({ signer: issuer, answers: [{ ...about, status: 'good' }] })),
    answer(writeOcsp({ signer: issuer, answers: [revoked], responderId: 'name', nonce: Uint8Array.of(1) })),
    answer(writeOcsp({ signer: responder, certificates: [responder], answers: [revoked] }), true),
    list(writeCrl({ issuer, revoked: others })),
    list(writeCrl({ issuer, revoked: [...others, entry(leaf.serial, 1)] })),
  ];
  return { all, leaf: decodeCertificate(leaf.der), issuer: decodeCertificate(issuer.der) };
}

/**
 * Damages and judges until it is told to stop.
 * @throws where a judge throws, or where damage that nobody has signed counts
 */
export function fuzzRevocation(seed: number, until: () => boolean): { rounds: number } {
  const { all, leaf, issuer } = documents();
  const random = seededRandom(String(seed));
  const now = Date.now();
  let rounds = 0;
  for (; !until(); rounds++) {
    const { bytes, judge, sign, body } = random.pick(all);
    const judged = (damage: Uint8Array): RevocationAnswer => judge(damage, leaf, issuer, now);
    if (sign !== null) judged(sign(damaged(body, random)));
    const damage = damaged(bytes, random);
    const said = judged(damage);
    // Some octets say nothing: a certificate that came along and that nobody needs.
    if (said.status !== 'unusable' && JSON.stringify(said) !== JSON.stringify(judged(bytes)))
      throw new Error(`seed ${seed}, round ${rounds}: ${said.status} out of ${Buffer.from(damage).toString('hex')}`);
  }
  return { rounds };
}

/** One to three times: an octet changed, a piece cut out, a piece doubled, a bit turned over, or the end cut off. */
function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  let now: Buffer = Buffer.from(bytes);
  for (let left = 1 + random.below(3); left > 0; left--) now = damagedOnce(now, random);
  return now;
}

function damagedOnce(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length);
  const end = Math.min(bytes.length, at + 1 + random.below(8));
  const replaced = (octet: number): Buffer =>
    Buffer.concat([bytes.subarray(0, at), Buffer.of(octet), bytes.subarray(at + 1)]);
  switch (random.below(5)) {
    case 0:
      return replaced(random.below(256));
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
    case 3:
      return replaced((bytes[at] ?? 0) ^ (1 << random.below(8)));
    default:
      return bytes.subarray(0, at);
  }
}
