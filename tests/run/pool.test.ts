/** Worker processes: what they know, what a death costs, who waits. Real workers, real worlds. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { noOAuth } from '#lib/analyzers/oauth.ts';
import { parseRequest } from '#lib/analyzers/request.ts';
import { NO_CONFIDENCES, Secret } from '#lib/auth/secret.ts';
import type { TestJob } from '#lib/engine/job.ts';
import { profileFromArguments } from '#lib/net/profile.ts';
import type { RunEvent } from '#lib/result/events.ts';
import type { FindingDraft } from '#lib/result/finding.ts';
import type { Confided } from '#lib/result/question.ts';
import { fold } from '#lib/result/reducer.ts';
import { WorkerPool } from '#lib/run/worker/pool.ts';
import type { RunSink } from '#lib/run/worker/protocol.ts';
import { type Lab, startLab } from '#tests/lab/lab.ts';

const ENTRY = fileURLToPath(new URL('../../lib/engine/worker.ts', import.meta.url));

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ port: 'any', worlds: ['healthy', 'http-silent'] });
});
afterAll(() => lab.stop());

/** Keeps what runs send, and wakes those who wait for something in it. */
class Listener implements RunSink {
  readonly events = new Map<string, RunEvent[]>();
  readonly lostRuns = new Map<string, FindingDraft>();
  readonly over = new Set<string>();
  readonly received: string[] = [];
  readonly #waiting = new Set<() => void>();

  emit(run: string, { at, body }: Parameters<RunSink['emit']>[1]): void {
    const events = this.events.get(run) ?? [];
    events.push({ v: 1, seq: events.length + 1, at, ...body });
    this.events.set(run, events);
    this.#heard(body);
  }

  evidence(run: string, id: string, kind: string, body: string): void {
    this.#heard({ run, id, kind, body });
  }

  confide(run: string, question: string, confided: Confided): void {
    this.#heard({ run, question, confided });
  }

  lost(run: string, why: FindingDraft): void {
    this.lostRuns.set(run, why);
    this.#heard(why);
  }

  ended(run: string): void {
    this.over.add(run);
    this.#heard(run);
  }

  /** Resolves when this has become true. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** The run has sent its request, and nobody answers. */
  hanging(run: string): Promise<void> {
    return this.until(() => (this.events.get(run) ?? []).some((event) => isStart(event, /challenge$/)));
  }

  state(run: string) {
    return fold(this.events.get(run) ?? []);
  }

  #heard(what: unknown): void {
    this.received.push(JSON.stringify(what));
    for (const look of [...this.#waiting]) look();
  }
}

const isStart = (event: RunEvent, node: RegExp): boolean => event.kind === 'started' && node.test(event.node);

function start(workers: number, concurrent: number) {
  const sink = new Listener();
  const pool = new WorkerPool({ entry: ENTRY, workers, concurrent, memoryMb: 256, sink });
  onTestFinished(() => pool.close());
  const run = (name: string, worldName: string): string => {
    const world = lab.world(worldName);
    pool.start(jobOf(name, worldName), { ...NO_CONFIDENCES, password: Secret.of(world.password) });
    return world.password;
  };
  return { sink, pool, run };
}

function jobOf(run: string, worldName: string): TestJob {
  const { email, username, network: own } = lab.world(worldName);
  const parsed = parseRequest('outlook', { email, username });
  const network = profileFromArguments(own);
  if (!parsed.ok || !network.ok) throw new Error('the lab does not describe itself');
  return { run, test: parsed.request, network: network.profile, oauth: noOAuth, timeoutMs: 60_000 };
}

const proc = (pid: number | undefined, file: 'environ' | 'cmdline'): string =>
  readFileSync(`/proc/${pid}/${file}`, 'utf8');

describe('a worker', () => {
  test('does a run to its end, and tells the password to nobody', async () => {
    const { sink, pool, run } = start(1, 1);
    const password = run('one', 'healthy');
    const [pid] = pool.pids;
    await sink.hanging('one');
    const known = `${proc(pid, 'environ')}${proc(pid, 'cmdline')}`;
    await sink.until(() => sink.over.has('one'));
    expect(sink.state('one')).toMatchObject({ status: 'closed', verdict: { status: 'passed' } });
    const basic = Buffer.from(`${lab.world('healthy').username}:${password}`).toString('base64');
    for (const form of [password, basic]) expect(known + sink.received.join('\n')).not.toContain(form);
  });

  test('knows nothing of the environment of whoever started it', async () => {
    process.env.THROUGHLINE_CANARY = 'tweet';
    onTestFinished(() => void delete process.env.THROUGHLINE_CANARY);
    const { sink, pool, run } = start(1, 1);
    run('one', 'http-silent');
    await sink.hanging('one');
    const names = proc(pool.pids[0], 'environ')
      .split('\0')
      .map((entry) => entry.split('=')[0] ?? '');
    // Node itself adds the number of the pipe.
    const own = names.filter((name) => name !== '' && !name.startsWith('NODE_CHANNEL_'));
    expect(own.toSorted()).toEqual(['LANG', 'NODE_ENV', 'PATH', 'TZ']);
  });

  test('that is killed loses its own runs only, and is replaced', async () => {
    const { sink, pool, run } = start(2, 4);
    for (const name of ['a', 'b', 'c']) run(name, 'http-silent');
    await Promise.all(['a', 'b', 'c'].map((name) => sink.hanging(name)));
    const [first = 0, second = 0] = pool.pids;
    process.kill(first, 'SIGKILL');
    await sink.until(() => sink.lostRuns.size === 2);
    expect([...sink.lostRuns.keys()]).toEqual(['a', 'c']);
    expect(sink.lostRuns.get('a')).toEqual({
      code: 'tool.interrupted',
      args: { what: 'its worker process ended (SIGKILL)' },
    });
    run('d', 'healthy');
    await sink.until(() => sink.over.has('d'));
    expect(sink.state('d').verdict?.status).toBe('passed');
    pool.cancel('b');
    await sink.until(() => sink.over.has('b'));
    expect(sink.state('b').verdict).toMatchObject({ status: 'incomplete', summary: { key: 'tool.cancelled' } });
    expect(pool.pids).toContain(second);
    expect(pool.pids).not.toContain(first);
  });

  test('takes what waited for the one that died before it could do anything', async () => {
    const { sink, pool, run } = start(1, 1);
    process.kill(pool.pids[0] ?? 0, 'SIGKILL');
    run('one', 'healthy');
    await sink.until(() => sink.lostRuns.has('one') || sink.over.has('one'));
    run('two', 'healthy');
    await sink.until(() => sink.over.has('two'));
    expect(sink.state('two').verdict?.status).toBe('passed');
  });
});

describe('the queue', () => {
  test('says how many runs are ahead, and moves on when one ends', async () => {
    const { sink, pool, run } = start(1, 1);
    expect(pool.ahead).toBe(0);
    run('a', 'http-silent');
    expect(pool.ahead).toBe(1);
    run('b', 'healthy');
    run('c', 'healthy');
    expect(pool.ahead).toBe(3);
    await sink.hanging('a');
    expect(sink.events.has('b')).toBe(false);
    pool.cancel('b');
    expect(sink.lostRuns.get('b')).toEqual({ code: 'tool.cancelled', args: {} });
    expect(pool.ahead).toBe(2);
    pool.cancel('a');
    await sink.until(() => sink.over.has('c'));
    expect(sink.state('c').verdict?.status).toBe('passed');
    expect([sink.events.has('b'), pool.ahead]).toEqual([false, 0]);
  });

  test('is told when everything is closed, running or not', async () => {
    const { sink, pool, run } = start(1, 1);
    run('a', 'http-silent');
    run('b', 'http-silent');
    await sink.hanging('a');
    await pool.close();
    expect([...sink.lostRuns].map(([name, { code }]) => [name, code]).toSorted()).toEqual([
      ['a', 'tool.interrupted'],
      ['b', 'tool.interrupted'],
    ]);
    expect(pool.pids).toEqual([]);
  });

  test('does not mind a cancel for a run that nobody knows', () => {
    const { pool } = start(1, 1);
    expect(() => pool.cancel('nobody')).not.toThrow();
  });
});
