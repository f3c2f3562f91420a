/**
 * The runner as an analyzer sees it: one scope per group of the plan. A probe's failure becomes findings here, once and for all;
 * what was planned and not reached is skipped, and says because of what.
 */
import { NetFailure } from '#lib/net/failure.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import type { Message } from '#lib/result/message.ts';
import { childId, type EndState, foldStates, ROOT } from '#lib/result/node.ts';
import type { Judgement, Probe, Subject } from '#lib/result/probe.ts';
import { type AlternativesOptions, runAlternatives } from './alternatives.ts';
import { STEP_BUDGET_MS, type Timed, within } from './budget.ts';
import { findingFor } from './failures.ts';
import type { StepResult } from './outcome.ts';
import type { RunRecorder } from './recorder.ts';

/** What all scopes of a run share. */
export interface RunContext<Net> {
  readonly net: Net;
  readonly recorder: RunRecorder;
  readonly stop: AbortSignal;
  /** Plan order owner of each host fact, and its result once somebody has asked. */
  readonly facts: Map<string, { readonly owner: string; result?: Promise<StepResult<unknown>> }>;
}

export class Scope<Net> {
  readonly id: string;
  readonly #run: RunContext<Net>;
  #stoppedBy: string | null = null;

  constructor(id: string, run: RunContext<Net>) {
    this.id = id;
    this.#run = run;
  }

  /** Runs one probe as the planned child with this key. */
  step<I extends Subject, S, O>(probe: Probe<Net, I, S, O>, input: I, key: string = probe.id): Promise<StepResult<O>> {
    const node = childId(this.id, key);
    return this.#noting(this.#execute(node, probe, input));
  }

  /**
   * A host fact: equal ones run once in a run. It is shown in full at its first place in plan order, never in time; elsewhere the
   * node points there.
   */
  async once<I extends Subject, S, O>(
    fact: string,
    probe: Probe<Net, I, S, O>,
    input: I,
    key: string = probe.id,
  ): Promise<StepResult<O>> {
    const node = childId(this.id, key);
    const known = this.#run.facts.get(fact) ?? { owner: node };
    this.#run.facts.set(fact, known);
    known.result ??= this.#execute(known.owner, probe, input);
    const result = (await known.result) as StepResult<O>;
    if (known.owner === node) return this.#noting(Promise.resolve(result));
    const { recorder } = this.#run;
    const status = recorder.node(known.owner).status as EndState;
    recorder.ended({ node, status, title: recorder.node(known.owner).title, sameAs: known.owner });
    return this.#noting(Promise.resolve({ ...result, node }));
  }

  /** Runs a planned group; its state follows from its children's. */
  async group<O>(key: string, body: (scope: Scope<Net>) => Promise<StepResult<O>>): Promise<StepResult<O>> {
    const scope = new Scope(childId(this.id, key), this.#run);
    const result = await scope.perform(body);
    return this.#noting(Promise.resolve(scope.end(result)));
  }

  /** Runs planned alternatives side by side and judges them when all have ended. */
  alternatives<O>(key: string, options: AlternativesOptions<Net, O>): Promise<StepResult<O>> {
    return this.#noting(runAlternatives(new Scope(childId(this.id, key), this.#run), this.#run, options));
  }

  /** Closes a planned step that could not be tested; the notice says why. */
  notTested(key: string, why: FindingDraft): StepResult<never> {
    const node = childId(this.id, key);
    this.#run.recorder.found(node, why);
    this.#run.recorder.ended({ node, status: 'skipped' });
    this.#stoppedBy ??= node;
    return { ok: false, node, state: 'skipped', codes: [why.code] };
  }

  /** Closes a planned step that turned out to be superfluous. */
  notNeeded(key: string): void {
    this.#run.recorder.ended({ node: childId(this.id, key), status: 'not-needed' });
  }

  /** The scope of a node below. For the runner. */
  child(id: string, run: RunContext<Net>): Scope<Net> {
    return new Scope(id, run);
  }

  /** Adds a finding to this group itself. */
  found(finding: FindingDraft): void {
    this.#run.recorder.found(this.id, finding);
  }

  /** Starts the group and runs its body; a mistake of ours in the body is shown at the group. For the runner. */
  async perform<O>(body: (scope: Scope<Net>) => Promise<StepResult<O>>): Promise<StepResult<O>> {
    const { recorder } = this.#run;
    recorder.emit({ kind: 'started', node: this.id });
    try {
      return await body(this);
    } catch (error) {
      recorder.found(this.id, draft('tool.fault', { what: nameOf(error) }));
      return { ok: false, node: this.id, state: 'broken', codes: ['tool.fault'] };
    }
  }

  /** Skips what was not reached and ends the group. For the runner. */
  end<O>(result: StepResult<O>, as?: EndState): StepResult<O> {
    const { recorder } = this.#run;
    this.skipRest(result);
    const states = recorder.node(this.id).children.map((child) => child.status);
    const own = recorder.node(this.id).findings.some((finding) => finding.code === 'tool.fault')
      ? ['broken' as const]
      : [];
    const status = as ?? foldStates([...states, ...own]);
    recorder.ended({ node: this.id, status });
    return result.ok ? { ...result, node: this.id } : { ...result, state: status };
  }

  /** Skips what was planned here and not reached. For the runner. */
  skipRest(result: StepResult<unknown>): void {
    this.#skipRest(this.id, this.#stoppedBy ?? (result.ok ? null : result.node));
  }

  #skipRest(id: string, because: string | null): void {
    const { recorder } = this.#run;
    for (const child of recorder.node(id).children) {
      this.#skipRest(child.id, because);
      if (child.status !== 'planned') continue;
      recorder.ended({ node: child.id, status: 'skipped', because: because ?? ROOT });
    }
  }

  async #noting<O>(pending: Promise<StepResult<O>>): Promise<StepResult<O>> {
    const result = await pending;
    if (!result.ok) this.#stoppedBy ??= result.node;
    return result;
  }

  async #execute<I extends Subject, S, O>(node: string, probe: Probe<Net, I, S, O>, input: I): Promise<StepResult<O>> {
    const { recorder, stop, net } = this.#run;
    if (stop.aborted) return { ok: false, node: ROOT, state: 'skipped', codes: [] };
    recorder.emit({ kind: 'started', node });
    const timed = await within(STEP_BUDGET_MS, stop, (signal) => probe.observe(net, input, signal));
    return this.#conclude(node, probe, input, timed);
  }

  #conclude<I extends Subject, S, O>(
    node: string,
    probe: Probe<Net, I, S, O>,
    input: I,
    timed: Timed<S>,
  ): StepResult<O> {
    switch (timed.how) {
      case 'stopped':
        return this.#endStep(node, 'skipped', ROOT);
      case 'out-of-time':
        this.#run.recorder.found(node, draft('tool.time-budget', { part: 'step', budget: STEP_BUDGET_MS }));
        return this.#endStep(node, 'broken');
      case 'thrown':
        return this.#fail(node, probe.titles.failed(input), timed.error);
      case 'done':
        return this.#judge(node, probe, input, timed.value);
    }
  }

  #judge<I extends Subject, S, O>(node: string, probe: Probe<Net, I, S, O>, input: I, seen: S): StepResult<O> {
    try {
      return this.#record(node, probe.judge(seen, input), probe.titles.failed(input));
    } catch (error) {
      return this.#fail(node, probe.titles.failed(input), error);
    }
  }

  #record<O>(node: string, judgement: Judgement<O>, failedTitle: Message): StepResult<O> {
    const { recorder } = this.#run;
    for (const evidence of judgement.evidence ?? []) recorder.saw(node, evidence);
    const findings = (judgement.findings ?? []).map((finding) => recorder.found(node, finding));
    const worst = findings.map((finding) => finding.severity);
    if (judgement.ok) {
      const status = worst.some((severity) => severity !== 'notice') ? 'warning' : 'passed';
      recorder.ended({ node, status, title: judgement.title });
      return { ok: true, value: judgement.value, node };
    }
    return this.#endStep(
      node,
      worst.includes('error') ? 'failed' : 'skipped',
      undefined,
      judgement.title ?? failedTitle,
    );
  }

  #fail(node: string, title: Message, error: unknown): StepResult<never> {
    const { recorder } = this.#run;
    const finding = error instanceof NetFailure ? findingFor(error) : null;
    if (error instanceof NetFailure) for (const evidence of error.evidence) recorder.saw(node, evidence);
    recorder.found(node, finding ?? draft('tool.fault', { what: nameOf(error) }));
    return this.#endStep(node, finding === null ? 'broken' : 'failed', undefined, title);
  }

  #endStep(node: string, state: EndState, because?: string, title?: Message): StepResult<never> {
    const reason = because === undefined ? {} : { because };
    this.#run.recorder.emit({
      kind: 'ended',
      node,
      status: state,
      ...reason,
      ...(title === undefined ? {} : { title }),
    });
    const codes = this.#run.recorder.node(node).findings.map((finding) => finding.code);
    return { ok: false, node: because ?? node, state, codes };
  }
}

/** Our own mistakes are shown by name and message; neither holds what a form sent, since secrets live in Secret only. */
function nameOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown error';
}
