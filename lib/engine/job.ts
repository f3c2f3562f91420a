/** A job with its luggage unpacked: the parsed request and the network profile. Checked where they were made, at the border. */
import type { MailboxRequest } from '#lib/analyzers/mailbox-request.ts';
import type { OAuthSettings } from '#lib/analyzers/oauth.ts';
import type { TestRequest } from '#lib/analyzers/request.ts';
import type { NetworkProfile } from '#lib/net/profile.ts';
import type { Job } from '#lib/run/job.ts';
import { ANSWER_WITHIN_MS } from '#lib/run/questions.ts';

export interface TestJob extends Job<TestRequest, NetworkProfile> {
  readonly oauth: OAuthSettings;
}

/** What a run may take if nobody says otherwise and nobody is asked. */
export const RUN_BUDGET_MS = 180_000;

/** How long somebody may take to type a code elsewhere, and to sign in there. */
const CODE_WITHIN_MS = 900_000;

/** The same for one test: time in which it waits, for a person or on purpose, is given on top. */
export function budgetOf(test: TestRequest): number {
  switch (test.analyzer) {
    case 'tls':
    case 'certificate':
      return RUN_BUDGET_MS;
    case 'outlook':
    case 'mapi-http':
      return mailboxBudget(test) + test.longWaitMs;
    case 'autodiscover':
    case 'rpc-http':
      return mailboxBudget(test);
  }
}

function mailboxBudget({ signInWith }: MailboxRequest): number {
  return RUN_BUDGET_MS + ANSWER_WITHIN_MS + (signInWith === 'device-code' ? CODE_WITHIN_MS : 0);
}
