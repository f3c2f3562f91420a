/** Is the certificate made as it has to be: strong, for this use, within what its issuers may issue? RFC 5280 4.2, 6.1 */
import type { Net } from '#lib/net/door.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Probe } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { certificateEvidence } from './judging/certificate-evidence.ts';
import type { ChainInput, Presented } from './judging/presented.ts';
import { inWords, type PlacedProblem, problemsOf } from './judging/problems.ts';

export const certificateRules: Probe<Net, ChainInput, Presented, void> = {
  id: 'certificate-rules',
  titles: {
    planned: () => title('certificate-rules.planned', {}),
    failed: () => title('certificate-rules.failed', {}),
  },
  emits: [
    'tls.certificate-weak',
    'tls.certificate-wrong-usage',
    'tls.certificate-name-constraint',
    'tls.certificate-invalid',
  ],
  observe: async (_net, { presented }) => presented,
  judge: ({ full, fetched }, input) => {
    const findings = problemsOf(full, 'rules', input).map((placed) => findingOf(placed, input.host));
    const evidence = [certificateEvidence(input, full, fetched)];
    const [first, ...more] = findings;
    const fails = findings.some(({ severity }) => severity === undefined);
    if (first !== undefined && fails) return { ok: false, findings: [first, ...more], evidence };
    return { ok: true, value: undefined, title: title('certificate-rules.passed', {}), findings, evidence };
  },
};

function findingOf({ problem, name, reason, severity }: PlacedProblem, host: string): FindingDraft {
  switch (problem.kind) {
    case 'weak-key':
    case 'weak-signature':
      return draft('tls.certificate-weak', { host, name, reason: inWords(problem) }, severity);
    case 'wrong-usage':
      return draft('tls.certificate-wrong-usage', { host, name, reason }, severity);
    case 'name-constraint': {
      const { issuer, name: forbidden, subtree } = problem;
      const constraint = subtree ?? problem.reason;
      return draft('tls.certificate-name-constraint', { host, issuer, name: forbidden, constraint }, severity);
    }
    default:
      return draft('tls.certificate-invalid', { host, name, reason }, severity);
  }
}
