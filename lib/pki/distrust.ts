/**
 * Roots that a programme trusts no longer, or not for what is issued after a day. Clients of that programme refuse such a chain, although
 * the root may still be in the list that is asked here: lists of certificates cannot express it.
 */
import { type Name, valuesOf } from '#lib/wire/x509/name.ts';
import { attributeOids } from '#lib/wire/x509/oids.ts';
import rules from './data/distrust.json' with { type: 'json' };
import type { Programme } from './problem.ts';

export interface Distrust {
  readonly programme: Programme;
  /** Whose roots they are. */
  readonly authority: string;
  /** Milliseconds since 1970; null: whatever was issued. */
  readonly after: number | null;
  /** Where that is announced. */
  readonly source: string;
}

type Rule = Omit<Distrust, 'after'> & {
  readonly after: string | null;
  /** SHA-256 fingerprints. */
  readonly roots: readonly string[];
  /** Those of authorities that are gone, where all that bears their name is meant. */
  readonly organizations: readonly string[];
};

const table = rules as readonly Rule[];

/**
 * The programmes that do not trust what a root issued at some time; what counts is the beginning of the leaf's validity. Chrome and Apple
 * go by the time of the transparency logs, which is the same day.
 * @param root its fingerprint, where the root itself is known, and its name
 * @param issuedAt milliseconds since 1970
 */
export function distrustOf(root: { fingerprint: string | null; name: Name }, issuedAt: number): Distrust[] {
  const organizations = valuesOf(root.name, attributeOids.organization);
  const applies = ({ roots, organizations: gone }: Rule): boolean =>
    (root.fingerprint !== null && roots.includes(root.fingerprint)) || organizations.some((one) => gone.includes(one));
  return table
    .filter(applies)
    .map(({ programme, authority, after, source }) => ({
      ...{ programme, authority, source },
      after: after === null ? null : Date.parse(after),
    }))
    .filter(({ after }) => after === null || issuedAt > after);
}
