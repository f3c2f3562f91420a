/** The run's answer, computed once at the end out of the tree: what is the root cause, who acts, what followed from it. */

import type { Actor, Severity } from './catalogue/entry.ts';
import { catalogue, type FindingCode } from './catalogue/index.ts';
import type { Finding } from './finding.ts';
import type { Message } from './message.ts';
import { type NodeState, type ResultNode, walk } from './node.ts';
import { findingMessage, text } from './text.ts';

export type Outcome = 'passed' | 'warning' | 'failed' | 'incomplete' | 'broken';

export interface Cause {
  readonly finding: string;
  readonly node: string;
  readonly actor: Actor;
  /** Steps that were not reached because of it. */
  readonly consequences: number;
}

export interface Verdict {
  readonly status: Outcome;
  /** The code of `causes[0]`. */
  readonly code: FindingCode | null;
  readonly actor: Actor | null;
  readonly summary: Message;
  /** Errors in plan order, then warnings in plan order. */
  readonly causes: readonly Cause[];
}

/** What this run shows for one generation of mail clients. */
export interface ClientOutcome {
  readonly client: string;
  readonly outcome: 'connects' | 'blocked' | 'not-tested';
  readonly by: string | null;
  readonly because: readonly FindingCode[];
}

interface Counted {
  readonly finding: Finding;
  readonly node: string;
  readonly weight: 'error' | 'warning';
}

/** Judges a finished tree. `target` goes into the summary sentence. */
export function judge(root: ResultNode, analyzer: string, target: string): Verdict {
  const counted = [...countFindings(root)];
  const found = rootCauses(counted);
  const causes = found.filter((cause, place) => found.findIndex((other) => isSame(other, cause)) === place);
  const status = outcome(root, causes);
  const named = status === 'failed' || status === 'warning' ? causes : [];
  const first = named[0];
  return {
    status,
    code: first?.finding.code ?? null,
    actor: first === undefined ? null : catalogue[first.finding.code].actor,
    summary: summary(status, analyzer, target, first?.finding ?? ownFinding(root)),
    causes: named.map((cause) => toCause(cause, found, root)),
  };
}

/**
 * Findings that weigh, in plan order. A finding weighs no more than the states above it admit: under an alternative that was not
 * needed it does not count; under one that ended as a warning, or was not tested to its end, it is a warning.
 */
function* countFindings(node: ResultNode, cap: Severity = 'error'): Generator<Counted> {
  const own = capOf(node.status, cap);
  if (own === 'notice') return;
  for (const finding of node.findings) {
    const weight = lighter(finding.severity, own);
    if (weight !== 'notice' && !finding.code.startsWith('tool.')) yield { finding, node: node.id, weight };
  }
  for (const child of node.children) yield* countFindings(child, own);
}

function capOf(status: NodeState, cap: Severity): Severity {
  if (status === 'not-needed') return 'notice';
  return status === 'warning' || status === 'skipped' || status === 'broken' ? lighter(cap, 'warning') : cap;
}

const weights = { notice: 0, warning: 1, error: 2 } as const;
const lighter = (a: Severity, b: Severity): Severity => (weights[a] < weights[b] ? a : b);

function rootCauses(counted: readonly Counted[]): Counted[] {
  const ids = new Set(counted.map(({ finding }) => finding.id));
  const causes = counted.filter(({ finding }) => finding.causedBy === undefined || !ids.has(finding.causedBy));
  return [...causes.filter((c) => c.weight === 'error'), ...causes.filter((c) => c.weight === 'warning')];
}

/** What several ways came upon, such as both transports to one mailbox, is one thing to repair. */
const isSame = (a: Counted, b: Counted): boolean =>
  a.finding.code === b.finding.code && text(findingMessage(a.finding)) === text(findingMessage(b.finding));

function outcome(root: ResultNode, causes: readonly Counted[]): Outcome {
  if (causes[0]?.weight === 'error') return 'failed';
  if (root.status === 'broken') return isFault(root) ? 'broken' : 'incomplete';
  if (root.status === 'skipped') return 'incomplete';
  return causes.length > 0 ? 'warning' : 'passed';
}

function isFault(root: ResultNode): boolean {
  return codesOf(root).includes('tool.fault');
}

function codesOf(root: ResultNode): FindingCode[] {
  return [...walk(root)].flatMap((node) => node.findings.map((finding) => finding.code));
}

/** What explains an unfinished run: our own word, or what was said of the first step that was not tested. */
function ownFinding(root: ResultNode): Finding | undefined {
  return [...untested(root)]
    .flatMap((node) => node.findings)
    .find((finding) => finding.severity !== 'error' || finding.code.startsWith('tool.'));
}

/** Whatever nobody needed does not matter. */
function* untested(node: ResultNode): Generator<ResultNode> {
  if (node.status === 'not-needed') return;
  if (node.status === 'skipped' || node.status === 'broken') yield node;
  for (const child of node.children) yield* untested(child);
}

/** Outlook's test went as far as the settings once; what was stored then keeps its sentences. */
const speakers: Readonly<Record<string, string>> = { outlook: 'outlook-mailbox' };

function summary(status: Outcome, analyzer: string, target: string, because: Finding | undefined): Message {
  const cause = because && findingMessage(because);
  if (status === 'broken') return { key: 'verdict.broken', args: {} };
  const speaker = speakers[analyzer] ?? analyzer;
  if (status === 'passed') return { key: `verdict.passed.${speaker}`, args: { target } };
  if (cause === undefined) return { key: 'verdict.incomplete', args: {} };
  if (status === 'incomplete') return cause;
  return { key: `verdict.${status}.${speaker}`, args: { target, cause } };
}

/** A step that was stopped by something which this finding explains was stopped by this finding. */
function toCause(cause: Counted, found: readonly Counted[], root: ResultNode): Cause {
  const { finding, node } = cause;
  const nodes = [...walk(root)];
  const same = found.filter((other) => isSame(other, cause));
  const ids = same.map((each) => each.finding.id);
  const explained = nodes.filter((other) => other.findings.some(({ causedBy = '' }) => ids.includes(causedBy)));
  const stoppers = [...same.map((each) => each.node), ...explained.map(({ id }) => id)];
  const stopped = nodes.filter(({ status, because = '' }) => status === 'skipped' && stoppers.includes(because));
  return { finding: finding.id, node, actor: catalogue[finding.code].actor, consequences: stopped.length };
}
