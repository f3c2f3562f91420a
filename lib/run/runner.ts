/** Executes one analyzer: declares the plan, runs it, judges, closes. Whatever happens inside, the run ends with a verdict. */

import type { EventBody } from '#lib/result/events.ts';
import { draft } from '#lib/result/finding.ts';
import { childId, type PlannedNode, ROOT } from '#lib/result/node.ts';
import { judge } from '#lib/result/verdict.ts';
import type { RunContext } from './context.ts';
import type { Hide } from './hide.ts';
import type { StepResult } from './outcome.ts';
import type { Questions } from './questions.ts';
import { type RunOutput, RunRecorder } from './recorder.ts';
import { Scope } from './scope.ts';

export interface Execution<Net> {
  readonly analyzer: string;
  /** What the verdict's sentence calls the target. */
  readonly targetName: string;
  readonly plan: readonly PlannedNode[];
  readonly body: (scope: Scope<Net>) => Promise<StepResult<unknown>>;
  readonly net: Net;
  readonly output: RunOutput;
  /** Removes the run's secret from a text. */
  readonly hide: Hide;
  readonly timeoutMs: number;
  readonly cancel: AbortSignal;
  /** Where answers of the owner come in; left out where nobody can be asked. */
  readonly questions?: Questions;
}

/** Runs to the end, the time budget or the cancel, whichever comes first. Never rejects. */
export async function execute<Net>(execution: Execution<Net>): Promise<void> {
  const recorder = new RunRecorder(execution.output, execution.hide);
  const timeout = AbortSignal.timeout(execution.timeoutMs);
  const stop = AbortSignal.any([execution.cancel, timeout]);
  const run: RunContext<Net> = {
    net: execution.net,
    recorder,
    stop,
    facts: factOwners(execution.plan),
    clients: [],
    questions: execution.questions ?? null,
  };
  const root = new Scope(ROOT, run);
  recorder.emit({ kind: 'planned', parent: ROOT, nodes: execution.plan });
  const result = await root.perform(execution.body);
  run.questions?.close();
  if (execution.cancel.aborted) root.found(draft('tool.cancelled', {}));
  else if (timeout.aborted) root.found(draft('tool.time-budget', { part: 'test', budget: execution.timeoutMs }));
  root.end(result, stop.aborted ? 'skipped' : undefined);
  const verdict = judge(recorder.root, execution.analyzer, execution.targetName);
  const last: EventBody[] = [{ kind: 'judged', verdict, clients: run.clients }, { kind: 'closed' }];
  for (const body of last) recorder.emit(body);
}

function factOwners(
  plan: readonly PlannedNode[],
  parent: string = ROOT,
  owners: RunContext<unknown>['facts'] = new Map(),
): RunContext<unknown>['facts'] {
  for (const node of plan) {
    const id = childId(parent, node.key);
    if (node.fact !== undefined && !owners.has(node.fact)) owners.set(node.fact, { owner: id });
    factOwners(node.children, id, owners);
  }
  return owners;
}
