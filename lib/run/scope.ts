/**
 * The runner as an analyzer sees it: one scope per group of the plan. What was planned and not reached is skipped, and says because
 * of what.
 */
import type { Answer, Question } from '#lib/result/events.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import { childId, type EndState, foldStates, ROOT } from '#lib/result/node.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import { type AlternativesOptions, runAlternatives } from './alternatives.ts';
import { within } from './budget.ts';
import type { RunContext } from './context.ts';
import type { StepResult } from './outcome.ts';
import { ANSWER_WITHIN_MS } from './questions.ts';
import { nameOf, runStep } from './step.ts';

export class Scope<Net> {
  readonly id: string;
  readonly #run: RunContext<Net>;
  #stoppedBy: string | null = null;

  constructor(id: string, run: RunContext<Net>) {
    this.id = id;
    this.#run = run;
  }

  /** Runs one probe as the planned child with this key. */
  async step<I extends Subject, S, O>(
    probe: Probe<Net, I, S, O>,
    input: I,
    key: string = probe.id,
  ): Promise<StepResult<O>> {
    return this.#noting(await runStep(this.#run, childId(this.id, key), probe, input));
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
    const { facts, recorder } = this.#run;
    const node = childId(this.id, key);
    const known = facts.get(fact) ?? { owner: node };
    facts.set(fact, known);
    known.result ??= runStep(this.#run, known.owner, probe, input);
    const result = (await known.result) as StepResult<O>;
    if (known.owner === node) return this.#noting(result);
    const { status, title } = recorder.node(known.owner);
    // Where the run was stopped before the owner began there is nothing to point at: this node is skipped like that one.
    if (status !== 'planned' && status !== 'running') recorder.ended({ node, status, title, sameAs: known.owner });
    return this.#noting({ ...result, node });
  }

  /** Runs a planned group; its state follows from its children's. */
  async group<O>(key: string, body: (scope: Scope<Net>) => Promise<StepResult<O>>): Promise<StepResult<O>> {
    const scope = this.child(key);
    return this.#noting(scope.end(await scope.perform(body)));
  }

  /** Runs planned alternatives side by side and judges them when all have ended. */
  async alternatives<O>(key: string, options: AlternativesOptions<Scope<Net>, O>): Promise<StepResult<O>> {
    return this.#noting(await runAlternatives(this.child(key), this.#run, options));
  }

  /** Closes a planned step that could not be tested; the notice says why. */
  notTested(key: string, why: FindingDraft): StepResult<never> {
    const node = childId(this.id, key);
    this.#run.recorder.found(node, why);
    this.#run.recorder.ended({ node, status: 'skipped' });
    return this.#noting({ ok: false, node, state: 'skipped', codes: [why.code] });
  }

  /** Closes a planned step that turned out to be superfluous. */
  notNeeded(key: string): void {
    this.#run.recorder.ended({ node: childId(this.id, key), status: 'not-needed' });
  }

  /** Asks the run's owner, and waits. Without an answer in time, or where nobody can be asked, it is `none`. */
  async ask(kind: Question['kind'], hosts: readonly string[]): Promise<Answer> {
    const { questions, recorder, stop } = this.#run;
    if (questions === null) return 'none';
    const { id, answer } = questions.ask();
    recorder.emit({ kind: 'asked', node: this.id, question: { id, kind, hosts } });
    const heard = await within(ANSWER_WITHIN_MS, stop, () => answer);
    const said = heard.how === 'done' ? heard.value : 'none';
    recorder.emit({ kind: 'answered', question: id, answer: said });
    return said;
  }

  /** Adds a finding to this group itself. */
  found(finding: FindingDraft): void {
    this.#run.recorder.found(this.id, finding);
  }

  /** The scope of a group below. */
  child(key: string): Scope<Net> {
    return new Scope(childId(this.id, key), this.#run);
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
    this.skipRest(result);
    const { children, findings } = this.#run.recorder.node(this.id);
    const own = findings.some(({ code }) => code === 'tool.fault') ? ['broken' as const] : [];
    const status = as ?? foldStates([...children.map((child) => child.status), ...own]);
    this.#run.recorder.ended({ node: this.id, status });
    return result.ok ? { ...result, node: this.id } : { ...result, state: status };
  }

  /** Skips what was planned here and not reached. For the runner. */
  skipRest(result: StepResult<unknown>): void {
    this.#skipBelow(this.id, this.#stoppedBy ?? (result.ok ? ROOT : result.node));
  }

  #skipBelow(id: string, because: string): void {
    const { recorder } = this.#run;
    for (const child of recorder.node(id).children) {
      this.#skipBelow(child.id, because);
      if (child.status === 'planned') recorder.ended({ node: child.id, status: 'skipped', because });
    }
  }

  /** Remembers what stopped this group first. */
  #noting<O>(result: StepResult<O>): StepResult<O> {
    if (!result.ok) this.#stoppedBy ??= result.node;
    return result;
  }
}
