/** The one place where analyzers, the door to the network and the credential come together: executes one job to its end. */
import { analysisOf } from '#lib/analyzers/index.ts';
import { CredentialBudget } from '#lib/auth/budget.ts';
import { scrubber } from '#lib/auth/scrub.ts';
import type { Confidences } from '#lib/auth/secret.ts';
import { Net } from '#lib/net/door.ts';
import { rootsOf } from '#lib/net/tls-context.ts';
import { publicRoots } from '#lib/net/trust.ts';
import type { Questions } from '#lib/run/questions.ts';
import type { RunOutput } from '#lib/run/recorder.ts';
import { execute } from '#lib/run/runner.ts';
import type { TestJob } from './job.ts';

/** Runs the job and closes every connection. Never rejects; what goes wrong is in the events. */
export async function executeJob(
  job: TestJob,
  { password, file }: Confidences,
  output: RunOutput,
  cancel: AbortSignal,
  questions?: Questions,
): Promise<void> {
  const { test, network, timeoutMs } = job;
  const user = test.analyzer === 'outlook' ? test.user : '';
  const { plan, body } = await analysisOf(test);
  // The pass phrase of a file goes to nobody who could send it back, and hiding it could spoil what a certificate says.
  const hide = scrubber(user, password);
  const net = new Net(network, hide);
  const context = {
    credential: password && { user, password },
    file,
    clientCertificate: null,
    budget: new CredentialBudget(),
    ignoreCertificateProblems: test.analyzer === 'outlook' && test.ignoreCertificateProblems,
    trust: { usual: rootsOf(network), public: publicRoots },
    now: Date.now,
  };
  const run = { analyzer: test.analyzer, targetName: test.name, plan, net, output, hide, timeoutMs, cancel };
  try {
    await execute({ ...run, ...(questions && { questions }), body: (scope) => body(scope, context) });
  } finally {
    net.close();
  }
}
