/** What the head of a result says: the sentence, who acts, what followed, what else there is. Pure. */
import { findingText, messageText } from '#components/tree/sentence.ts';
import type { Finding } from '#lib/result/finding.ts';
import { find, type ResultNode, ROOT, walk } from '#lib/result/node.ts';
import type { OpenQuestion, RunState } from '#lib/result/reducer.ts';
import type { Cause, Outcome } from '#lib/result/verdict.ts';
import { actorWords, outcomeWords } from '#lib/result/words.ts';

/** Sentences that the server renders beforehand, because the browser has no catalogue. */
export interface WaitingWords {
  readonly queued: string;
  readonly running: string;
}

export function answerOf(run: RunState, words: WaitingWords): string {
  if (run.verdict !== null) return messageText(run.verdict.summary);
  return run.status === 'queued' && (run.head?.ahead ?? 0) > 0 ? words.queued : words.running;
}

/** The domain of the address under test, where there is one. */
export function domainOf({ head }: RunState): string | null {
  const email = String(head?.target.email ?? '');
  return email === '' ? null : email.slice(email.lastIndexOf('@') + 1);
}

/** Minutes and seconds until nobody waits for the answer any longer. */
export function countdown({ askedMs, withinMs }: OpenQuestion, elapsedMs: number): string {
  const seconds = Math.max(0, Math.ceil((askedMs + withinMs - elapsedMs) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export type Phase = Outcome | 'running';
export const phaseOf = (run: RunState): Phase => run.verdict?.status ?? 'running';

export interface NamedCause {
  readonly cause: Cause;
  readonly finding: Finding;
  readonly node: ResultNode;
}

/** The causes with their findings, root cause first. */
export function namedCauses(run: RunState): NamedCause[] {
  return (run.verdict?.causes ?? []).flatMap((cause) => {
    const node = cause.node === ROOT ? run.root : find(run.root, cause.node);
    const finding = node?.findings.find((each) => each.id === cause.finding);
    return node === undefined || finding === undefined ? [] : [{ cause, finding, node }];
  });
}

/** Findings about the run itself that the sentence above does not hold already. */
export function notes(run: RunState): string[] {
  const said = run.verdict === null ? '' : messageText(run.verdict.summary).toLowerCase();
  return run.root.findings.map(findingText).filter((text) => !said.includes(text.toLowerCase()));
}

export function whoActs(run: RunState): string | null {
  const actor = run.verdict?.actor ?? null;
  if (actor === null) return null;
  return actor === 'you' ? 'To be checked by: whoever signs in' : `To be repaired by: ${actorWords[actor]}`;
}

export function consequences(run: RunState): string | null {
  const count = run.verdict?.causes[0]?.consequences ?? 0;
  if (count === 0) return null;
  return count === 1 ? '1 step was not reached because of this.' : `${count} steps were not reached because of this.`;
}

/** How much of the plan the answer rests on. */
export function extent(run: RunState): string {
  const states = leaves(run.root).map((node) => node.status);
  const tested = states.filter((state) => state !== 'skipped' && state !== 'not-needed').length;
  const word = run.verdict === null ? '' : `${outcomeWords[run.verdict.status]}: `;
  if (run.verdict?.status === 'passed') return `${word}${tested} ${tested === 1 ? 'step' : 'steps'} tested.`;
  return `${word}${tested} of ${states.length} steps tested.`;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** The step that began last and still runs. */
  readonly now: string | null;
}

/** How far it has come, counted in steps that have none below them. */
export function progress(root: ResultNode): Progress {
  const steps = leaves(root);
  const running = steps.filter((node) => node.status === 'running');
  const latest = running.toSorted((a, b) => (b.startedMs ?? 0) - (a.startedMs ?? 0))[0];
  const waiting = steps.filter((node) => node.status === 'planned').length;
  const done = steps.length - waiting - running.length;
  return { done, total: steps.length, now: latest === undefined ? null : messageText(latest.title) };
}

const leaves = (root: ResultNode): ResultNode[] =>
  [...walk(root)].filter((node) => node.children.length === 0 && node.id !== ROOT);
