/** A worker that no longer listens: its deadline ends it. And one that speaks of what is not its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { NO_CONFIDENCES } from '#lib/auth/secret.ts';
import type { FindingDraft } from '#lib/result/finding.ts';
import type { Job } from '#lib/run/job.ts';
import { WorkerPool } from '#lib/run/worker/pool.ts';
import type { FromWorker } from '#lib/run/worker/protocol.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'throughline-worker-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const jobOf = (run: string): Job => ({ run, test: null, network: null, timeoutMs: 1 });

const event = (run: string): FromWorker => ({ type: 'event', run, emitted: { at: 1, body: { kind: 'closed' } } });

/** A pool of one worker that answers each `start` by this code, in which `send` sends and `run` is the run's name. */
function poolOf(name: string, onStart: string) {
  const entry = path.join(folder, `${name}.mjs`);
  writeFileSync(
    entry,
    `const send = (message) => new Promise((sent) => process.send(message, sent));
process.on('message', async ({ type, job, run = job?.run }) => { if (type === 'start') { ${onStart} } });\n`,
  );
  const heard: string[] = [];
  const lost = new Map<string, FindingDraft>();
  const sink = {
    emit: (run: string) => void heard.push(`event of ${run}`),
    evidence: (run: string) => void heard.push(`evidence of ${run}`),
    confide: (run: string) => void heard.push(`confidence of ${run}`),
    ended: (run: string) => void heard.push(`end of ${run}`),
    lost: (run: string, why: FindingDraft) => void lost.set(run, why),
  };
  const pool = new WorkerPool({ entry, workers: 1, concurrent: 1, memoryMb: 64, sink });
  onTestFinished(() => pool.close());
  return { pool, heard, lost };
}

const HANG = 'for (;;);';
const KILLED = { code: 'tool.interrupted', args: { what: 'its worker process ended (SIGKILL)' } };
/** More than the grace that a run has beyond its budget. */
const patience = { timeout: 20_000 };

test('a worker that computes for ever is ended, its run is lost, and what waited goes to another', async () => {
  const { pool, heard, lost } = poolOf(
    'hangs',
    `await send(${JSON.stringify(event('RUN')).replace(
      '"RUN"',
      'run',
    )}); if (run === 'hanging') ${HANG} await send({ type: 'end', run });`,
  );
  pool.start(jobOf('hanging'), NO_CONFIDENCES);
  pool.start(jobOf('waiting'), NO_CONFIDENCES);
  await vi.waitUntil(() => heard.includes('event of hanging'), patience);
  const [hung] = pool.pids;
  expect(lost.size).toBe(0);
  await vi.waitUntil(() => lost.has('hanging'), patience);
  expect(lost.get('hanging')).toEqual(KILLED);
  await vi.waitUntil(() => heard.includes('end of waiting'), patience);
  expect(pool.pids).toHaveLength(1);
  expect(pool.pids).not.toContain(hung);
  expect([...lost.keys()]).toEqual(['hanging']);
  expect(() => process.kill(hung ?? 0, 0)).toThrow('ESRCH');
});

test('a worker that does not hear a cancel is ended, long before the run had to be over', async () => {
  const { pool, heard, lost } = poolOf(
    'deaf',
    `await send(${JSON.stringify(event('RUN')).replace('"RUN"', 'run')}); ${HANG}`,
  );
  pool.start({ ...jobOf('one'), timeoutMs: 3_600_000 }, NO_CONFIDENCES);
  await vi.waitUntil(() => heard.length > 0, patience);
  pool.cancel('one');
  await vi.waitUntil(() => lost.has('one'), patience);
  expect(lost.get('one')).toEqual(KILLED);
});

test('what a worker says of runs that it does not have is not heard', async () => {
  const foreign: FromWorker[] = [
    event('foreign'),
    { type: 'evidence', run: 'foreign', id: 'e1', kind: 'dns', body: '{}' },
    { type: 'end', run: 'foreign' },
  ];
  const { pool, heard } = poolOf(
    'talks',
    `for (const message of ${JSON.stringify(foreign)}) await send(message);
await send({ type: 'end', run }); await send({ type: 'event', run, emitted: {} }); await send({ type: 'end', run });`,
  );
  pool.start(jobOf('one'), NO_CONFIDENCES);
  await vi.waitUntil(() => heard.length > 0, patience);
  pool.start(jobOf('two'), NO_CONFIDENCES);
  await vi.waitUntil(() => heard.includes('end of two'), patience);
  expect(heard).toEqual(['end of one', 'end of two']);
});
