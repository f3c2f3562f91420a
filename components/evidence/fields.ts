/** The fields of a message as a tree whose rows have names, across octets that were unpacked out of others. Pure. */
import type { VisibleRow } from '#components/tree/view.ts';
import type { FieldSeen, MessageSeen } from '#lib/result/evidence.ts';
import { octetsOf, type Span } from './octets.ts';

/** Octets with places of their own: the message, or what one of its fields holds once it is unpacked. */
export interface Layer {
  readonly name: string;
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly hidden: readonly Span[];
  /** Where the packed ones stand; null for the message itself. */
  readonly within: { readonly layer: number; readonly span: Span } | null;
}

export interface FieldNode {
  readonly id: string;
  readonly name: string;
  readonly value: string | null;
  readonly kind: 'field' | 'unpacked' | 'problem';
  readonly layer: number;
  readonly span: Span;
  readonly parent: FieldNode | null;
  readonly children: FieldNode[];
}

export interface Dissected {
  readonly layers: readonly Layer[];
  readonly roots: readonly FieldNode[];
  readonly byId: ReadonlyMap<string, FieldNode>;
  readonly problem: FieldNode | null;
}

/** Takes a message apart: its layers, and all fields with their places. */
export function dissect(message: MessageSeen): Dissected {
  const hidden = (message.hidden ?? []).map(({ offset, length }) => ({ from: offset, to: offset + length }));
  const layers: Layer[] = [{ name: message.name, octets: octetsOf(message.base64), hidden, within: null }];
  const byId = new Map<string, FieldNode>();
  const grow = (field: FieldSeen, id: string, layer: number, parent: FieldNode | null): FieldNode => {
    const { name, value, offset, length } = field;
    const node = add({ id, name, value, kind: 'field', layer, span: { from: offset, to: offset + length }, parent });
    node.children.push(...field.children.map((child, place) => grow(child, `${id}.${place}`, layer, node)));
    if (field.layer !== undefined) node.children.push(unpack(field.layer, `${id}.unpacked`, node));
    return node;
  };
  const unpack = (
    { name, base64, fields }: NonNullable<FieldSeen['layer']>,
    id: string,
    holder: FieldNode,
  ): FieldNode => {
    const octets = octetsOf(base64);
    const layer = layers.push({ name, octets, hidden: [], within: holder }) - 1;
    const span = { from: 0, to: octets.length };
    const node = add({ id, name, value: null, kind: 'unpacked', layer, span, parent: holder });
    node.children.push(...fields.map((field, place) => grow(field, `${id}.${place}`, layer, node)));
    return node;
  };
  const add = (given: Omit<FieldNode, 'children'>): FieldNode => {
    const node = { ...given, children: [] };
    byId.set(node.id, node);
    return node;
  };
  const roots = message.fields.map((field, place) => grow(field, String(place), 0, null));
  const problem = message.problem === undefined ? null : placed(message.problem, roots, add);
  return { layers, roots, byId, problem };
}

type Problem = NonNullable<MessageSeen['problem']>;

/** The mistake as the last row of the group that could not be read to its end. */
function placed(
  problem: Problem,
  roots: FieldNode[],
  add: (node: Omit<FieldNode, 'children'>) => FieldNode,
): FieldNode {
  const group = groupOf(problem.path, roots);
  const span = { from: problem.offset, to: problem.offset + 1 };
  const node = add({
    ...{ id: 'problem', kind: 'problem', span, parent: group, layer: group?.layer ?? 0 },
    name: problem.path.slice(problem.path.lastIndexOf('.') + 1),
    value: problem.reason,
  });
  (group?.children ?? roots).push(node);
  return node;
}

/**
 * The innermost group that the path leads through: `connect.response.auxiliaryBuffer(LZ77).blocks[2].size`. It begins with words of its
 * own; a packed field is followed by how it was unpacked. Only the last group of a name can be the one that was not finished.
 */
function groupOf(path: string, roots: readonly FieldNode[]): FieldNode | null {
  let [group, nodes, rest]: [FieldNode | null, readonly FieldNode[], string] = [null, roots, path];
  for (;;) {
    const next = nodes.findLast(({ name, kind }) => kind === 'field' && stepAt(rest, name) >= 0);
    if (next === undefined) return group;
    rest = rest.slice(stepAt(rest, next.name) + next.name.length);
    const inner = rest.startsWith('(') ? next.children.find(({ kind }) => kind === 'unpacked') : undefined;
    if (next.value !== null && inner === undefined && next.children.length === 0) return group;
    group = inner ?? next;
    nodes = group.children;
  }
}

/** Where a name stands as a whole step of a path. */
function stepAt(path: string, name: string): number {
  const isStep = (at: number): boolean =>
    (at === 0 || name.startsWith('[') || path[at - 1] === '.') &&
    /^($|[.[(])/.test(path.slice(at + name.length, at + name.length + 1));
  let at = name === '' ? -1 : path.indexOf(name);
  while (at >= 0 && !isStep(at)) at = path.indexOf(name, at + 1);
  return at;
}

/** The innermost field at this octet of a layer. */
export function fieldAt({ roots, byId }: Dissected, layer: number, octet: number): FieldNode | null {
  const top =
    layer === 0
      ? roots
      : ([...byId.values()].find((node) => node.kind === 'unpacked' && node.layer === layer)?.children ?? []);
  let [found, nodes]: [FieldNode | null, readonly FieldNode[]] = [null, top];
  for (;;) {
    const next = nodes.find(
      ({ kind, layer: own, span }) => kind === 'field' && own === layer && octet >= span.from && octet < span.to,
    );
    if (next === undefined) return found;
    [found, nodes] = [next, next.children];
  }
}

/** What is marked in each layer while a field is looked at: itself, and what it was unpacked from. */
export function marksOf(layers: readonly Layer[], { layer, span }: FieldNode): ReadonlyMap<number, Span> {
  const marks = new Map([[layer, span]]);
  for (let holder = layers[layer]?.within; holder; holder = layers[holder.layer]?.within)
    marks.set(holder.layer, holder.span);
  return marks;
}

/** What a person has done to the tree. */
export interface FieldView {
  /** Opened and closed by hand. */
  readonly toggles: ReadonlyMap<string, boolean>;
  /** Groups of which more rows are wanted, and how many. */
  readonly limits: ReadonlyMap<string, number>;
}

/** Rows of one group that are shown at first, and each time that more are asked for. */
export const ROWS_AT_ONCE = 100;

/** Of a message that is short everything is open by itself. */
const SHORT = 60;

/** Of a longer one the smaller groups near the top are, and the way to a problem. */
export function isOpen(node: FieldNode, level: number, { problem, byId }: Dissected, { toggles }: FieldView): boolean {
  if (node.children.length === 0) return false;
  const isPlain = byId.size <= SHORT || (level <= 2 && node.children.length <= 30);
  return toggles.get(node.id) ?? (isPlain || lineage(problem).includes(node.id));
}

/** The groups around a field, the outermost first. */
export function lineage(node: FieldNode | null): string[] {
  return node === null || node.parent === null ? [] : [...lineage(node.parent), node.parent.id];
}

/** The rows of a group that are shown, and how many are not. */
export function shownOf(
  nodes: readonly FieldNode[],
  id: string,
  { limits }: FieldView,
): { nodes: readonly FieldNode[]; more: number } {
  const limit = limits.get(id) ?? ROWS_AT_ONCE;
  const shown = nodes.slice(0, limit);
  // A problem is the last row, and the one that is looked for.
  const problem = nodes.slice(limit).filter(({ kind }) => kind === 'problem');
  return { nodes: [...shown, ...problem], more: nodes.length - shown.length - problem.length };
}

/** The row that shows more of a group. */
export const moreId = (group: string): string => `${group}.more`;
export const groupOfMore = (id: string): string | null => (id.endsWith('.more') ? id.slice(0, -'.more'.length) : null);

/** The rows from top to bottom, as the keys walk through them. */
export function visibleRows(dissected: Dissected, view: FieldView): VisibleRow[] {
  const below = (nodes: readonly FieldNode[], parent: string | null, level: number): VisibleRow[] => {
    const { nodes: shown, more } = shownOf(nodes, parent ?? '', view);
    const rows = shown.flatMap((node) => {
      const open = isOpen(node, level, dissected, view);
      const state = node.children.length > 0 ? open : null;
      const row = { id: node.id, level, parent, open: state, because: null, label: node.name };
      return open ? [row, ...below(node.children, node.id, level + 1)] : [row];
    });
    if (more === 0) return rows;
    return [...rows, { id: moreId(parent ?? ''), level, parent, open: false, because: null, label: 'Show more' }];
  };
  return below(dissected.roots, null, 1);
}

/** The view in which a field can be seen. */
export function revealed(view: FieldView, node: FieldNode, roots: readonly FieldNode[]): FieldView {
  const toggles = new Map(view.toggles);
  const limits = new Map(view.limits);
  for (let each: FieldNode | null = node; each !== null; each = each.parent) {
    const [group, siblings] = [each.parent?.id ?? '', each.parent?.children ?? roots];
    if (each !== node) toggles.set(each.id, true);
    const wanted = siblings.indexOf(each) + 1;
    if (wanted > (limits.get(group) ?? ROWS_AT_ONCE)) limits.set(group, wanted);
  }
  return { toggles, limits };
}
