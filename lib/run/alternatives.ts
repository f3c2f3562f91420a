/**
 * Alternatives run side by side and are judged together when all have ended, in the client's order: the first that works wins,
 * later ones were not needed, and so were earlier ones unless a person would have felt them.
 */
import { catalogue } from '#lib/result/catalogue/index.ts';
import type { FindingDraft } from '#lib/result/finding.ts';
import { childId, type EndState, foldStates, type ResultNode, walk } from '#lib/result/node.ts';
import type { StepResult } from './outcome.ts';
import type { RunContext, Scope } from './scope.ts';

export interface Branch<Net, O> {
  readonly key: string;
  readonly body: (scope: Scope<Net>) => Promise<StepResult<O>>;
}

/**
 * Says who is to blame when no alternative worked: the branch that was meant to work (the others then were not needed), or a
 * finding about all of them that explains theirs.
 */
export type Blame = { readonly branches: readonly string[] } | { readonly finding: FindingDraft };

export interface AlternativesOptions<Net, O> {
  /** In the order of the client that is emulated. */
  readonly branches: readonly Branch<Net, O>[];
  /** Pure; gets the branches as they ended, in order. */
  readonly blame: (failed: readonly ResultNode[]) => Blame;
}

/** Runs and judges the alternatives of a group. */
export async function runAlternatives<Net, O>(
  group: Scope<Net>,
  run: RunContext<Net>,
  { branches, blame }: AlternativesOptions<Net, O>,
): Promise<StepResult<O>> {
  const { recorder } = run;
  const ran = await group.perform<readonly Ran<Net, O>[]>(async (scope) => ({
    ok: true,
    node: scope.id,
    value: await Promise.all(branches.map((branch) => runBranch(scope, run, branch))),
  }));
  if (!ran.ok) return group.end(ran);
  const winner = ran.value.findIndex(({ result }) => result.ok);
  if (winner < 0) return nobody(group, run, ran.value, blame);
  for (const [at, { scope, result }] of ran.value.entries()) {
    if (at === winner) scope.end(result);
    else scope.end(result, at < winner ? felt(recorder.node(scope.id)) : 'not-needed');
  }
  const won = ran.value[winner];
  return group.end(won === undefined ? { ok: false, node: group.id, state: 'broken', codes: [] } : won.result);
}

interface Ran<Net, O> {
  readonly scope: Scope<Net>;
  readonly result: StepResult<O>;
}

async function runBranch<Net, O>(
  group: Scope<Net>,
  run: RunContext<Net>,
  branch: Branch<Net, O>,
): Promise<Ran<Net, O>> {
  const scope = group.child(childId(group.id, branch.key), run);
  const result = await scope.perform(branch.body);
  // What it did not reach can be said now; how it ended is judged with the others.
  scope.skipRest(result);
  return { scope, result };
}

function nobody<Net, O>(
  group: Scope<Net>,
  run: RunContext<Net>,
  ran: readonly Ran<Net, O>[],
  blame: (failed: readonly ResultNode[]) => Blame,
): StepResult<O> {
  const { recorder, stop } = run;
  const decision = stop.aborted ? null : blame(ran.map(({ scope }) => recorder.node(scope.id)));
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
  return group.end(stopped?.result ?? { ok: false, node: group.id, state: foldStates([]), codes: [] });
}

/** What a person would notice stays visible as a warning: they see its prompt, or wait for it, before the winner helps them. */
function felt(branch: ResultNode): EndState {
  const findings = [...walk(branch)].flatMap((node) => node.findings);
  return findings.some(({ code }) => catalogue[code].felt) ? 'warning' : 'not-needed';
}
