/**
 * Certificate policies. RFC 5280 6.1.2 to 6.1.5, in the form of RFC 9618: a level of the tree is a set, so that mappings cannot make
 * it grow. Asked is whether any policy at all is left, as the initial set of policies is any-policy.
 */
import { policyOids } from '#lib/wire/x509/oids.ts';
import type { Facts } from './facts.ts';
import { invalid, rfc } from './found.ts';
import type { Found, Problem } from './problem.ts';

const ANY = policyOids.anyPolicy;

type Policies = ReadonlySet<string>;

interface State {
  /** Policies that the next certificate may claim, any-policy for everything; null: no policy is left. */
  readonly expected: Policies | null;
  /** How many certificates that are not self-issued may still come before it holds; 0: now. */
  readonly explicitPolicy: number;
  readonly inhibitMapping: number;
  readonly inhibitAny: number;
}

/** The anchor says nothing about policies; what is below it is processed from the top. */
export function policyProblems(path: readonly Facts[]): Problem[] {
  const steps = path.length + 1;
  let state: State = { expected: new Set([ANY]), explicitPolicy: steps, inhibitMapping: steps, inhibitAny: steps };
  for (const [at, facts] of [...path.entries()].reverse()) {
    const claimed = claim(facts, state, at === 0);
    state = at === 0 ? ended(facts, state, claimed) : advanced(facts, state, claimed);
    // Once nothing is left, nothing comes back: a demand of this certificate can be held against it at once.
    const problem = formProblem(facts) ?? (claimed === null && state.explicitPolicy === 0 ? NO_POLICY : null);
    if (problem !== null) return [{ ...problem, at }];
  }
  return [];
}

const NO_POLICY = invalid(
  'policy',
  rfc('6.1.5', 'clients'),
  'a policy is demanded, and none is left that all certificates allow',
);

function formProblem({ policies, policyMappings }: Facts): Found | null {
  const oids = policies?.map(({ policy }) => policy) ?? [];
  if (new Set(oids).size < oids.length)
    return invalid('policy', rfc('4.2.1.4', 'strict'), 'the same certificate policy twice');
  return policyMappings?.some((mapping) => Object.values(mapping).includes(ANY))
    ? invalid('policy', rfc('4.2.1.5', 'clients'), 'any-policy in a policy mapping')
    : null;
}

/** The policies of one certificate that are allowed; null where none is. RFC 5280 6.1.3 (d), (e) */
function claim({ policies, selfIssued }: Facts, { expected, inhibitAny }: State, isLeaf: boolean): Policies | null {
  if (expected === null || policies === null) return null;
  const own = policies.map(({ policy }) => policy);
  const named = own.filter((policy) => policy !== ANY && (expected.has(policy) || expected.has(ANY)));
  const anyCounts = own.includes(ANY) && (inhibitAny > 0 || (!isLeaf && selfIssued));
  return orNull([...named, ...(anyCounts ? expected : [])]);
}

const orNull = (policies: readonly string[]): Policies | null => (policies.length === 0 ? null : new Set(policies));

/** What the next certificate may claim: policies under the names that they have there. RFC 5280 6.1.4 (b) */
function mapped({ policyMappings }: Facts, claimed: Policies | null, inhibitMapping: number): Policies | null {
  if (claimed === null || policyMappings === null) return claimed;
  const sources = new Set(policyMappings.map(({ issuerPolicy }) => issuerPolicy));
  const kept = [...claimed].filter((policy) => !sources.has(policy));
  const valid = policyMappings.filter(({ issuerPolicy }) => claimed.has(issuerPolicy) || claimed.has(ANY));
  return orNull([...kept, ...(inhibitMapping === 0 ? [] : valid.map(({ subjectPolicy }) => subjectPolicy))]);
}

/** Counts down, and takes over what this authority demands of those below. RFC 5280 6.1.4 (h) to (j) */
function advanced(facts: Facts, state: State, claimed: Policies | null): State {
  const { selfIssued, policyConstraints, inhibitAnyPolicy } = facts;
  const next = (count: number, limit: number | null | undefined): number => {
    const left = selfIssued ? count : Math.max(0, count - 1);
    return Math.min(left, limit ?? left);
  };
  return {
    expected: mapped(facts, claimed, state.inhibitMapping),
    explicitPolicy: next(state.explicitPolicy, policyConstraints?.requireExplicitPolicy),
    inhibitMapping: next(state.inhibitMapping, policyConstraints?.inhibitPolicyMapping),
    inhibitAny: next(state.inhibitAny, inhibitAnyPolicy),
  };
}

/** RFC 5280 6.1.5 (a), (b) */
function ended({ policyConstraints }: Facts, state: State, claimed: Policies | null): State {
  const demanded = policyConstraints?.requireExplicitPolicy === 0 ? 0 : Math.max(0, state.explicitPolicy - 1);
  return { ...state, expected: claimed, explicitPolicy: state.explicitPolicy === 0 ? 0 : demanded };
}
