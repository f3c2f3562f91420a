/** The public result: what `--format json`, the JSON download and every other export are made of. */
import type { RunEvent } from './events.ts';
import type { Args } from './message.ts';
import type { ResultNode } from './node.ts';
import { fold, type RunState } from './reducer.ts';
import type { ClientOutcome, Verdict } from './verdict.ts';

export type Redaction = 'none' | 'names' | 'verdict';

export interface Report {
  readonly version: 1;
  readonly engine: string;
  readonly rules: string;
  readonly analyzer: string;
  readonly startedAt: string;
  readonly elapsedMs: number;
  readonly target: Args;
  readonly options: Args;
  readonly vantage: { readonly name: string; readonly resolvers: readonly string[]; readonly proxied: boolean };
  readonly redaction: Redaction;
  readonly verdict: Verdict;
  readonly clients: readonly ClientOutcome[];
  readonly root: ResultNode;
}

/** The report of a run that has ended; `null` while it goes on. */
export function report(events: Iterable<RunEvent>): Report | null {
  return reportOf(fold(events));
}

/** The report of a folded run. */
export function reportOf(run: RunState): Report | null {
  if (run.head === null || run.verdict === null) return null;
  const { engine, rules, analyzer, startedAt, target, options, vantage } = run.head;
  const { verdict, clients, root } = run;
  const elapsedMs = run.elapsedMs ?? root.elapsedMs ?? 0;
  return {
    version: 1,
    engine,
    rules,
    analyzer,
    startedAt,
    elapsedMs,
    target,
    options,
    vantage,
    redaction: 'none',
    verdict,
    clients,
    root,
  };
}
