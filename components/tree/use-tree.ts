'use client';
/** What a person has done to the tree: opened, closed, filtered, moved to; and how each is carried out. */
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { lineage, type ResultNode, walk } from '#lib/result/node.ts';
import { reasonOf, rowId } from './sentence.ts';
import type { TimelineDrawing } from './use-timeline.ts';
import { type Filter, isExpandable, shownBy, type TreeView, visibleRows } from './view.ts';

/** What every row gets. It changes when a person acts, never because an event came in: so the other rows need no drawing. */
export interface RowContext extends TreeView {
  /** The one row that the Tab key reaches. */
  readonly active: string;
  /** Opened one by one, not by "expand all": what was seen is fetched at once. */
  readonly byHand: ReadonlySet<string>;
  readonly reason: (because: string) => string | null;
  readonly base: string;
  /** When the run started: dates are judged from there. */
  readonly at: string;
  /** Draws when a step ran; null while nobody wants to see it. */
  readonly Bar: TimelineDrawing['Bar'] | null;
}

const nothing: ReadonlySet<string> = new Set();

export function useTree(root: ResultNode, given: Pick<RowContext, 'ended' | 'base' | 'at' | 'Bar'>) {
  const { ended, base, at, Bar } = given;
  const [toggles, setToggles] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [byHand, setByHand] = useState(nothing);
  const [wished, setActive] = useState('');
  const [filter, setFilter] = useState<Filter>({ only: 'all', words: '' });
  const applied = useDeferredValue(filter);

  const shown = useMemo(() => shownBy(root, applied), [root, applied]);
  // Written while drawing: a row that was skipped asks for its reason in the same pass in which both arrived.
  const latest = useRef(root);
  latest.current = root;
  const reason = useCallback((because: string) => reasonOf(latest.current, because), []);

  const rows = visibleRows(root, { ended, toggles, shown });
  const active = rows.some((row) => row.id === wished) ? wished : (rows[0]?.id ?? '');
  const context: RowContext = useMemo(
    () => ({ ended, toggles, shown, active, byHand, reason, base, at, Bar }),
    [ended, toggles, shown, active, byHand, reason, base, at, Bar],
  );

  const toggle = (id: string, open: boolean) => {
    setToggles((known) => new Map(known).set(id, open));
    setByHand((known) => (open ? new Set(known).add(id) : without(known, id)));
  };
  /** Opens what stands above a row and moves there, because somebody asked for it. */
  const reveal = (id: string) => {
    const above = lineage(id).slice(0, -1);
    if (shown !== null && !shown.has(id)) setFilter({ only: 'all', words: '' });
    setToggles((known) => new Map([...known, ...above.map((each) => [each, true] as const)]));
    setActive(id);
    setTimeout(() => focusRow(id));
  };
  const openAll = (open: boolean) => {
    const ids = [...walk(root)].filter(isExpandable).map((node) => [node.id, open] as const);
    setToggles(new Map(ids));
    setByHand(nothing);
  };
  /** From the first touch on, nothing that is open closes by itself. */
  const engage = () => {
    if (ended) return;
    const open = rows.filter((row) => row.open === true && !toggles.has(row.id));
    if (open.length > 0) setToggles((known) => new Map([...open.map((row) => [row.id, true] as const), ...known]));
  };
  const allOpen = rows.length > 0 && rows.every((row) => row.open !== false);
  return { rows, context, filter, setFilter, setActive, toggle, reveal, openAll, allOpen, engage };
}

export type TreeControl = ReturnType<typeof useTree>;

function without(known: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const rest = new Set(known);
  rest.delete(id);
  return rest;
}

/** Focus goes to the row, and the page moves no further than it has to. */
export function focusRow(id: string): void {
  const row = document.getElementById(rowId(id));
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
}
