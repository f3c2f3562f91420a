/**
 * Finds paths from a leaf upwards, the likeliest first. RFC 4158
 *
 * Of the branches that are open, the lightest is taken up next: its weight is what is wrong with its certificates, their number, and what
 * the rest of the way weighs at least. Who could have issued whom is decided by names alone. On the way to an anchor a signature is
 * computed when its branch is taken up, so that those of unlikely issuers are never; and no pair of certificate and key twice.
 */
import type { Facts } from './facts.ts';
import type { Path } from './judgement.ts';
import { issuersOf, type Pool, sameIssuer } from './pool.ts';
import type { Problem } from './problem.ts';
import { checked, type Effort, notComputed, wrongSignature } from './proof.ts';
import type { SignatureCheck } from './signature.ts';

/** Browsers stop at 8, and no public chain has more than 5. */
const MOST_CERTIFICATES = 20;
/** Possible issuers that were looked at. They cost no signature, but time. */
const MOST_STEPS = 20_000;
/** And memory. */
const MOST_BRANCHES = 2_000;

/** Where no anchor is reached, more issuers of one name are not looked at. */
const MOST_NAMESAKES = 20;

/**
 * - `anchor`: the last one is an anchor
 * - `itself`: the last one signed itself
 * - `nobody`: there is no certificate with the name of its issuer
 * - `another-key`: there is, but another key made the signature
 */
export type Reached = 'anchor' | 'itself' | 'nobody' | 'another-key';

export interface Way extends Path {
  readonly reached: Reached;
  /** No later way weighs less. */
  readonly estimate: number;
}

interface Branch {
  readonly certificates: readonly [Facts, ...Facts[]];
  readonly last: Facts;
  /** Whom the last one is said to have signed; null once that is known. */
  readonly unproven: Facts | null;
  readonly signatures: readonly Problem[];
  readonly weight: number;
  readonly estimate: number;
}

export interface Search {
  readonly pool: Pool;
  readonly effort: Effort;
  /** How much is wrong with a certificate at this place of a path. */
  readonly weigh: (facts: Facts, at: number) => number;
  /** How much the rest of the way to an anchor weighs at least; null: ways to no anchor are wanted, the most telling of them. */
  readonly restOf: ((facts: Facts) => number) | null;
}

/** Complete ways, the lightest first as far as single certificates tell. */
export function* waysFrom(leaf: Facts, search: Search): Generator<Way> {
  const weight = search.weigh(leaf, 0);
  const open: Branch[] = [
    { certificates: [leaf], last: leaf, unproven: null, signatures: [], weight, estimate: weight },
  ];
  for (let branch = open.shift(); branch !== undefined; branch = open.shift()) {
    const proven = prove(branch, search);
    if (proven === null) continue;
    if (proven.weight > branch.weight) insert(open, proven, search);
    else yield* search.restOf === null ? tell(proven, search, open) : climb(proven, search, open);
  }
}

function giveUp({ effort }: Search): void {
  effort.gaveUp = true;
}

function wayOf({ certificates, signatures, estimate }: Branch, reached: Reached, more: readonly Problem[] = []): Way {
  return { certificates, signatures: [...signatures, ...more], reached, estimate, anchored: reached === 'anchor' };
}

/** Ends at an anchor, or goes on with each issuer above which there is one. */
function* climb(branch: Branch, search: Search, open: Branch[]): Generator<Way> {
  if (search.pool.anchors.has(branch.last.fingerprint)) return yield wayOf(branch, 'anchor');
  for (const issuer of candidates(branch, search)) {
    const rest = search.restOf?.(issuer) ?? 0;
    if (rest < Number.POSITIVE_INFINITY) insert(open, extended(branch, issuer, search, rest), search);
  }
}

/** Goes on with the issuers who really signed, and says what the end is where there are none. */
function* tell(branch: Branch, search: Search, open: Branch[]): Generator<Way> {
  const { certificates, last } = branch;
  const all = candidates(branch, search);
  const issuers = all.slice(0, MOST_NAMESAKES);
  const longer = issuers.flatMap((issuer) => prove(extended(branch, issuer, search, 0), search) ?? []);
  for (const one of longer) insert(open, one, search);
  if (longer.length > 0) return;
  if (last.selfIssued && checked(last, last, search.effort)?.state !== 'wrong') return yield wayOf(branch, 'itself');
  const suspects = last.selfIssued ? [...issuers, last] : issuers;
  const isCertain =
    all.length === issuers.length && suspects.every((issuer) => checked(last, issuer, search.effort) !== null);
  if (!isCertain) giveUp(search);
  if (!isCertain || suspects.length === 0) return yield wayOf(branch, 'nobody');
  yield wayOf(branch, 'another-key', [wrongSignature(certificates.length - 1)]);
}

/** Possible issuers that are not in the path already. */
function candidates({ certificates, last }: Branch, search: Search): readonly Facts[] {
  const issuers = issuersOf(search.pool, last);
  search.effort.steps += issuers.length;
  const isTooMuch = search.effort.steps > MOST_STEPS || certificates.length >= MOST_CERTIFICATES;
  if (isTooMuch && issuers.length > 0) giveUp(search);
  return isTooMuch ? [] : issuers.filter((issuer) => !certificates.some((one) => sameIssuer(one, issuer)));
}

/** The branch with one more certificate. */
function extended(branch: Branch, issuer: Facts, search: Search, rest: number): Branch {
  const weight = branch.weight + 1 + search.weigh(issuer, branch.certificates.length);
  const certificates = [...branch.certificates, issuer] as const;
  return { ...branch, certificates, last: issuer, unproven: branch.last, weight, estimate: weight + rest };
}

/** As heavy as anything else that clients refuse. */
const NOT_COMPUTED = 1_000_000;

/** Null where the last one did not sign the one before it; heavier where nobody can tell. */
function prove(branch: Branch, search: Search): Branch | null {
  const { unproven, last, certificates, signatures, weight, estimate } = branch;
  const check = unproven === null ? GOOD : checked(unproven, last, search.effort);
  if (check === null || check.state === 'wrong') return null;
  if (check.state === 'good') return { ...branch, unproven: null };
  return {
    ...branch,
    unproven: null,
    signatures: [...signatures, notComputed(certificates.length - 2, check.reason)],
    weight: weight + NOT_COMPUTED,
    estimate: estimate + NOT_COMPUTED,
  };
}

const GOOD: SignatureCheck = { state: 'good' };

/** Keeps the branches in order, and their number low: the heaviest goes. */
function insert(open: Branch[], branch: Branch, search: Search): void {
  const after = open.findLastIndex((one) => comesBefore(one, branch));
  open.splice(after + 1, 0, branch);
  if (open.length <= MOST_BRANCHES) return;
  open.pop();
  giveUp(search);
}

/** Of two that may become equally good, the one that is further. */
function comesBefore(one: Branch, other: Branch): boolean {
  if (one.estimate !== other.estimate) return one.estimate < other.estimate;
  return one.certificates.length >= other.certificates.length;
}
