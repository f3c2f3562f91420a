/**
 * A worker whose runs only ask their owner: it takes the place of the product's where THROUGHLINE_ROOT is the folder `asking`. The address
 * under test says what is asked: `redirect@…` for the way to another host, `code@…` for a sign-in with a code, `both@…`.
 */
import { takeOver } from '#lib/auth/handover.ts';
import type { TestJob } from '#lib/engine/job.ts';
import { draft } from '#lib/result/finding.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import { title } from '#lib/result/titles.ts';
import { Questions } from '#lib/run/questions.ts';
import { execute } from '#lib/run/runner.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { FromWorker, ToWorker } from '#lib/run/worker/protocol.ts';
import { ELSEWHERE, SIGN_IN_SERVICE, USER_CODE, VERIFICATION_URI } from '../../confided.ts';

const running = new Map<string, { questions: Questions; cancel: AbortController }>();

const send = (message: FromWorker): void => void process.send?.(message, undefined, undefined, () => undefined);

const plan: PlannedNode[] = ['redirect', 'code'].map((key) => ({
  key,
  step: 'sign-in',
  title: title('sign-in.planned', { host: key === 'redirect' ? ELSEWHERE : SIGN_IN_SERVICE }),
  children: [],
}));

async function start({ job, confidences }: ToWorker & { type: 'start' }): Promise<void> {
  const { run, test, timeoutMs } = job as TestJob;
  takeOver(confidences);
  const cancel = new AbortController();
  const questions = new Questions((question, confided) => send({ type: 'confided', run, question, confided }));
  running.set(run, { questions, cancel });
  await execute({
    ...{ analyzer: test.analyzer, targetName: test.name, plan, net: null, timeoutMs, questions },
    hide: (text) => text,
    cancel: cancel.signal,
    output: {
      emit: (emitted) => send({ type: 'event', run, emitted }),
      evidence: (id, kind, body) => send({ type: 'evidence', run, id, kind, body }),
    },
    body: (scope) => ask(scope, test.name),
  });
  running.delete(run);
  send({ type: 'end', run });
}

async function ask(scope: Scope<null>, mailbox: string) {
  const both = mailbox.startsWith('both@');
  await Promise.all([
    ...(both || mailbox.startsWith('redirect@') ? [redirected(scope)] : []),
    ...(both || mailbox.startsWith('code@') ? [signedIn(scope)] : []),
  ]);
  return { ok: true, value: undefined, node: scope.id } as const;
}

async function redirected(scope: Scope<null>): Promise<void> {
  ended(scope, 'redirect', await scope.ask('redirect-to-other-domain', [ELSEWHERE]));
}

async function signedIn(scope: Scope<null>): Promise<void> {
  const confided = {
    verificationUri: VERIFICATION_URI,
    verificationUriComplete: `${VERIFICATION_URI}?user_code=${USER_CODE}`,
    userCode: USER_CODE,
    expiresAt: Date.now() + 600_000,
  };
  ended(scope, 'code', await scope.question('device-code', [SIGN_IN_SERVICE], confided).answer);
}

function ended(scope: Scope<null>, key: string, answer: string): void {
  if (answer === 'yes') scope.notNeeded(key);
  else scope.notTested(key, draft('tool.not-tested', { what: 'Signing in', reason: `the answer was ${answer}` }));
}

process.on('message', (message: ToWorker) => {
  if (message.type === 'start') void start(message);
  else if (message.type === 'cancel') running.get(message.run)?.cancel.abort();
  else running.get(message.run)?.questions.answer(message.question, message.answer);
});
process.on('disconnect', () => process.exit(0));
send({ type: 'ready' });
