import { expect } from 'vitest';
import { type RevocationAnswer, unusable } from '#lib/pki/revocation/answer.ts';
import { certificateRevocation } from '#lib/probes/certificate-revocation.ts';
import type { CertificateSeen, SourceSeen } from '#lib/probes/judging/revocation.ts';
import { type Certificate, decodeCertificate } from '#lib/wire/x509/certificate.ts';
import { mustStaple } from '#tests/lab/pki/extensions.ts';
import { makeCertificate, type Wish } from '#tests/lab/pki/usual.ts';
import { HOST, SUBJECT, table } from '../table.ts';

const AT = Date.parse('2026-11-17T08:00:00Z');
const dates = { thisUpdate: AT, nextUpdate: AT + 86_400_000, signedBy: 'Issuing' };
const good: RevocationAnswer = { status: 'good', ...dates };
const unknown: RevocationAnswer = { status: 'unknown', ...dates };
const revoked = (reason: string | null): RevocationAnswer => ({ status: 'revoked', at: AT, reason, ...dates });
const silent = { status: 'unavailable', reason: 'no answer in time' } as const;

const made = (wish: Wish): Certificate => decodeCertificate(makeCertificate(wish).der);
const leaf = made({ names: [HOST] });
const demanding = made({ names: [HOST], with: [mustStaple()] });
const issuing = made({ subject: { CN: 'Issuing' }, authority: true });

const source = (kind: SourceSeen['kind'], answer: SourceSeen['answer']): SourceSeen => {
  const url = kind === 'stapled' ? null : `http://${kind}.example.test/`;
  return { kind, url, answer, elapsedMs: 12, evidence: [] };
};

/** One certificate, and what was said about it by sources of these kinds. */
function about(
  certificate: Certificate,
  said: Partial<Record<SourceSeen['kind'], SourceSeen['answer']>>,
): CertificateSeen {
  const kinds = Object.keys(said) as SourceSeen['kind'][];
  const sources = kinds.map((kind) => source(kind, said[kind] ?? good));
  return { certificate, cover: sources.length === 0 ? 'no-source' : 'asked', sources };
}

const seen = (said: Parameters<typeof about>[1]): CertificateSeen[] => [about(leaf, said)];
const issuingGood = about(issuing, { crl: good });

const UNKNOWN = ['tls.revocation-unknown'] as const;
const REVOKED = ['tls.certificate-revoked'] as const;
const fine = { ok: true } as const;

export const certificateRevocationTable = table(
  certificateRevocation,
  { ...SUBJECT, path: [], stapled: null, now: AT },
  [
    ['nothing to ask about', [], []],
    ['no source', seen({}), []],
    ['a short life', [{ certificate: leaf, cover: 'short-lived', sources: [] }], []],
    ['a good staple', seen({ stapled: good }), []],
    ['a good answer', [about(leaf, { ocsp: good }), issuingGood], []],
    ['a list without it', seen({ crl: good }), []],
    ['a silent responder beside a list', seen({ ocsp: silent, crl: good }), []],
    ['a responder that does not know it, beside a list', seen({ ocsp: unknown, crl: good }), []],
    ['a staple of last week beside a good answer', seen({ stapled: unusable('out-of-date'), ocsp: good }), []],
    [
      'revoked',
      [about(leaf, { ocsp: revoked('keyCompromise') }), issuingGood],
      REVOKED,
      {
        args: {
          ...{ host: HOST, name: HOST, revokedAt: '2026-11-17T08:00:00.000Z' },
          ...{ reason: 'keyCompromise', source: 'OCSP http://ocsp.example.test/' },
        },
      },
    ],
    ['revoked without a reason', seen({ crl: revoked(null) }), REVOKED, { args: { reason: 'no reason is given' } }],
    [
      'revoked, says the staple',
      seen({ stapled: revoked(null) }),
      REVOKED,
      { args: { source: expect.stringMatching(/sends along$/) } },
    ],
    ['revoked, whatever another source says', seen({ ocsp: good, crl: revoked(null) }), REVOKED],
    [
      'an issuer that was revoked',
      [about(leaf, { ocsp: good }), about(issuing, { crl: revoked(null) })],
      REVOKED,
      { args: { name: 'Issuing' } },
    ],
    [
      'both revoked',
      [about(leaf, { ocsp: revoked(null) }), about(issuing, { crl: revoked(null) })],
      [...REVOKED, ...REVOKED],
    ],
    [
      'an issuer that was revoked, and a silent responder',
      [about(leaf, { ocsp: silent }), about(issuing, { crl: revoked(null) })],
      [...REVOKED, ...UNKNOWN],
    ],
    [
      'silence everywhere',
      seen({ ocsp: silent, crl: { status: 'unavailable', reason: 'status 404' } }),
      UNKNOWN,
      {
        ...fine,
        args: {
          ...{ host: HOST, name: HOST, source: 'http://ocsp.example.test/, http://crl.example.test/' },
          reason: 'OCSP: no answer in time; revocation list: status 404',
        },
      },
    ],
    [
      'an answer with a wrong signature',
      seen({ ocsp: unusable('wrong-signature') }),
      UNKNOWN,
      { ...fine, args: { reason: 'OCSP: its signature is wrong' } },
    ],
    [
      'a responder that does not know it',
      seen({ ocsp: unknown }),
      UNKNOWN,
      { ...fine, args: { reason: 'OCSP: the responder does not know the certificate' } },
    ],
    [
      'silence about the issuer',
      [about(leaf, { ocsp: good }), about(issuing, { crl: silent })],
      UNKNOWN,
      { ...fine, args: { name: 'Issuing' } },
    ],
    [
      'a staple that cannot be used, and no source',
      [{ ...about(leaf, { stapled: unusable('malformed') }), cover: 'no-source' }],
      [],
    ],
    ['a demand for a staple, and a good one', [about(demanding, { stapled: good })], []],
    [
      'a demand for a staple, and none',
      [about(demanding, { ocsp: good })],
      UNKNOWN,
      { ...fine, args: { reason: expect.stringMatching(/demands .*, and none came$/) } },
    ],
    [
      'a demand for a staple, and one of last week',
      [about(demanding, { stapled: unusable('out-of-date'), ocsp: good })],
      UNKNOWN,
      { ...fine, args: { reason: expect.stringMatching(/demands .*, and the one that came cannot be used$/) } },
    ],
    [
      'a demand for a staple, and silence',
      [about(demanding, { ocsp: silent })],
      UNKNOWN,
      { ...fine, args: { reason: expect.stringMatching(/none came; OCSP: no answer in time$/) } },
    ],
    [
      'a demand of an issuer, which nobody can meet',
      [about(leaf, { ocsp: good }), about(demanding, { crl: good })],
      [],
    ],
  ],
);
