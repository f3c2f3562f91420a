/** The shape on which probes, the runner and the tests agree: looking and judging are two functions. */
import type { FindingCode } from './catalogue/index.ts';
import type { Evidence } from './evidence.ts';
import type { FindingDraft } from './finding.ts';
import type { Message } from './message.ts';

/** What every step is about, known before it runs: it names the step in the plan. */
export interface Subject {
  readonly host: string;
  readonly port: number;
}

/**
 * One kind of step. `observe` talks to the network through `net` and may throw only a NetFailure; `judge` is pure.
 * A probe logs nothing, formats nothing, touches no tree and knows no other probe.
 */
export interface Probe<Net, Input extends Subject, Seen, Out> {
  /** File name and step name. */
  readonly id: string;
  readonly titles: {
    readonly planned: (subject: Subject) => Message;
    readonly failed: (subject: Subject) => Message;
  };
  /** Codes that `judge` may give; a test compares this list with what is seen. */
  readonly emits: readonly FindingCode[];
  /** Milliseconds, where it takes longer than the usual budget: a person is waited for, or the waiting is what is tested. */
  readonly budgetMs?: number | ((input: Input) => number);
  readonly observe: (net: Net, input: Input, signal: AbortSignal) => Promise<Seen>;
  readonly judge: (seen: Seen, input: Input) => Judgement<Out>;
}

/**
 * `ok` says whether the next step has what it needs. Without an error among the findings of a negative judgement the step counts
 * as skipped: nothing is wrong, but it could not be tested.
 */
export type Judgement<Out> =
  | {
      readonly ok: true;
      readonly value: Out;
      /** It failed all the same: others may look further at what came, but whoever wanted it can do nothing with it. */
      readonly unusable?: true;
      readonly title: Message;
      readonly findings?: readonly FindingDraft[];
      readonly evidence?: readonly Evidence[];
    }
  | {
      /** What was looked for is not there, and nobody misses it: the step is closed as superfluous. */
      readonly ok: false;
      readonly notNeeded: true;
      readonly title: Message;
      readonly findings?: readonly [];
      readonly evidence?: readonly Evidence[];
    }
  | {
      readonly ok: false;
      readonly notNeeded?: never;
      readonly title?: Message;
      readonly findings: readonly [FindingDraft, ...FindingDraft[]];
      readonly evidence?: readonly Evidence[];
    };
