/** Runs one test in this process and turns its report into text and an exit code. */
import { stderr, stdin } from 'node:process';
import { headOf, type TestRequest } from '#lib/analyzers/request.ts';
import type { Confidences } from '#lib/auth/secret.ts';
import { executeJob } from '#lib/engine/execute.ts';
import { budgetOf } from '#lib/engine/job.ts';
import { vantageOf } from '#lib/net/profile.ts';
import { type Bodies, reportJson } from '#lib/report/json.ts';
import { reportText } from '#lib/report/tree.ts';
import type { Emitted, RunEvent } from '#lib/result/events.ts';
import { report } from '#lib/result/report.ts';
import type { Outcome } from '#lib/result/verdict.ts';
import { Asking, type Terminal } from './asking.ts';
import { liveTree } from './live.ts';
import type { Command } from './options.ts';

export interface TestOutcome {
  readonly text: string;
  readonly exitCode: number;
}

const EXIT_CODES: Readonly<Record<Outcome, number>> = { passed: 0, warning: 1, failed: 2, incomplete: 3, broken: 3 };

/** Ctrl+C cancels the run; what was seen until then is still reported. */
export async function runTest(command: Command & { kind: 'test' }, confidences: Confidences): Promise<TestOutcome> {
  const { test, network, oauth } = command;
  const events: RunEvent[] = [];
  const live = liveTree(command.format === 'tree' ? stderr : { write: () => undefined });
  const asking = new Asking(terminalOf(command), live, domainOf(test));
  const emit = ({ at, body }: Emitted): void => {
    const event: RunEvent = { v: 1, seq: events.length + 1, at, ...body };
    events.push(event);
    live.add(event);
    asking.hear(event);
  };
  const cancel = new AbortController();
  const onSignal = (): void => cancel.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  emit({ at: Date.now(), body: { kind: 'opened', head: headOf(test, vantageOf(network), 0) } });
  const job = { run: 'cli', test, network, oauth, timeoutMs: command.timeoutMs ?? budgetOf(test) };
  const bodies = new Map<string, unknown>();
  const evidence = (id: string, _kind: string, body: string): unknown => bodies.set(id, JSON.parse(body));
  await executeJob(job, confidences, { emit, evidence }, cancel.signal, asking.questions);
  live.pause();
  process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  return outcomeOf(events, bodies, command.format);
}

/** A secret on standard input leaves nothing there to answer with. */
function terminalOf({ passwordFromStdin, tokenFromStdin }: Command & { kind: 'test' }): Terminal {
  const attended = stdin.isTTY && stderr.isTTY && !passwordFromStdin && !tokenFromStdin;
  return { input: stdin, output: stderr, attended };
}

const domainOf = (test: TestRequest): string | null => ('domain' in test ? test.domain : null);

function outcomeOf(events: readonly RunEvent[], bodies: Bodies, format: 'tree' | 'json'): TestOutcome {
  const result = report(events);
  if (result === null) throw new Error('the run ended without a verdict');
  return {
    text: format === 'json' ? reportJson(result, bodies) : reportText(result),
    exitCode: EXIT_CODES[result.verdict.status],
  };
}
