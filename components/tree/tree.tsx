'use client';
/** The result tree: one stop for the Tab key, everything inside by arrows and letters. */
import { type FocusEvent, type KeyboardEvent, type MouseEvent, useEffect, useRef } from 'react';
import { type ResultNode, walk } from '#lib/result/node.ts';
import { FilterBar } from './filter-bar.tsx';
import { KeyHelp } from './key-help.tsx';
import { type Intent, intentOf, nextProblem, typeAhead } from './keys.ts';
import { rowHref } from './sentence.ts';
import { saysWhy, TreeItem } from './tree-item.tsx';
import { TimelineEnd, useTimeline } from './use-timeline.ts';
import { focusRow, type TreeControl, useTree } from './use-tree.ts';
import { useTyped } from './use-typed.ts';
import { isShown, problems, topPlace } from './view.ts';

interface TreeProps {
  root: ResultNode;
  ended: boolean;
  base: string;
  at: string;
}

export function Tree({ root, ended, base, at }: TreeProps) {
  const timeline = useTimeline(root);
  const tree = useTree(root, { ended, base, at, Bar: timeline.drawing?.Bar ?? null });
  const filterBox = useRef<HTMLInputElement>(null);
  const help = useRef<HTMLDialogElement>(null);
  const typed = useTyped();
  useStepLinks(root, tree);

  const nextFailure = () => {
    const order = [...walk(root)].map((node) => node.id);
    const next = nextProblem(order, problems(root), tree.context.active);
    if (next !== null) tree.reveal(next);
  };
  const carryOut = (intent: Intent) => {
    if (intent.kind === 'focus') focusRow(intent.id);
    else if (intent.kind === 'reveal') tree.reveal(intent.id);
    else if (intent.kind === 'toggle') tree.toggle(intent.id, intent.open);
    else if (intent.kind === 'expand-all') tree.openAll(!tree.allOpen);
    else if (intent.kind === 'next-problem') nextFailure();
    else if (intent.kind === 'filter') filterBox.current?.focus();
    else help.current?.showModal();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isRow(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    tree.engage();
    const intent = intentOf(event.key, tree.rows, tree.context.active, typed.now());
    if (intent === null && event.key.length !== 1) return;
    if (intent === null && event.key === ' ') return;
    event.preventDefault();
    if (intent !== null) return carryOut(intent);
    const match = typeAhead(tree.rows, tree.context.active, typed.add(event.key));
    if (match !== null) focusRow(match);
  };
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const row = rowUnder(event.target);
    if (row === null || window.getSelection()?.type === 'Range') return;
    tree.engage();
    tree.setActive(row.id);
    if (row.open !== null) tree.toggle(row.id, !row.open);
  };
  const onFocus = (event: FocusEvent) => {
    if (isRow(event.target)) tree.setActive(event.target.dataset.node ?? '');
  };

  const children = root.children.filter((node) => isShown(node, tree.context));
  return (
    <section aria-labelledby="steps">
      <FilterBar tree={tree} timeline={timeline} box={filterBox} help={() => help.current?.showModal()} />
      {timeline.drawing && <timeline.drawing.Axis end={timeline.end} />}
      <div
        role="tree"
        className={timeline.shown ? 'tree-timed' : ''}
        aria-labelledby="steps"
        aria-busy={!ended}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onFocus={onFocus}
      >
        <TimelineEnd value={timeline.end}>
          {children.map((node, index) => (
            <TreeItem
              key={node.id}
              node={node}
              place={topPlace}
              position={index + 1}
              size={children.length}
              saysWhy={saysWhy(node, root, children[index - 1])}
              context={tree.context}
            />
          ))}
        </TimelineEnd>
      </div>
      {children.length === 0 && (
        <p className="px-2 py-3 text-sm text-soft">
          {root.children.length === 0 ? 'The steps appear here.' : 'No step matches the filter.'}
        </p>
      )}
      <KeyHelp dialog={help} />
    </section>
  );
}

/** A link to a step, wherever on the page it stands, opens the way to it. */
function useStepLinks(root: ResultNode, tree: TreeControl) {
  useEffect(() => {
    const follow = (event: Event) => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="#step-"]') : null;
      const href = link?.getAttribute('href');
      const node = href && [...walk(root)].find((each) => rowHref(each.id) === href);
      if (!node) return;
      event.preventDefault();
      tree.reveal(node.id);
    };
    document.addEventListener('click', follow);
    return () => document.removeEventListener('click', follow);
  });
}

/** What was seen stands in the tree as well, and may be a tree of its own. */
const isRow = (target: EventTarget): target is HTMLElement =>
  target instanceof HTMLElement && target.matches('[role=treeitem][data-node]');

/** The row that was pressed; `null` beside the rows and on links and buttons inside them. */
function rowUnder(target: EventTarget): { id: string; open: boolean | null } | null {
  if (!(target instanceof Element) || target.closest('a, button') !== null) return null;
  const row = target.closest<HTMLElement>('.tree-row');
  const id = row?.dataset.node;
  if (row == null || id === undefined) return null;
  const open = row.getAttribute('aria-expanded');
  return { id, open: open === null ? null : open === 'true' };
}
