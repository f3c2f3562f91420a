/** A coded diagnosis with typed arguments; never free text. */
import type { Severity } from './catalogue/entry.ts';
import type { ArgsOf, FindingCode } from './catalogue/index.ts';
import type { Args } from './message.ts';

export interface Finding {
  /** `<node>#<code>`, equal in every run; a second one of the same code on the same node ends in `~2`. */
  readonly id: string;
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly args: Args;
  /** The finding that explains this one. */
  readonly causedBy?: string;
  /** The English sentence, added on the way out. */
  readonly text?: string;
}

/** What a judge says; the runner adds the id and the default severity. */
export interface FindingDraft {
  readonly code: FindingCode;
  readonly args: Args;
  readonly severity?: Severity;
}

/** Builds a draft; the arguments are checked against the code's entry. A severity other than the default needs its rule there. */
export function draft<C extends FindingCode>(code: C, args: ArgsOf<C>, severity?: Severity): FindingDraft {
  return severity === undefined ? { code, args: args as Args } : { code, args: args as Args, severity };
}
