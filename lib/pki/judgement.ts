/** All problems of one path, in its order. */
import type { ChainQuestion } from './chain.ts';
import type { Facts } from './facts.ts';
import { nameConstraintProblems } from './name-constraints.ts';
import { distrustProblems, hostProblems, linkProblems, pathLengthProblems } from './path-rules.ts';
import { policyProblems } from './policies.ts';
import type { Enforcement, Found, Problem } from './problem.ts';
import { certificateProblems } from './rules/index.ts';
import type { Position } from './rules/position.ts';

export interface Path {
  /** Leaf first. */
  readonly certificates: readonly Facts[];
  readonly anchored: boolean;
  /** Signatures that could not be computed, or are wrong. */
  readonly signatures: readonly Problem[];
}

type Frame = Pick<ChainQuestion, 'time' | 'usage' | 'hosts' | 'publicRoots'>;

/** Judges a path by all rules. */
export function judgePath(path: Path, frame: Frame): Problem[] {
  const { certificates, anchored } = path;
  const anchor = certificates.at(-1);
  const isPublic = anchored && anchor !== undefined && (frame.publicRoots?.has(anchor.fingerprint) ?? false);
  const own = certificates.flatMap((facts, at) =>
    ownProblems(facts, positionOf(path, at, frame), isPublic).map((one) => ({ ...one, at })),
  );
  const all = [...own, ...path.signatures, ...pathProblems(path, frame)];
  return all.toSorted((one, other) => one.at - other.at);
}

function pathProblems({ certificates, anchored }: Path, { hosts, usage }: Frame): Problem[] {
  const [leaf] = certificates;
  // A root that nobody trusts ends its path as an anchor would.
  const rooted = anchored || (certificates.length > 1 && certificates.at(-1)?.selfIssued === true);
  return [
    ...(leaf === undefined ? [] : hostProblems(leaf, hosts, usage)),
    ...distrustProblems(certificates),
    ...pathLengthProblems(certificates),
    ...linkProblems(certificates),
    ...nameConstraintProblems(certificates),
    ...policyProblems(rooted ? certificates.slice(0, -1) : certificates),
  ];
}

function positionOf({ certificates, anchored }: Path, at: number, { usage, time }: Frame): Position {
  const trusted = anchored && at === certificates.length - 1;
  const role = at === 0 ? 'leaf' : trusted ? 'anchor' : 'intermediate';
  return { role, trusted, usage, time };
}

/** Version 2.0.0 of the Baseline Requirements, which first said field by field what a certificate has to look like, was in force then. */
const PROFILES_SINCE = Date.UTC(2023, 8, 15);

/** What is wrong with one certificate by itself. Older ones below public roots are not held to formalities that are younger. */
export function ownProblems(facts: Facts, position: Position, isPublic: boolean): Found[] {
  const problems = problemsAt(facts, position);
  if (!isPublic) return problems;
  if (position.role === 'anchor') return problems.filter(({ kind }) => kind === 'expired' || kind === 'not-yet-valid');
  const older = facts.certificate.notBefore.at < PROFILES_SINCE;
  return older ? problems.filter(({ enforcedBy }) => enforcedBy === 'clients') : problems;
}

/** A search meets a certificate in the same position on every way. */
const known = new WeakMap<Facts, Map<string, Found[]>>();

function problemsAt(facts: Facts, position: Position): Found[] {
  const positions = known.get(facts) ?? new Map<string, Found[]>();
  known.set(facts, positions);
  const key = Object.values(position).join();
  const problems = positions.get(key) ?? certificateProblems(facts, position);
  if (positions.size >= MOST_POSITIONS) positions.clear();
  positions.set(key, problems);
  return problems;
}

/** A root that every run asks for meets a new time in each of them. */
const MOST_POSITIONS = 20;

const WEIGHTS: Readonly<Record<Enforcement, number>> = { clients: 1_000_000, strict: 20_000, nobody: 1_000 };

/** How much a path suffers from its problems; 0 is a path without any. One certificate more in a path weighs 1. */
export function weightOf(problems: readonly Found[]): number {
  return problems.reduce((sum, { enforcedBy }) => sum + WEIGHTS[enforcedBy], 0);
}
