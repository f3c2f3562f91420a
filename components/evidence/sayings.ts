/** One setting in several documents, ordered by what is said instead of by who says it. Pure. */

export interface Saying {
  /** Null: these documents do not say. */
  readonly value: string | null;
  readonly sources: readonly string[];
}

/** Each different value with the documents that have it, in their order; those that do not say come last. */
export function sayings(values: readonly (string | null)[], sources: readonly string[]): Saying[] {
  const different = [...new Set(values)].toSorted((one, other) => Number(one === null) - Number(other === null));
  return different.map((value) => ({
    value,
    sources: sources.filter((_, place) => (values[place] ?? null) === value),
  }));
}

/** A document is called by its host, and by its form in brackets: "autodiscover.contoso.example (SOAP)". */
export function sourceOf(label: string): { host: string; form: string | null } {
  const open = label.indexOf(' (');
  if (open < 1 || !label.endsWith(')')) return { host: label, form: null };
  return { host: label.slice(0, open), form: label.slice(open + 2, -1) };
}
