/** Does the chain lead to a trusted root? Judged from what the server sent; roots are Mozilla's and the run's own. RFC 5280 6 */
import type { X509Certificate } from 'node:crypto';
import type { Net } from '#lib/net/door.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { pathOf } from './judging/built.ts';
import { certificateEvidence } from './judging/certificate-evidence.ts';
import { type CertificateInput, parseChain, type ShownCertificates, shortName } from './judging/certificates.ts';
import { isOutOfDate, type Path } from './judging/path.ts';

export const certificateTrust: Probe<Net, CertificateInput, ShownCertificates, void> = {
  id: 'certificate-trust',
  titles: {
    planned: () => title('certificate-trust.planned', {}),
    failed: () => title('certificate-trust.failed', {}),
  },
  emits: [
    'tls.certificate-self-signed',
    'tls.certificate-untrusted-root',
    'tls.intermediate-missing',
    'tls.intermediate-expired',
    'tls.certificate-invalid',
  ],
  observe: async (_net, { shown }) => shown,
  judge: (shown, { host, now }) => {
    const [leaf] = parseChain(shown.chain);
    const built = pathOf(shown, now);
    const evidence = [certificateEvidence(shown, host, now)];
    const problem = problemOf(built, host, now) ?? foreignObjection(shown.objection, host, leaf);
    if (problem !== null) return { ok: false, findings: [problem], evidence };
    const root = shortName(built.path.at(-1)?.subject ?? '');
    return { ok: true, value: undefined, title: title('certificate-trust.passed', { root }), evidence };
  },
};

const LIST = "Mozilla's list and the roots given for this test";

function problemOf(built: Path, host: string, now: number): FindingDraft | null {
  switch (built.state) {
    case 'complete':
      return issuerOutOfDate(built.path, host, now);
    case 'self-signed-leaf':
      return draft('tls.certificate-self-signed', { host, name: shortName(built.path[0]?.subject ?? '') });
    case 'untrusted-root':
      return draft('tls.certificate-untrusted-root', { host, name: shortName(built.root.subject), list: LIST });
    case 'no-issuer':
      return noIssuer(built.path, built.last, host);
    case 'bad-signature': {
      const name = shortName(built.path.at(-1)?.subject ?? '');
      return draft('tls.certificate-invalid', {
        host,
        name,
        reason: `its signature is not that of ${shortName(built.by.subject)}`,
      });
    }
  }
}

/**
 * A server that sends nothing that belongs above the leaf has forgotten the intermediate; one that sends a chain to nowhere has a
 * foreign root.
 */
function noIssuer(path: readonly X509Certificate[], last: X509Certificate, host: string): FindingDraft {
  const name = shortName(last.issuer);
  if (path.length === 1) return draft('tls.intermediate-missing', { host, name });
  return draft('tls.certificate-untrusted-root', { host, name, list: LIST });
}

function issuerOutOfDate(path: readonly X509Certificate[], host: string, now: number): FindingDraft | null {
  const issuer = path.slice(1).find((certificate) => isOutOfDate(certificate, now));
  if (issuer === undefined) return null;
  const name = shortName(issuer.subject);
  if (now < issuer.validFromDate.getTime())
    return draft('tls.certificate-invalid', { host, name, reason: `its issuer ${name} is not valid yet` });
  return draft('tls.intermediate-expired', { host, name, notAfter: issuer.validToDate.toISOString() });
}

/** OpenSSL checks more than we explain yet. Names and dates are other steps' work. */
function foreignObjection(objection: string | null, host: string, leaf: X509Certificate): FindingDraft | null {
  if (objection === null || /ALTNAME|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/.test(objection)) return null;
  const reason = objection.toLowerCase().replaceAll('_', ' ');
  return draft('tls.certificate-invalid', { host, name: shortName(leaf.subject), reason });
}
