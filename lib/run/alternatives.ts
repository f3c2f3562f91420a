/**
 * Alternatives run side by side and are judged together when all have ended, in the client's order: the first that works wins,
 * later ones were not needed, and so were earlier ones unless a person would have felt them.
 */
import { catalogue } from '#lib/result/catalogue/index.ts';
import { draft, type FindingDraft } from '#lib/result/finding.ts';
import { type EndState, type ResultNode, walk } from '#lib/result/node.ts';
import type { RunContext } from './context.ts';
import type { StepResult } from './outcome.ts';
import type { RunRecorder } from './recorder.ts';
import { nameOf } from './step.ts';

type Body<S, O> = (scope: S) => Promise<StepResult<O>>;

/**
 * Says who is to blame when no alternative worked: the branch that was meant to work (the others then were not needed), or a
 * finding about all of them that explains theirs.
 */
export type Blame = { readonly branches: readonly string[] } | { readonly finding: FindingDraft };

export interface AlternativesOptions<S, O> {
  /** In the order of the client that is emulated. */
  readonly branches: readonly { readonly key: string; readonly body: Body<S, O> }[];
  /** Pure; gets the branches as they ended, in order. */
  readonly blame: (failed: readonly ResultNode[]) => Blame;
  /** Pure; what a branch that failed costs those who try it before the winner, if that is worth saying. It explains what it costs. */
  readonly cost?: (failed: ResultNode) => FindingDraft | null;
  /** Pure; whether a branch that failed is worth a warning although another one works. */
  readonly isFelt?: (failed: ResultNode) => boolean;
}

/** What is needed of a scope to judge it together with others. */
interface Judged<S> {
  readonly id: string;
  child(key: string): S;
  perform<O>(body: Body<S, O>): Promise<StepResult<O>>;
  skipRest(result: StepResult<unknown>): void;
  end<O>(result: StepResult<O>, as?: EndState): StepResult<O>;
}

interface Ran<S, O> {
  readonly scope: S;
  readonly result: StepResult<O>;
}

/** Runs and judges the alternatives of a group. */
export async function runAlternatives<S extends Judged<S>, O>(
  group: S,
  run: RunContext<unknown>,
  { branches, blame, cost = () => null, isFelt = wouldBeNoticed }: AlternativesOptions<S, O>,
): Promise<StepResult<O>> {
  const all = await group.perform<readonly Ran<S, O>[]>(async () => ({
    ok: true,
    node: group.id,
    value: await Promise.all(branches.map(({ key, body }) => runBranch(group.child(key), body))),
  }));
  if (!all.ok) return group.end(all);
  const winner = all.value.findIndex(({ result }) => result.ok);
  const won = all.value[winner];
  const felt = (branch: ResultNode): EndState => (isFelt(branch) ? 'warning' : 'not-needed');
  if (won === undefined) return nobody(group, run, all.value, { blame, felt });
  for (const [at, { scope, result }] of all.value.entries()) {
    if (at < winner) charge(run.recorder, scope.id, cost);
    if (at === winner) scope.end(result);
    else scope.end(result, at < winner ? felt(run.recorder.node(scope.id)) : 'not-needed');
  }
  return group.end(won.result);
}

function charge(recorder: RunRecorder, branch: string, cost: (failed: ResultNode) => FindingDraft | null): void {
  const failed = recorder.node(branch);
  const said = cost(failed);
  if (said === null) return;
  const { id } = recorder.found(branch, said);
  recorder.explain(failed, id);
}

async function runBranch<S extends Judged<S>, O>(scope: S, body: Body<S, O>): Promise<Ran<S, O>> {
  const result = await scope.perform(body);
  // What it did not reach can be said now; how it ended is judged with the others.
  scope.skipRest(result);
  return { scope, result };
}

function nobody<S extends Judged<S>, O>(
  group: S,
  { recorder, stop }: RunContext<unknown>,
  ran: readonly Ran<S, O>[],
  {
    blame,
    felt,
  }: { readonly blame: (failed: readonly ResultNode[]) => Blame; readonly felt: (branch: ResultNode) => EndState },
): StepResult<O> {
  const decide = (): Blame => blame(ran.map(({ scope }) => recorder.node(scope.id)));
  const decision = stop.aborted ? null : guarded(group.id, recorder, decide);
  for (const { scope, result } of ran) {
    const node = recorder.node(scope.id);
    const spared = decision !== null && 'branches' in decision && !decision.branches.includes(node.id);
    // Nobody judges alternatives that were stopped half-way.
    const unjudged = stop.aborted ? 'skipped' : undefined;
    scope.end(result, spared ? felt(node) : unjudged);
  }
  if (decision !== null && 'finding' in decision) {
    const finding = recorder.found(group.id, decision.finding);
    for (const { scope } of ran) recorder.explain(recorder.node(scope.id), finding.id);
  }
  const stopped = ran.find(({ scope }) => !['not-needed', 'warning'].includes(recorder.node(scope.id).status));
  return group.end(stopped?.result ?? { ok: false, node: group.id, state: 'failed', codes: [] });
}

/** A mistake of ours in the blame is shown at the group; its branches end all the same. */
function guarded(group: string, recorder: RunRecorder, decide: () => Blame): Blame | null {
  try {
    return decide();
  } catch (error) {
    recorder.found(group, draft('tool.fault', { what: nameOf(error) }));
    return null;
  }
}

/** What a person would notice stays visible: they see its prompt, or wait for it, before the winner helps them. */
function wouldBeNoticed(branch: ResultNode): boolean {
  const findings = [...walk(branch)].flatMap((node) => node.findings);
  return findings.some(({ code }) => catalogue[code].felt);
}
