/**
 * The runner as an analyzer sees it: one scope per group of the plan. What was planned and not reached is skipped, and says because
 * of what.
 */
import type { Answer, Question } from '#lib/result/events.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import {
  childId,
  type EndState,
  foldAside,
  foldStates,
  type PlannedNode,
  type ResultNode,
  ROOT,
} from '#lib/result/node.ts';
import type { Probe, Subject } from '#lib/result/probe.ts';
import type { Confided } from '#lib/result/question.ts';
import type { ClientOutcome } from '#lib/result/verdict.ts';
import { type AlternativesOptions, runAlternatives } from './alternatives.ts';
import type { RunContext } from './context.ts';
import type { StepResult } from './outcome.ts';
import { ANSWER_WITHIN_MS, type OpenQuestion, withinBounds } from './questions.ts';
import { nameOf, runStep } from './step.ts';

/** Whether what stands beside a group can do without it. */
export type Worth = 'needed' | 'aside';

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

  /**
   * Runs a planned group; its state follows from its children's.
   * @param worth `aside`: whatever fails in it, what the group stands beside works without it; it is a warning at most, and stops nothing
   */
  async group<O>(
    key: string,
    body: (scope: Scope<Net>) => Promise<StepResult<O>>,
    worth: Worth | ((result: StepResult<O>) => Worth) = 'needed',
  ): Promise<StepResult<O>> {
    const scope = this.child(key);
    const result = await scope.perform(body);
    if ((typeof worth === 'string' ? worth : worth(result)) === 'needed') return this.#noting(scope.end(result));
    scope.skipRest(result);
    return scope.end(result, foldAside(this.#run.recorder.node(scope.id).children.map(({ status }) => status)));
  }

  /** Adds steps below this group that could not be known before: where a redirect leads, which hosts the settings name. */
  plan(nodes: readonly PlannedNode[]): void {
    this.#run.recorder.planned(this.id, nodes);
  }

  /** A child as it stands. */
  look(key: string): ResultNode {
    return this.#run.recorder.node(childId(this.id, key));
  }

  /** Whether a child of this key was planned. */
  has(key: string): boolean {
    return this.#run.recorder.node(this.id).children.some(({ id }) => id === childId(this.id, key));
  }

  /** Says what the run shows for each kind of mail client. */
  tellClients(outcomes: readonly ClientOutcome[]): void {
    this.#run.clients = outcomes;
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

  /**
   * Asks the run's owner, and waits. Without an answer in time, or where nobody can be asked, it is `none`.
   * @param hosts what it is about; the last is where it leads
   */
  ask(kind: Question['kind'], hosts: readonly string[]): Promise<Answer> {
    return this.question(kind, hosts).answer;
  }

  /**
   * The same for a question that the run may close by itself.
   * @param confided goes to the owner alone; it says until when an answer is of use
   */
  question(kind: Question['kind'], hosts: readonly string[], confided?: Confided): OpenQuestion {
    const { questions, recorder, stop } = this.#run;
    if (questions === null || stop.aborted) return { answer: Promise.resolve('none'), settle: () => undefined };
    const { promise: answer, resolve } = Promise.withResolvers<Answer>();
    const id = questions.ask((said) => {
      clearTimeout(timer);
      stop.removeEventListener('abort', giveUp);
      recorder.emit({ kind: 'answered', question: id, answer: said });
      resolve(said);
    }, confided);
    const giveUp = (): void => questions.answer(id, 'none');
    const withinMs = confided === undefined ? ANSWER_WITHIN_MS : withinBounds(confided.expiresAt - Date.now());
    const timer = setTimeout(giveUp, withinMs);
    stop.addEventListener('abort', giveUp, { once: true });
    recorder.asked(this.id, { id, kind, hosts, withinMs });
    return { answer, settle: (said) => questions.answer(id, said) };
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
    if (!result.ok && result.state !== 'not-needed') this.#stoppedBy ??= result.node;
    return result;
  }
}
