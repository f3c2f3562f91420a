/** A run asks at the terminal: what is printed there, and what an answer is. */
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { Asking } from '#lib/cli/asking.ts';
import type { LiveTree } from '#lib/cli/live.ts';
import type { Answer, RunEvent } from '#lib/result/events.ts';
import { execute } from '#lib/run/runner.ts';
import type { Scope } from '#lib/run/scope.ts';

const terminal = { input: new PassThrough(), output: new PassThrough() };
afterEach(() => {
  terminal.input = new PassThrough();
  terminal.output = new PassThrough();
});

/** What the live drawing is told. */
const drawn: string[] = [];
const live: LiveTree = {
  add: () => undefined,
  pause: () => void drawn.push('pause'),
  resume: () => void drawn.push('resume'),
};

/** Runs an analyzer that asks at a terminal. */
async function run(attended: boolean, body: (scope: Scope<null>) => Promise<unknown>, cancel = new AbortController()) {
  drawn.length = 0;
  const events: RunEvent[] = [];
  const asking = new Asking({ ...terminal, attended }, live, 'contoso.example');
  await execute<null>({
    ...{ analyzer: 'tls', targetName: 'a.test', plan: [], net: null, timeoutMs: 10_000 },
    hide: (text) => text,
    cancel: cancel.signal,
    questions: asking.questions,
    output: {
      emit: ({ at, body: event }) => {
        const numbered: RunEvent = { v: 1, seq: events.length + 1, at, ...event };
        events.push(numbered);
        asking.hear(numbered);
      },
      evidence: () => undefined,
    },
    body: async (scope) => {
      await body(scope);
      return { ok: true, value: undefined, node: scope.id };
    },
  });
  return events;
}

const redirect = (scope: Scope<null>, host = 'mail.hoster.example') => scope.ask('redirect-to-other-domain', [host]);

/** What has been printed, once it ends like this. */
async function printed(pattern: RegExp): Promise<string> {
  let text = '';
  while (!pattern.test(text)) text += String((await once(terminal.output, 'data'))[0]);
  return text;
}

describe('where somebody sits', () => {
  test.each<[typed: string, answer: Answer]>([
    ['y', 'yes'],
    ['Yes', 'yes'],
    [' YES ', 'yes'],
    ['n', 'no'],
    ['', 'no'],
    ['yesterday', 'no'],
  ])('"%s" means %s', async (typed, answer) => {
    let said: Answer | null = null;
    const running = run(true, async (scope) => {
      said = await redirect(scope);
    });
    const prompt = await printed(/\[y\/N\] $/);
    expect(prompt).toContain('Go on to mail.hoster.example, and sign in there?');
    expect(prompt).toContain('outside contoso.example');
    terminal.input.write(`${typed}\n`);
    await running;
    expect(said).toBe(answer);
    expect(drawn).toEqual(['pause', 'resume']);
  });

  test('the end of the input is no answer', async () => {
    let said: Answer | null = null;
    const running = run(true, async (scope) => {
      said = await redirect(scope);
    });
    await printed(/\[y\/N\] $/);
    terminal.input.end();
    await running;
    expect(said).toBe('none');
  });

  test('two questions come one after the other', async () => {
    let said: readonly Answer[] = [];
    const running = run(true, async (scope) => {
      said = await Promise.all([redirect(scope, 'one.example'), redirect(scope, 'two.example')]);
    });
    expect(await printed(/\[y\/N\] $/)).not.toContain('two.example');
    terminal.input.write('y\n');
    expect(await printed(/\[y\/N\] $/)).toContain('two.example');
    terminal.input.write('n\n');
    await running;
    expect(said).toEqual(['yes', 'no']);
  });

  test('a run that is cancelled asks no longer', async () => {
    const cancel = new AbortController();
    const running = run(true, redirect, cancel);
    await printed(/\[y\/N\] $/);
    cancel.abort();
    const events = await running;
    expect(events.find(({ kind }) => kind === 'answered')).toMatchObject({ answer: 'none' });
  });
});

test('where nobody sits, nothing is printed and nothing waits', async () => {
  let said: Answer | null = null;
  await run(false, async (scope) => {
    said = await redirect(scope);
  });
  expect(said).toBe('none');
  expect(terminal.output.read()).toBeNull();
});

test.each([true, false])(
  'a code is printed, whoever sits there (%s), and the run ends the question',
  async (attended) => {
    const confided = {
      verificationUri: 'https://login.contoso.example/device',
      verificationUriComplete: null,
      userCode: 'ABCD-EFGH',
      expiresAt: Date.now() + 60_000,
    };
    const events = await run(attended, async (scope) => {
      const question = scope.question('device-code', ['login.contoso.example'], confided);
      question.settle('yes');
      await question.answer;
    });
    const said = 'To sign in, open https://login.contoso.example/device and type the code ABCD-EFGH\n';
    expect(String(terminal.output.read())).toBe(said);
    expect(JSON.stringify(events)).not.toContain('ABCD');
  },
);
