/** The pure fold: events in, tree out. Only the nodes on the way to a change are made anew, so a view can keep the others. */
import type { EventBody, Question, RunEvent, RunHead } from './events.ts';
import type { Finding } from './finding.ts';
import { childId, lineage, type PlannedNode, type ResultNode, ROOT } from './node.ts';
import type { ClientOutcome, Verdict } from './verdict.ts';

export interface RunState {
  readonly status: 'queued' | 'running' | 'closed';
  /** The last event that is in here; 0 before the first. */
  readonly seq: number;
  readonly head: RunHead | null;
  readonly root: ResultNode;
  readonly verdict: Verdict | null;
  readonly clients: readonly ClientOutcome[];
  /** Questions that wait for the owner's answer, in the order in which they were asked. */
  readonly questions: readonly OpenQuestion[];
  /** Wall clock of the first step; times of nodes count from here. */
  readonly zero: number | null;
  readonly elapsedMs: number | null;
}

/** A question, the node that asks it, and since when, in milliseconds of the run. */
export type OpenQuestion = Question & { readonly node: string; readonly askedMs: number };

const emptyRoot: ResultNode = {
  id: ROOT,
  step: ROOT,
  title: { key: 'run.title', args: {} },
  status: 'planned',
  startedMs: null,
  elapsedMs: null,
  findings: [],
  evidence: [],
  children: [],
};

export const emptyRun: RunState = {
  status: 'queued',
  seq: 0,
  head: null,
  root: emptyRoot,
  verdict: null,
  clients: [],
  questions: [],
  zero: null,
  elapsedMs: null,
};

/** Adds one event. An event that is in already (a stream that resumed) changes nothing. */
export function reduce(run: RunState, event: RunEvent): RunState {
  if (event.seq <= run.seq) return run;
  return { ...apply(run, event, event.at), seq: event.seq };
}

/** The state after all these events. */
export function fold(events: Iterable<RunEvent>): RunState {
  let run = emptyRun;
  for (const event of events) run = reduce(run, event);
  return run;
}

function apply(run: RunState, event: EventBody, at: number): RunState {
  switch (event.kind) {
    case 'opened':
      return { ...run, head: event.head, root: { ...run.root, title: event.head.title } };
    case 'planned':
      return change(run, event.parent, (node) => ({
        ...node,
        children: [...node.children, ...event.nodes.map((planned) => toNode(node.id, planned))],
      }));
    case 'started': {
      const zero = run.zero ?? at;
      const started = { status: 'running', startedMs: round(at - zero) } as const;
      return change({ ...run, zero, status: 'running' }, event.node, (node) => ({ ...node, ...started }));
    }
    case 'found':
      return change(run, event.node, (node) => ({ ...node, findings: upsert(node.findings, event.finding) }));
    case 'evidence':
      return change(run, event.node, (node) => ({ ...node, evidence: [...node.evidence, event.evidence] }));
    case 'ended':
      return change(run, event.node, (node) => endNode(node, event, at - (run.zero ?? at)));
    case 'asked':
      return {
        ...run,
        questions: [...run.questions, { ...event.question, node: event.node, askedMs: round(at - (run.zero ?? at)) }],
      };
    case 'answered':
      return { ...run, questions: run.questions.filter(({ id }) => id !== event.question) };
    case 'judged':
      return { ...run, verdict: event.verdict, clients: event.clients };
    case 'closed':
      return { ...run, status: 'closed', questions: [], elapsedMs: run.zero === null ? 0 : round(at - run.zero) };
  }
}

function endNode(node: ResultNode, event: EventBody & { kind: 'ended' }, now: number): ResultNode {
  return {
    ...node,
    status: event.status,
    title: event.title ?? node.title,
    elapsedMs: node.startedMs === null ? null : round(now - node.startedMs),
    ...(event.because === undefined ? {} : { because: event.because }),
    ...(event.sameAs === undefined ? {} : { sameAs: event.sameAs }),
  };
}

function toNode(parent: string, planned: PlannedNode): ResultNode {
  const id = childId(parent, planned.key);
  return {
    id,
    step: planned.step,
    title: planned.title,
    status: 'planned',
    ...(planned.alternatives ? { alternatives: true } : {}),
    startedMs: null,
    elapsedMs: null,
    findings: [],
    evidence: [],
    children: planned.children.map((child) => toNode(id, child)),
  };
}

function change(run: RunState, id: string, by: (node: ResultNode) => ResultNode): RunState {
  const path = lineage(id);
  const descend = (node: ResultNode, depth: number): ResultNode => {
    if (depth === path.length) return by(node);
    const children = node.children.map((child) => (child.id === path[depth] ? descend(child, depth + 1) : child));
    return { ...node, children };
  };
  return { ...run, root: descend(run.root, 0) };
}

function upsert(findings: readonly Finding[], finding: Finding): readonly Finding[] {
  const known = findings.some((other) => other.id === finding.id);
  return known ? findings.map((other) => (other.id === finding.id ? finding : other)) : [...findings, finding];
}

const round = (ms: number): number => Math.max(0, Math.round(ms * 10) / 10);
