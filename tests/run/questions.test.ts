/** A run may ask its owner, and goes on with the answer, or without one. */
import { expect, test } from 'vitest';
import type { Answer, RunEvent } from '#lib/result/events.ts';
import { fold } from '#lib/result/reducer.ts';
import { Questions } from '#lib/run/questions.ts';
import { execute } from '#lib/run/runner.ts';

interface Asked {
  readonly answer: Answer | null;
  readonly events: RunEvent[];
}

/** Runs an analyzer that asks one question; `react` is called as soon as it is open. */
async function ask(questions: Questions | null, react: (cancel: AbortController) => void): Promise<Asked> {
  const events: RunEvent[] = [];
  const cancel = new AbortController();
  let answer: Answer | null = null;
  await execute({
    analyzer: 'tls',
    targetName: 'mail.example.test',
    plan: [],
    net: null,
    hide: (text) => text,
    timeoutMs: 10_000,
    cancel: cancel.signal,
    ...(questions && { questions }),
    output: {
      emit: ({ at, body }) => {
        events.push({ v: 1, seq: events.length + 1, at, ...body });
        if (body.kind === 'asked') react(cancel);
      },
      evidence: () => undefined,
    },
    body: async (scope) => {
      answer = await scope.ask('redirect-to-other-domain', ['mail.example.test', 'other.example.test']);
      return { ok: true, value: undefined, node: scope.id };
    },
  });
  return { answer, events };
}

const open = (events: readonly RunEvent[]): string[] => fold(events).questions.map(({ id }) => id);

test.each(['yes', 'no'] as const)('the owner says %s, and the run goes on with that', async (said) => {
  const questions = new Questions();
  const { answer, events } = await ask(questions, () => questions.answer('q1', said));
  expect(answer).toBe(said);
  const at = events.findIndex(({ kind }) => kind === 'asked');
  expect(fold(events.slice(0, at + 1)).questions).toEqual([
    { id: 'q1', kind: 'redirect-to-other-domain', hosts: ['mail.example.test', 'other.example.test'], node: 'run' },
  ]);
  expect(open(events.slice(0, at + 2))).toEqual([]);
  expect(fold(events).verdict?.status).toBe('passed');
});

test('where nobody can be asked there is no question', async () => {
  const { answer, events } = await ask(null, () => undefined);
  expect(answer).toBe('none');
  expect(events.filter(({ kind }) => kind === 'asked' || kind === 'answered')).toEqual([]);
});

test('a cancel ends the waiting, and no question stays open', async () => {
  const { answer, events } = await ask(new Questions(), (cancel) => cancel.abort());
  expect(answer).toBe('none');
  expect(open(events)).toEqual([]);
  expect(fold(events).verdict?.status).toBe('incomplete');
});

test('an answer to a question that was never asked, or a second one, changes nothing', async () => {
  const questions = new Questions();
  const { answer } = await ask(questions, () => {
    questions.answer('q7', 'yes');
    questions.answer('q1', 'no');
    questions.answer('q1', 'yes');
  });
  expect(answer).toBe('no');
});
