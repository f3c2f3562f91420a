/** The result tree. */
import type { EvidenceRef } from './evidence.ts';
import type { Finding } from './finding.ts';
import type { Message } from './message.ts';

export type NodeState = 'planned' | 'running' | 'passed' | 'warning' | 'failed' | 'skipped' | 'not-needed' | 'broken';

/** States in which a node stays. */
export type EndState = Exclude<NodeState, 'planned' | 'running'>;

export interface ResultNode {
  /** Path of step keys, equal in every run: "autodiscover/https-root/tls". The root's is `run`. */
  readonly id: string;
  readonly step: string;
  readonly title: Message;
  readonly status: NodeState;
  /** Its children are alternatives to each other: a failed one is not judged before all have ended. */
  readonly alternatives?: true;
  readonly startedMs: number | null;
  readonly elapsedMs: number | null;
  /** The node that stopped it. */
  readonly because?: string;
  /** The node where this host fact is shown in full. */
  readonly sameAs?: string;
  readonly findings: readonly Finding[];
  readonly evidence: readonly EvidenceRef[];
  readonly children: readonly ResultNode[];
}

/** A node that is declared before it runs. */
export interface PlannedNode {
  /** Unique among its siblings; without a slash. */
  readonly key: string;
  readonly step: string;
  readonly title: Message;
  readonly alternatives?: true;
  /** Names a host fact: equal ones run once, and the first in plan order owns the result. */
  readonly fact?: string;
  readonly children: readonly PlannedNode[];
}

export const ROOT = 'run';

/** The id of a child. */
export function childId(parent: string, key: string): string {
  return parent === ROOT ? key : `${parent}/${key}`;
}

/** The ids from the root's child down to the node itself: `a/b/c` gives `a`, `a/b`, `a/b/c`. */
export function lineage(id: string): string[] {
  if (id === ROOT) return [];
  const keys = id.split('/');
  return keys.map((_, depth) => keys.slice(0, depth + 1).join('/'));
}

/** Every node in plan order, parents first. */
export function* walk(node: ResultNode): Generator<ResultNode> {
  yield node;
  for (const child of node.children) yield* walk(child);
}

/** The node with this id. */
export function find(root: ResultNode, id: string): ResultNode | undefined {
  let node: ResultNode | undefined = root;
  for (const step of lineage(id)) node = node?.children.find((child) => child.id === step);
  return node;
}

/**
 * The state of a group out of its children's: what failed outweighs our own fault, that outweighs what was not reached, that
 * outweighs a warning. Children that were not needed do not count.
 */
export function foldStates(states: readonly NodeState[]): EndState {
  const counted = states.filter((state) => state !== 'not-needed');
  if (states.length > 0 && counted.length === 0) return 'not-needed';
  for (const heavy of ['failed', 'broken', 'skipped', 'warning'] as const) if (counted.includes(heavy)) return heavy;
  return 'passed';
}

/** The state of a group that others do not depend on: a failure in it is worth a warning, and what was not reached nothing. */
export function foldAside(states: readonly NodeState[]): EndState {
  const state = foldStates(states.filter((each) => each !== 'skipped'));
  if (states.length > 0 && states.every((each) => each === 'skipped')) return 'skipped';
  return state === 'failed' ? 'warning' : state;
}
