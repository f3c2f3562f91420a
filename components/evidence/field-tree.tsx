/** The fields of a message as a tree: one stop for the Tab key, everything inside by arrows and letters. */
import { type FocusEvent, type KeyboardEvent, type MouseEvent, memo, type PointerEvent, type RefObject } from 'react';
import { intentOf, typeAhead } from '#components/tree/keys.ts';
import { useTyped } from '#components/tree/use-typed.ts';
import { Icon } from '#components/ui/icons.tsx';
import {
  type Dissected,
  type FieldNode,
  type FieldView,
  groupOfMore,
  isOpen,
  lineage,
  moreId,
  ROWS_AT_ONCE,
  shownOf,
  visibleRows,
} from './fields.ts';
import { cut } from './names.ts';
import { octetCount, offsetText, type Span } from './octets.ts';

interface FieldTreeProps {
  dissected: Dissected;
  view: FieldView;
  /** The row that the Tab key reaches, and whether its field is the one that is marked. */
  active: string;
  isChosen: boolean;
  label: string;
  pane: RefObject<HTMLDivElement | null>;
  onChange: (view: FieldView) => void;
  onChoose: (id: string) => void;
  onPoint: (id: string | null) => void;
}

export const FieldTree = memo(function FieldTree(props: FieldTreeProps) {
  const { dissected, view, label, pane, onChange, onChoose, onPoint } = props;
  const { toggles, limits } = view;
  const rows = visibleRows(dissected, view);
  const active = rows.some(({ id }) => id === props.active) ? props.active : (rows[0]?.id ?? '');
  const typed = useTyped();
  const showMore = (group: string) => {
    const nodes = group === '' ? dissected.roots : (dissected.byId.get(group)?.children ?? []);
    const limit = limits.get(group) ?? ROWS_AT_ONCE;
    onChange({ toggles, limits: new Map(limits).set(group, limit + ROWS_AT_ONCE) });
    setTimeout(() => focus(nodes[limit]?.id ?? active));
  };
  const toggle = (id: string, open: boolean) => {
    const group = groupOfMore(id);
    if (group !== null) showMore(group);
    else onChange({ limits, toggles: new Map(toggles).set(id, open) });
  };
  const focus = (id: string) => {
    const row = pane.current?.querySelector<HTMLElement>(`[data-field="${id}"]`);
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const intent = intentOf(event.key, rows, active, typed.now());
    if (intent?.kind === 'toggle') toggle(intent.id, intent.open);
    else if (intent?.kind === 'focus') focus(intent.id);
    else if (event.key.length !== 1 || event.key === ' ') return;
    else focus(typeAhead(rows, active, typed.add(event.key)) ?? active);
    event.preventDefault();
  };
  const onClick = (event: MouseEvent) => {
    const row = rowUnder(event.target);
    const [id, open] = [row?.dataset.field, row?.dataset.open];
    if (id === undefined || window.getSelection()?.type === 'Range') return;
    onChoose(id);
    if (open !== undefined) toggle(id, open !== 'true');
  };
  const onFocus = (event: FocusEvent) => onChoose(rowUnder(event.target)?.dataset.field ?? active);
  // Not when it comes over a row: rows that scroll by under a pointer at rest are not pointed at.
  const onPointerMove = (event: PointerEvent) => onPoint(rowUnder(event.target)?.dataset.field ?? null);
  return (
    <div
      ref={pane}
      role="tree"
      aria-label={label}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={onFocus}
      onPointerMove={onPointerMove}
      onPointerLeave={() => onPoint(null)}
      className="message-pane"
    >
      <Rows {...props} active={active} nodes={dissected.roots} group="" level={1} />
    </div>
  );
});

type RowsProps = Pick<FieldTreeProps, 'dissected' | 'view' | 'active' | 'isChosen'> & {
  nodes: readonly FieldNode[];
  group: string;
  level: number;
};

function Rows({ nodes, group, level, ...rest }: RowsProps) {
  const { dissected, view, active, isChosen } = rest;
  const shown = shownOf(nodes, group, view);
  return (
    <>
      {shown.nodes.map((node, place) => {
        const open = node.children.length === 0 ? undefined : isOpen(node, level, dissected, view);
        return (
          <div key={node.id}>
            <div
              role="treeitem"
              data-field={node.id}
              data-open={open}
              tabIndex={node.id === active ? 0 : -1}
              aria-level={level}
              aria-posinset={place + 1}
              aria-setsize={nodes.length}
              aria-expanded={open}
              aria-selected={isChosen && node.id === active}
              className="field-row"
            >
              {open === undefined ? <span /> : <Icon name="chevron" className="tree-chevron mt-0.5 text-mute" />}
              <FieldText node={node} hidden={dissected.layers[node.layer]?.hidden ?? []} />
            </div>
            {open && (
              // biome-ignore lint/a11y/useSemanticElements: the pattern of a tree asks for the role group
              <div role="group" className="field-group">
                <Rows {...rest} nodes={node.children} group={node.id} level={level + 1} />
              </div>
            )}
          </div>
        );
      })}
      {shown.more > 0 && (
        <div
          role="treeitem"
          data-field={moreId(group)}
          data-open={false}
          tabIndex={moreId(group) === active ? 0 : -1}
          aria-level={level}
          aria-selected={false}
          className="field-row"
        >
          <span />
          <span className="text-accent">
            {Math.min(ROWS_AT_ONCE, shown.more)} more of {nodes.length.toLocaleString('en')}
          </span>
        </div>
      )}
    </>
  );
}

function FieldText({ node, hidden }: { node: FieldNode; hidden: readonly Span[] }) {
  const { name, value, kind, span, parent } = node;
  if (kind === 'problem')
    return (
      <span className="flex min-w-0 items-start gap-1.5 text-bad">
        <Icon name="cross" className="mt-0.5" />
        <span className="min-w-0 wrap-anywhere">
          {cut(name)} cannot be read: {cut(value ?? '')}
        </span>
      </span>
    );
  const isHidden = kind === 'field' && hidden.some(({ from, to }) => span.from < to && from < span.to);
  return (
    <span className="field-text">
      <span className="wrap-anywhere">{kind === 'unpacked' ? `unpacked: ${cut(name)}` : cut(name)}</span>
      {value !== null && <span className="font-mono text-soft">{cut(value)}</span>}
      {isHidden && node.children.length === 0 && <span className="text-mute">not kept, because it is secret</span>}
      <span className="sr-only">
        {octetCount(span.to - span.from)} at {offsetText(span.from)}
        {kind === 'field' && parent !== null && lineage(node).some((id) => id.endsWith('unpacked'))
          ? ' of the unpacked ones'
          : ''}
      </span>
    </span>
  );
}

const rowUnder = (target: EventTarget): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-field]') : null;
