/**
 * A worker whose runs only ask their owner, or show what others have seen: it takes the place of the product's where THROUGHLINE_ROOT is
 * the folder `asking`. The address under test says what is done: `redirect@…` asks for the way to another host, `code@…` for a sign-in with
 * a code, `both@…` for both; `seen@…` has evidence of every kind that only long conversations have.
 */
import { takeOver } from '#lib/auth/handover.ts';
import type { TestJob } from '#lib/engine/job.ts';
import type { Evidence } from '#lib/result/evidence.ts';
import { draft } from '#lib/result/finding.ts';
import type { PlannedNode } from '#lib/result/node.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { title } from '#lib/result/titles.ts';
import { Questions } from '#lib/run/questions.ts';
import { execute } from '#lib/run/runner.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { FromWorker, ToWorker } from '#lib/run/worker/protocol.ts';
import { factGroups, longMessage, messages, responseTimes } from '#tests/components/evidence-samples.ts';
import { ELSEWHERE, SIGN_IN_SERVICE, USER_CODE, VERIFICATION_URI } from '../../confided.ts';

const running = new Map<string, { questions: Questions; cancel: AbortController }>();

const send = (message: FromWorker): void => void process.send?.(message, undefined, undefined, () => undefined);

const asking: PlannedNode[] = ['redirect', 'code'].map((key) => ({
  key,
  step: 'sign-in',
  title: title('sign-in.planned', { host: key === 'redirect' ? ELSEWHERE : SIGN_IN_SERVICE }),
  children: [],
}));

/** What each step has seen, by its key. */
const seen: Readonly<Record<string, Evidence>> = {
  messages: { kind: 'messages', body: messages },
  long: { kind: 'messages', body: { ...messages, messages: [longMessage], dropped: 0 } },
  times: { kind: 'response-times', body: responseTimes },
  facts: { kind: 'facts', body: factGroups },
};

const showing: PlannedNode[] = Object.keys(seen).map((key) => ({
  key,
  step: 'shown',
  title: title('host.title', { host: key, port: '443' }),
  children: [],
}));

const hasSeen = (mailbox: string): boolean => mailbox.startsWith('seen@');

async function start({ job, confidences }: ToWorker & { type: 'start' }): Promise<void> {
  const { run, test, timeoutMs } = job as TestJob;
  takeOver(confidences);
  const cancel = new AbortController();
  const questions = new Questions((question, confided) => send({ type: 'confided', run, question, confided }));
  running.set(run, { questions, cancel });
  await execute({
    ...{
      analyzer: test.analyzer,
      targetName: test.name,
      plan: hasSeen(test.name) ? showing : asking,
      net: null,
      timeoutMs,
      questions,
    },
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
  if (hasSeen(mailbox))
    await Promise.all(Object.entries(seen).map((one) => scope.step(shown(...one), SUBJECT, one[0])));
  const both = mailbox.startsWith('both@');
  await Promise.all([
    ...(both || mailbox.startsWith('redirect@') ? [redirected(scope)] : []),
    ...(both || mailbox.startsWith('code@') ? [signedIn(scope)] : []),
  ]);
  return { ok: true, value: undefined, node: scope.id } as const;
}

const SUBJECT: Subject = { host: ELSEWHERE, port: 443 };

/** A step that is well, and has seen this. */
function shown(key: string, evidence: Evidence): Probe<null, Subject, null, void> {
  const named = () => title('host.title', { host: key, port: '443' });
  return {
    id: 'shown',
    titles: { planned: named, failed: named },
    emits: [],
    observe: async () => null,
    judge: () => ({ ok: true, value: undefined, title: named(), evidence: [evidence] }),
  };
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
