/** What is wrong with a path: which judge speaks of it, how heavy it weighs, and what it is in words. */
import type { ChainJudgement } from '#lib/pki/chain.ts';
import type { InvalidKind, Problem } from '#lib/pki/problem.ts';
import { showDate } from '#lib/result/message.ts';
import { isoDate, nameOf } from './certificate-facts.ts';
import type { CertificateInput } from './shown.ts';

/** Which judge speaks of a problem: the one of the dates, of the host's name, of the issuer, or of the rules. */
export type Side = 'dates' | 'name' | 'trust' | 'rules';

/** Every problem has one judge. */
export function sideOf({ kind, at }: Problem): Side {
  switch (kind) {
    case 'expired':
    case 'not-yet-valid':
      return at === 0 ? 'dates' : 'trust';
    case 'host-not-named':
    case 'common-name-only':
      return 'name';
    case 'distrusted':
    case 'bad-signature':
      return 'trust';
    default:
      return 'rules';
  }
}

/** A problem with the certificate that it is about. */
export interface PlacedProblem {
  readonly problem: Problem;
  readonly name: string;
  /** In words, with the certificate's name where it is not the leaf's. */
  readonly reason: string;
  /** Undefined where the default of the finding holds. */
  readonly severity: 'warning' | 'notice' | undefined;
}

/** A person reads no more of them, and a hostile chain could hold thousands. */
const MOST = 20;
/** Heaviest first. */
const WEIGHTS: readonly Problem['enforcedBy'][] = ['clients', 'strict', 'nobody'];

/** The worst of them, in their order: what ends connections must not be cut off behind twenty formalities. */
export function worstOf(problems: readonly Problem[]): Problem[] {
  const weight = ({ enforcedBy }: Problem): number => WEIGHTS.indexOf(enforcedBy);
  const worst = new Set(problems.toSorted((one, other) => weight(one) - weight(other)).slice(0, MOST));
  return problems.filter((problem) => worst.has(problem));
}

/**
 * The problems of one side. Formalities that nobody enforces are left out: a certificate is not worth less for them.
 */
export function problemsOf({ path, problems }: ChainJudgement, side: Side, input: CertificateInput): PlacedProblem[] {
  const { strict = false } = input;
  const told = problems.filter(({ enforcedBy }) => enforcedBy !== 'nobody');
  const mine = told.filter((problem) => sideOf(problem) === side);
  return worstOf(mine).map((problem) => {
    const certificate = path[problem.at];
    const name = certificate === undefined ? 'unknown' : nameOf(certificate);
    const reason = problem.at === 0 ? inWords(problem) : `${inWords(problem)} (${name})`;
    return { problem, name, reason, severity: severityOf(problem, strict) };
  });
}

/**
 * What ends connections is an error. What only strict validators refuse is one for the strict judge, else a warning; rules of the
 * public web, by which a private authority need not go, are a notice.
 */
function severityOf({ enforcedBy, rule }: Problem, strict: boolean): 'warning' | 'notice' | undefined {
  if (enforcedBy === 'clients' || (strict && enforcedBy === 'strict')) return undefined;
  return enforcedBy === 'strict' && rule === 'rfc5280' ? 'warning' : 'notice';
}

/** A problem in a few words, for the picture of the chain. */
export function inWords(problem: Problem): string {
  switch (problem.kind) {
    case 'expired':
      return `expired on ${showDate(isoDate(problem.notAfter))}`;
    case 'not-yet-valid':
      return `not valid before ${showDate(isoDate(problem.notBefore))}`;
    case 'host-not-named':
    case 'common-name-only':
      return `does not name ${problem.host}`;
    case 'distrusted':
      return problem.after === null
        ? `${problem.authority} is no longer trusted`
        : `${problem.authority} is not trusted for what it issued after ${showDate(isoDate(problem.after))}`;
    case 'weak-key':
      return `${problem.key}${problem.bits === null ? '' : ` with ${problem.bits} bits`}, ${problem.reason}`;
    case 'weak-signature':
      return `signed with ${problem.hash}, ${problem.reason}`;
    case 'wrong-usage':
      return problem.reason;
    case 'name-constraint':
      return `${problem.issuer} may not issue for ${problem.name}`;
    default:
      return `${INVALID[problem.kind]}${problem.reason}`;
  }
}

/** What stands before the reason, which is a few words about the place in the certificate. */
const INVALID: Readonly<Record<InvalidKind, string>> = {
  'bad-signature': 'the signature is wrong: ',
  'signature-mismatch': 'it names two algorithms for its signature: ',
  'path-length': 'the chain is longer than it allows: ',
  'not-an-authority': 'it is no certification authority: ',
  'may-not-sign-certificates': 'it may not sign certificates: ',
  'unknown-critical-extension': 'a critical extension that nobody knows: ',
  'duplicate-extension': 'an extension stands there twice: ',
  'extension-criticality': '',
  'missing-extension': 'an extension is missing: ',
  'forbidden-extension': 'an extension stands where none may: ',
  contradiction: 'it contradicts itself: ',
  malformed: 'malformed: ',
  version: '',
  'serial-number': 'the serial number: ',
  validity: 'its dates are written in a form that is not allowed: ',
  'empty-name': '',
  'alternative-name': 'its alternative names: ',
  'common-name': 'the common name: ',
  'key-identifier': 'the key identifiers: ',
  'explicit-curve': 'the curve of its key is written out instead of named: ',
  'usage-form': 'what it is for: ',
  policy: 'certificate policies: ',
};
