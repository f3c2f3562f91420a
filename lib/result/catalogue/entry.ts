/** What the catalogue holds for each finding code. */
import type { ArgTypes, Sentence } from '../message.ts';

export type Severity = 'error' | 'warning' | 'notice';

/** Who has to move. `operator` runs Throughline; `throughline` means a mistake of ours. */
export type Actor =
  | 'you'
  | 'helpdesk'
  | 'mail-admin'
  | 'dns-admin'
  | 'network-admin'
  | 'identity-admin'
  | 'operator'
  | 'throughline';

export interface CatalogueEntry<A extends ArgTypes = ArgTypes> extends Sentence<A> {
  readonly severity: Severity;
  readonly actor: Actor;
  /** A person at a mail client would notice it, even where another method works in the end. */
  readonly felt: boolean;
  /** Severities that a judge may choose instead, each with its rule. */
  readonly mayBe: Partial<Record<Severity, string>>;
}

interface EntryInput<A extends ArgTypes> {
  severity: Severity;
  actor: Actor;
  text: string;
  args: A;
  felt?: boolean;
  mayBe?: Partial<Record<Severity, string>>;
}

/** Declares a catalogue entry. The default: not felt, one severity. */
export function entry<const A extends ArgTypes>(input: EntryInput<A>): CatalogueEntry<A> {
  return { felt: false, mayBe: {}, ...input };
}
