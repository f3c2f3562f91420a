/** Runs one probe at its node: observe within the budget, judge, record. A failure becomes findings here, once and for all. */
import { NetFailure } from '#lib/net/failure.ts';
import { draft } from '#lib/result/finding.ts';
import type { Message } from '#lib/result/message.ts';
import { type EndState, ROOT } from '#lib/result/node.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';
import { STEP_BUDGET_MS, within } from './budget.ts';
import type { RunContext } from './context.ts';
import { findingFor } from './failures.ts';
import type { StepResult } from './outcome.ts';

/** Executes the probe and ends its node. Never rejects. */
export async function runStep<Net, I extends Subject, S, O>(
  run: RunContext<Net>,
  node: string,
  probe: Probe<Net, I, S, O>,
  input: I,
): Promise<StepResult<O>> {
  const { recorder, stop, net } = run;
  if (stop.aborted) return { ok: false, node: ROOT, state: 'skipped', codes: [] };
  recorder.emit({ kind: 'started', node });
  const budgetMs = typeof probe.budgetMs === 'function' ? probe.budgetMs(input) : (probe.budgetMs ?? STEP_BUDGET_MS);
  const timed = await within(budgetMs, stop, (signal) => probe.observe(net, input, signal));
  const failed = probe.titles.failed(input);
  switch (timed.how) {
    case 'stopped':
      return endStep(run, node, { state: 'skipped', because: ROOT });
    case 'out-of-time':
      recorder.found(node, draft('tool.time-budget', { part: 'step', budget: budgetMs }));
      return endStep(run, node, { state: 'broken' });
    case 'thrown':
      return fail(run, node, failed, timed.error);
    case 'done':
      return judge(run, node, () => probe.judge(timed.value, input), failed);
  }
}

function judge<O>(run: RunContext<unknown>, node: string, say: () => Judgement<O>, failed: Message): StepResult<O> {
  try {
    return record(run, node, say(), failed);
  } catch (error) {
    return fail(run, node, failed, error);
  }
}

function record<O>(run: RunContext<unknown>, node: string, judgement: Judgement<O>, failed: Message): StepResult<O> {
  const { recorder } = run;
  for (const evidence of judgement.evidence ?? []) recorder.saw(node, evidence);
  const severities = (judgement.findings ?? []).map((finding) => recorder.found(node, finding).severity);
  if (judgement.ok) {
    const flawed = severities.some((severity) => severity !== 'notice') ? 'warning' : 'passed';
    recorder.ended({ node, status: judgement.unusable ? 'failed' : flawed, title: judgement.title });
    return { ok: true, value: judgement.value, node };
  }
  if (judgement.notNeeded) return endStep(run, node, { state: 'not-needed', title: judgement.title });
  // Without an error nothing is wrong; it only could not be tested.
  const state = severities.includes('error') ? 'failed' : 'skipped';
  return endStep(run, node, { state, title: judgement.title ?? failed });
}

function fail(run: RunContext<unknown>, node: string, title: Message, error: unknown): StepResult<never> {
  const { recorder } = run;
  const finding = error instanceof NetFailure ? findingFor(error) : null;
  if (error instanceof NetFailure) for (const evidence of error.evidence) recorder.saw(node, evidence);
  const { severity } = recorder.found(node, finding ?? draft('tool.fault', { what: nameOf(error) }));
  if (finding === null) return endStep(run, node, { state: 'broken', title });
  // As in a judgement: without an error nothing is wrong, it only could not be tested.
  return endStep(run, node, severity === 'error' ? { state: 'failed', title } : { state: 'skipped' });
}

interface Ending {
  readonly state: EndState;
  readonly because?: string;
  readonly title?: Message;
}

function endStep({ recorder }: RunContext<unknown>, node: string, ending: Ending): StepResult<never> {
  const { state, ...rest } = ending;
  recorder.ended({ node, status: state, ...rest });
  const codes = recorder.node(node).findings.map((finding) => finding.code);
  return { ok: false, node: ending.because ?? node, state, codes };
}

/** Our own mistakes are shown by name and message; what a form sent is in neither, and the recorder hides the secret. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown error';
}
