/** Would a strict client accept this chain, and if not, what are all the things that are wrong? RFC 5280 6, RFC 4158 */
import type { Certificate } from '#lib/wire/x509/certificate.ts';
import { type Facts, factsOf } from './facts.ts';
import { judgePath, ownProblems, weightOf } from './judgement.ts';
import { poolOf, restsAbove } from './pool.ts';
import type { Problem, Usage } from './problem.ts';
import { newEffort } from './proof.ts';
import { type Reached, type Search, type Way, waysFrom } from './search.ts';

export interface ChainQuestion {
  readonly leaf: Certificate;
  /** Sent, fetched or given besides the leaf, in any order; the leaf, anchors and strangers among them do no harm. */
  readonly others: readonly Certificate[];
  readonly anchors: readonly Certificate[];
  /**
   * SHA-256 fingerprints (lower-case hexadecimal digits) of the roots that a public programme has accepted. How such a root is made
   * was the programme's business, and formalities of the public web hold for what its authorities issued since they are written
   * down. All other anchors, and what is below them, are judged by today's rules.
   */
  readonly publicRoots?: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly usage: Usage;
  /** Names in A-label form, or IP addresses; each of them has to be in the leaf. Empty: no name is checked. */
  readonly hosts: readonly string[];
}

/**
 * - `anchored`: the path ends in an anchor; whether a client would take it, `problems` says
 * - `issuer-missing`: the issuer of the last certificate is not there
 * - `self-signed`: the leaf signed itself and is no anchor
 * - `untrusted-root`: the path ends in a certificate that signed itself and is no anchor
 * - `bad-signature`: there are certificates with the issuer's name, but none whose key made the signature
 * - `gave-up`: there may be a way to an anchor, but it takes more certificates or signatures than an honest chain does
 */
export type Ending = 'anchored' | 'issuer-missing' | 'self-signed' | 'untrusted-root' | 'bad-signature' | 'gave-up';

export interface ChainJudgement {
  /** Leaf first; with the anchor, where one was reached. */
  readonly path: readonly Certificate[];
  readonly ending: Ending;
  /** In the order of the path. None, and anchored: a strict client accepts it. */
  readonly problems: readonly Problem[];
}

/** Each of them is judged by all rules, names below constraints included. */
const MOST_WAYS = 40;

/** Finds the best path and says all that is wrong with it. Never throws, whatever the certificates hold. */
export function judgeChain(question: ChainQuestion): ChainJudgement {
  const leaf = factsOf(question.leaf);
  const pool = poolOf(question.others, question.anchors);
  const weigh = weighing(question);
  const upwards = newEffort();
  const restOf = restsAbove(leaf, pool, (facts) => weigh(facts, 1));
  const trusted = best(leaf, { pool, weigh, effort: upwards, restOf }, question);
  if (trusted !== null) return judgementOf(trusted, 'anchored');
  const effort = newEffort(upwards.checks);
  const telling = best(leaf, { pool, weigh, effort, restOf: null }, question);
  if (telling === null) return { path: [question.leaf], ending: 'gave-up', problems: [] };
  const isUnknown = upwards.gaveUp || (effort.gaveUp && telling.way.reached === 'nobody');
  return judgementOf(telling, isUnknown ? 'gave-up' : endingOf(telling.way));
}

interface Judged {
  readonly way: Way;
  readonly problems: readonly Problem[];
  readonly weight: number;
}

/** The lightest way: the first without any problem, or the best of those that were looked at. */
function best(leaf: Facts, search: Search, question: ChainQuestion): Judged | null {
  let found: Judged | null = null;
  let count = 0;
  for (const way of waysFrom(leaf, search)) {
    if (found !== null && way.anchored && way.estimate >= found.weight) break;
    const problems = judgePath(way, question);
    const weight = TELLING[way.reached] + weightOf(problems) + way.certificates.length;
    if (found === null || weight < found.weight) found = { way, problems, weight };
    if ((way.anchored && problems.length === 0) || ++count >= MOST_WAYS) break;
  }
  return found;
}

/** Which end says most about why no anchor was reached. */
const TELLING: Readonly<Record<Reached, number>> = {
  anchor: 0,
  'another-key': 0,
  itself: 100_000_000,
  nobody: 200_000_000,
};

function endingOf({ reached, certificates }: Way): Ending {
  if (reached === 'itself') return certificates.length === 1 ? 'self-signed' : 'untrusted-root';
  return reached === 'another-key' ? 'bad-signature' : 'issuer-missing';
}

function judgementOf({ way, problems }: Judged, ending: Ending): ChainJudgement {
  return { path: way.certificates.map(({ certificate }) => certificate), ending, problems };
}

/** What is wrong with single certificates, each looked at once for each of its places. */
function weighing({ usage, time, anchors, publicRoots }: ChainQuestion): Search['weigh'] {
  const trusted = new Set(anchors.map((anchor) => factsOf(anchor).fingerprint));
  // Which root will be reached is not known yet; to expect a public one is to expect too little, never too much.
  const isPublic = (publicRoots?.size ?? 0) > 0;
  const weights = new Map<string, number>();
  return (facts, at) => {
    const isTrusted = trusted.has(facts.fingerprint);
    const role = at === 0 ? 'leaf' : isTrusted ? 'anchor' : 'intermediate';
    const key = `${role} ${facts.fingerprint}`;
    const known = weights.get(key);
    const weight = known ?? weightOf(ownProblems(facts, { role, trusted: isTrusted, usage, time }, isPublic));
    weights.set(key, weight);
    return weight;
  };
}
