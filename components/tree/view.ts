/** Which rows are there to be seen: what is open, by itself or by hand, and what a filter leaves. Pure, so it can be tested. */
import type { ResultNode } from '#lib/result/node.ts';
import { sentenceOf } from './sentence.ts';
import { type Cap, capBelow, leadsToProblem, needsEye } from './tone.ts';

export interface TreeView {
  /** The run has ended, so states are final. */
  readonly ended: boolean;
  /** What a person opened or closed: it wins over everything else. */
  readonly toggles: ReadonlyMap<string, boolean>;
  /** What the filter leaves; `null` without a filter. */
  readonly shown: ReadonlySet<string> | null;
}

export interface Filter {
  readonly only: 'all' | 'problems';
  readonly words: string;
}

export interface VisibleRow {
  readonly id: string;
  readonly level: number;
  readonly parent: string | null;
  /** `null`: there is nothing to open. */
  readonly open: boolean | null;
  /** The row that stopped this one. */
  readonly because: string | null;
  readonly label: string;
}

export interface Place {
  readonly level: number;
  readonly cap: Cap;
  readonly alternative: boolean;
}

export const topPlace: Place = { level: 1, cap: 'bad', alternative: false };

/** The place of a node's children. */
export function placeBelow(node: ResultNode, { level, cap, alternative }: Place): Place {
  return { level: level + 1, cap: capBelow(node, cap, alternative), alternative: node.alternatives === true };
}

export const hasDetail = (node: ResultNode): boolean =>
  node.findings.length > 0 || node.evidence.length > 0 || node.sameAs !== undefined;
export const isExpandable = (node: ResultNode): boolean => node.children.length > 0 || hasDetail(node);

/**
 * While the run goes on all groups are open and rows change in place. When it has ended the way to each problem is open and
 * what passed is closed, except the first level, which says what was tested at all.
 */
export function isOpen(node: ResultNode, place: Place, view: TreeView): boolean {
  if (!isExpandable(node)) return false;
  const own = view.toggles.get(node.id);
  if (own !== undefined) return own;
  if (view.shown !== null) return node.children.some((child) => view.shown?.has(child.id));
  if (!view.ended || (place.level === 1 && node.children.length > 0)) return node.children.length > 0;
  return leadsToProblem(node, place.cap, place.alternative);
}

export const isShown = (node: ResultNode, view: TreeView): boolean => view.shown === null || view.shown.has(node.id);

/** The rows from top to bottom, as the keys walk through them. */
export function visibleRows(root: ResultNode, view: TreeView): VisibleRow[] {
  return root.children.flatMap((node) => rowsOf(node, topPlace, null, view));
}

function rowsOf(node: ResultNode, place: Place, parent: string | null, view: TreeView): VisibleRow[] {
  if (!isShown(node, view)) return [];
  const open = isOpen(node, place, view);
  const { id, because = null } = node;
  const state = isExpandable(node) ? open : null;
  const row = { id, level: place.level, parent, open: state, because, label: sentenceOf(node) };
  if (!open) return [row];
  return [row, ...node.children.flatMap((child) => rowsOf(child, placeBelow(node, place), id, view))];
}

/** What a filter leaves: each match with the rows above it; a match by words keeps the rows below it too. */
export function shownBy(root: ResultNode, { only, words }: Filter): ReadonlySet<string> | null {
  const wanted = words.trim().toLowerCase();
  if (only === 'all' && wanted === '') return null;
  const shown = new Set<string>();
  const visit = (node: ResultNode, place: Place, inside: boolean): boolean => {
    const says = inside || wanted === '' || `${sentenceOf(node)} ${node.id}`.toLowerCase().includes(wanted);
    const counts = says && (only === 'all' || needsEye(node, place.cap));
    const below = node.children.map((child) => visit(child, placeBelow(node, place), says && wanted !== ''));
    if (counts || below.includes(true)) shown.add(node.id);
    return counts || below.includes(true);
  };
  for (const child of root.children) visit(child, topPlace, false);
  return shown;
}

/** The problems in plan order, deepest first: where `f` goes. */
export function problems(root: ResultNode): string[] {
  const visit = (node: ResultNode, place: Place): string[] => {
    const below = node.children.flatMap((child) => visit(child, placeBelow(node, place)));
    return below.length > 0 || !needsEye(node, place.cap) ? below : [node.id];
  };
  return root.children.flatMap((child) => visit(child, topPlace));
}
