/** Entry of a worker process: takes jobs over the pipe, sends events back, ends when the pipe closes. */
import { takeOver } from '#lib/auth/handover.ts';
import { Questions } from '#lib/run/questions.ts';
import type { FromWorker, ToWorker } from '#lib/run/worker/protocol.ts';
import { executeJob } from './execute.ts';
import type { TestJob } from './job.ts';

interface Running {
  readonly cancel: AbortController;
  readonly questions: Questions;
}

const running = new Map<string, Running>();

function send(message: FromWorker): void {
  // A closed pipe means that the web process is gone; `disconnect` ends this one.
  process.send?.(message, undefined, undefined, () => undefined);
}

async function start({ job, confidences }: ToWorker & { type: 'start' }): Promise<void> {
  const { run } = job;
  const cancel = new AbortController();
  const questions = new Questions((question, confided) => send({ type: 'confided', run, question, confided }));
  running.set(run, { cancel, questions });
  const output = {
    emit: (emitted: (FromWorker & { type: 'event' })['emitted']) => send({ type: 'event', run, emitted }),
    evidence: (id: string, kind: string, body: string) => send({ type: 'evidence', run, id, kind, body }),
  };
  try {
    await executeJob(job as TestJob, takeOver(confidences), output, cancel.signal, questions);
  } finally {
    running.delete(run);
    send({ type: 'end', run });
  }
}

process.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'start':
      // Never expected; the pool reports this process's runs as lost. What went wrong could hold a secret, so it is not printed.
      start(message).catch(() => process.exit(1));
      return;
    case 'cancel':
      running.get(message.run)?.cancel.abort();
      return;
    case 'answer':
      running.get(message.run)?.questions.answer(message.question, message.answer);
  }
});
process.on('disconnect', () => process.exit(0));
// Signals are for the web process, which ends its workers itself.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
send({ type: 'ready' });
