/** The one place where analyzers, the door to the network and the credential come together: executes one job to its end. */
import { usualClient } from '#lib/analyzers/clients.ts';
import type { Context } from '#lib/analyzers/context.ts';
import { analysisOf } from '#lib/analyzers/index.ts';
import type { MailboxRequest } from '#lib/analyzers/mailbox-request.ts';
import type { TestRequest } from '#lib/analyzers/request.ts';
import { RunSecrets } from '#lib/auth/bearer/run-secrets.ts';
import { TokenBudget } from '#lib/auth/bearer/token-budget.ts';
import { CredentialBudget } from '#lib/auth/budget.ts';
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
  confidences: Confidences,
  output: RunOutput,
  cancel: AbortSignal,
  questions?: Questions,
): Promise<void> {
  const { test, network, timeoutMs } = job;
  const asked = askedOf(test);
  const { plan, body } = await analysisOf(test);
  // The pass phrase of a file goes to nobody who could send it back, and hiding it could spoil what a certificate says.
  const secrets = new RunSecrets(asked.user, confidences.password);
  if (confidences.token !== null) secrets.keep(confidences.token);
  const net = new Net(network, secrets.hide, secrets.findIn);
  const context: Context = {
    ...asked,
    credential: confidences.password && { user: asked.user, password: confidences.password },
    token: confidences.token,
    file: confidences.file,
    clientCertificate: null,
    budget: new CredentialBudget({ toUnmarked: asked.passwordToUnmarked }),
    tokens: new TokenBudget(),
    secrets,
    oauth: job.oauth,
    trust: { usual: rootsOf(network), public: publicRoots },
    now: Date.now,
  };
  const run = {
    analyzer: test.analyzer,
    targetName: test.name,
    plan,
    net,
    output,
    hide: secrets.hide,
    timeoutMs,
    cancel,
  };
  try {
    await execute({ ...run, ...(questions && { questions }), body: (scope) => body(scope, context) });
  } finally {
    net.close();
  }
}

type Asked = Pick<
  MailboxRequest,
  | 'user'
  | 'ignoreCertificateProblems'
  | 'client'
  | 'askMicrosoft'
  | 'redirectTo'
  | 'passwordToUnmarked'
  | 'signInWith'
  | 'authority'
>;

/** What was asked for beside the target. */
function askedOf(test: TestRequest): Asked {
  switch (test.analyzer) {
    case 'outlook':
    case 'autodiscover':
    case 'mapi-http':
    case 'rpc-http':
      return test;
    case 'tls':
    case 'certificate':
      return NOTHING;
  }
}

/** A test that signs in nowhere. */
const NOTHING: Asked = {
  user: '',
  ignoreCertificateProblems: false,
  client: usualClient,
  askMicrosoft: false,
  redirectTo: [],
  passwordToUnmarked: false,
  signInWith: 'password',
  authority: null,
};
