/** Entry of a worker process: takes jobs over the pipe, sends events back, ends when the pipe closes. */
import { takeOver } from '#lib/auth/handover.ts';
import type { FromWorker, ToWorker } from '#lib/run/worker/protocol.ts';
import { executeJob } from './execute.ts';
import type { TestJob } from './job.ts';

const running = new Map<string, AbortController>();

function send(message: FromWorker): void {
  // A closed pipe means that the web process is gone; `disconnect` ends this one.
  process.send?.(message, undefined, undefined, () => undefined);
}

async function start({ job, credential }: ToWorker & { type: 'start' }): Promise<void> {
  const { run } = job;
  const cancel = new AbortController();
  running.set(run, cancel);
  const output = {
    emit: (emitted: (FromWorker & { type: 'event' })['emitted']) => send({ type: 'event', run, emitted }),
    evidence: (id: string, kind: string, body: string) => send({ type: 'evidence', run, id, kind, body }),
  };
  try {
    await executeJob(job as TestJob, credential && takeOver(credential), output, cancel.signal);
  } finally {
    running.delete(run);
    send({ type: 'end', run });
  }
}

process.on('message', (message: ToWorker) => {
  if (message.type === 'cancel') running.get(message.run)?.abort();
  else void start(message);
});
process.on('disconnect', () => process.exit(0));
// Signals are for the web process, which ends its workers itself.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
send({ type: 'ready' });
