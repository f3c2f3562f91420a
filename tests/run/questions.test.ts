/** A run may ask its owner, and goes on with the answer, or without one. */
import { afterEach, expect, test, vi } from 'vitest';
import type { Answer, RunEvent } from '#lib/result/events.ts';
import type { Confided } from '#lib/result/question.ts';
import { fold } from '#lib/result/reducer.ts';
import { ANSWER_WITHIN_MS, type Confide, type OpenQuestion, Questions } from '#lib/run/questions.ts';
import { execute } from '#lib/run/runner.ts';
import type { Scope } from '#lib/run/scope.ts';

interface Asked {
  readonly answer: Answer | null;
  readonly events: RunEvent[];
}

interface Course {
  /** Called as soon as the question is open. */
  readonly react?: (cancel: AbortController) => void;
  readonly open?: (scope: Scope<null>) => OpenQuestion;
  /** What the run does with it; by default it waits for the answer. */
  readonly go?: (question: OpenQuestion) => Promise<Answer | null>;
}

const redirect = (scope: Scope<null>): OpenQuestion =>
  scope.question('redirect-to-other-domain', ['mail.example.test', 'other.example.test']);

/** Runs an analyzer that asks one question. */
async function ask(
  questions: Questions | null,
  { react = () => undefined, open: ask = redirect, go = ({ answer }) => answer }: Course = {},
): Promise<Asked> {
  const events: RunEvent[] = [];
  const cancel = new AbortController();
  let answer: Answer | null = null;
  await execute<null>({
    analyzer: 'tls',
    targetName: 'mail.example.test',
    plan: [],
    net: null,
    hide: (text) => text.replaceAll('hunter22', '[hidden]'),
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
      answer = await go(ask(scope));
      return { ok: true, value: undefined, node: scope.id };
    },
  });
  return { answer, events };
}

const open = (events: readonly RunEvent[]): string[] => fold(events).questions.map(({ id }) => id);
const kinds = (events: readonly RunEvent[]): string[] => events.map(({ kind }) => kind);

afterEach(() => void vi.useRealTimers());

test.each(['yes', 'no'] as const)('the owner says %s, and the run goes on with that', async (said) => {
  const questions = new Questions();
  const { answer, events } = await ask(questions, { react: () => questions.answer('q1', said) });
  expect(answer).toBe(said);
  const at = kinds(events).indexOf('asked');
  expect(fold(events.slice(0, at + 1)).questions).toEqual([
    {
      id: 'q1',
      kind: 'redirect-to-other-domain',
      hosts: ['mail.example.test', 'other.example.test'],
      withinMs: ANSWER_WITHIN_MS,
      askedMs: expect.any(Number),
      node: 'run',
    },
  ]);
  expect(open(events.slice(0, at + 2))).toEqual([]);
  expect(fold(events).verdict?.status).toBe('passed');
});

test('where nobody can be asked there is no question', async () => {
  const { answer, events } = await ask(null);
  expect(answer).toBe('none');
  expect(events.filter(({ kind }) => kind === 'asked' || kind === 'answered')).toEqual([]);
});

test('nobody answers: the waiting has an end', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { answer, events } = await ask(new Questions(), { react: () => vi.advanceTimersByTime(ANSWER_WITHIN_MS) });
  expect(answer).toBe('none');
  expect(open(events)).toEqual([]);
});

test('a cancel ends the waiting, and no question stays open', async () => {
  const { answer, events } = await ask(new Questions(), { react: (cancel) => cancel.abort() });
  expect(answer).toBe('none');
  expect(open(events)).toEqual([]);
  expect(fold(events).verdict?.status).toBe('incomplete');
});

test('an answer to a question that was never asked, or a second one, changes nothing', async () => {
  const questions = new Questions();
  const { answer, events } = await ask(questions, {
    react: () => {
      questions.answer('q7', 'yes');
      questions.answer('q1', 'no');
      questions.answer('q1', 'yes');
    },
  });
  expect(answer).toBe('no');
  expect(kinds(events).filter((kind) => kind === 'answered')).toHaveLength(1);
});

test('the run closes its question by itself, once', async () => {
  const { answer, events } = await ask(new Questions(), {
    go: (question) => {
      question.settle('yes');
      question.settle('no');
      return question.answer;
    },
  });
  expect(answer).toBe('yes');
  expect(events.find(({ kind }) => kind === 'answered')).toMatchObject({ question: 'q1', answer: 'yes' });
});

test('a question that is left open is closed before the verdict', async () => {
  const { events } = await ask(new Questions(), { go: async () => null });
  expect(kinds(events).slice(-4)).toEqual(['answered', 'ended', 'judged', 'closed']);
});

const code: Confided = {
  verificationUri: 'https://login.example.test/device',
  verificationUriComplete: null,
  userCode: 'ABCD-EFGH',
  expiresAt: Date.now() + 600_000,
};

const byCode = (confided: Confided) => (scope: Scope<null>) =>
  scope.question('device-code', ['login.example.test'], confided);

test('what is confided comes before the event that tells of it, and stands in none', async () => {
  const order: string[] = [];
  const confide: Confide = (question, confided) => order.push(`${question} ${confided.userCode}`);
  const { events } = await ask(new Questions(confide), {
    open: byCode(code),
    react: () => order.push('asked'),
    go: async (question) => {
      question.settle('yes');
      return question.answer;
    },
  });
  expect(order).toEqual(['q1 ABCD-EFGH', 'asked']);
  expect(JSON.stringify(events)).not.toMatch(/ABCD|\/device/);
});

test.each([
  ['until its code expires', code.expiresAt, 600_000],
  ['not at all, if it has expired', 0, 0],
  ['not for ever, whatever a server says', 1e300, 3_600_000],
])('such a question waits %s', async (_name, expiresAt, withinMs) => {
  const { events } = await ask(new Questions(), { open: byCode({ ...code, expiresAt }), go: async () => null });
  const asked = fold(events.slice(0, kinds(events).indexOf('asked') + 1)).questions[0];
  expect(withinMs - (asked?.withinMs ?? -1)).toBeGreaterThanOrEqual(0);
  expect(withinMs - (asked?.withinMs ?? -1)).toBeLessThan(60_000);
});

test('a code of a server that writes to terminals is nothing but text', async () => {
  const seen: Confided[] = [];
  const hostile = { ...code, userCode: `\u001b[2JAB\u202e\n${'C'.repeat(9_000)}`, verificationUriComplete: '\u009b' };
  await ask(new Questions((_question, confided) => seen.push(confided)), {
    open: byCode(hostile),
    go: async () => null,
  });
  expect(seen[0]?.userCode).toMatch(/^\[2JABC+$/);
  expect(seen[0]?.userCode.length).toBe(500);
  expect(seen[0]?.verificationUriComplete).toBe('');
});

test('a host to which a server leads with the password in its name is told without it', async () => {
  const { events } = await ask(new Questions(), {
    open: (scope) => scope.question('redirect-to-other-domain', ['hunter22.evil.example.test']),
    go: async () => null,
  });
  expect(JSON.stringify(events)).not.toContain('hunter22');
});
