/** What a step or a branch hands to the code that called it. */
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import type { EndState } from '#lib/result/node.ts';

export type StepResult<Out> =
  | { readonly ok: true; readonly value: Out; readonly node: string }
  /** `node` is where it stopped; `codes` is what was found there. */
  | { readonly ok: false; readonly node: string; readonly state: EndState; readonly codes: readonly FindingCode[] };
