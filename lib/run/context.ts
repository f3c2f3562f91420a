/** What all parts of one run share. */
import type { ClientOutcome } from '#lib/result/verdict.ts';
import type { StepResult } from './outcome.ts';
import type { Questions } from './questions.ts';
import type { RunRecorder } from './recorder.ts';

/** A host fact: who owns it in plan order, and its result once somebody has asked. */
export interface Fact {
  readonly owner: string;
  result?: Promise<StepResult<unknown>>;
}

export interface RunContext<Net> {
  readonly net: Net;
  readonly recorder: RunRecorder;
  /** Aborts when the run is cancelled or its time is used up. */
  readonly stop: AbortSignal;
  readonly facts: Map<string, Fact>;
  /** What was found out about each kind of mail client; told with the verdict. */
  clients: readonly ClientOutcome[];
  /** Null where nobody can be asked. */
  readonly questions: Questions | null;
}
