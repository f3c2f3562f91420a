/** The keyboard of the tree: a key pressed on a row gives an intent. Pure; the component carries it out. */
import type { VisibleRow } from './view.ts';

export type Intent =
  | { readonly kind: 'focus' | 'reveal'; readonly id: string }
  | { readonly kind: 'toggle'; readonly id: string; readonly open: boolean }
  | { readonly kind: 'expand-all' | 'next-problem' | 'filter' | 'help' };

const commands: Readonly<Record<string, Intent>> = {
  e: { kind: 'expand-all' },
  f: { kind: 'next-problem' },
  '/': { kind: 'filter' },
  '?': { kind: 'help' },
};

/** `typed` is what has been typed within the last moment: while it is not empty, a letter goes on with the word. */
export function intentOf(key: string, rows: readonly VisibleRow[], active: string, typed: string): Intent | null {
  const at = rows.findIndex((row) => row.id === active);
  const row = rows[at];
  if (row === undefined) return null;
  return movement(key, rows, at) ?? opening(key, rows, row) ?? command(key, typed);
}

function movement(key: string, rows: readonly VisibleRow[], at: number): Intent | null {
  const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[key];
  return target === undefined ? null : focus(rows[target]);
}

function opening(key: string, rows: readonly VisibleRow[], row: VisibleRow): Intent | null {
  const toggle = (open: boolean): Intent => ({ kind: 'toggle', id: row.id, open });
  switch (key) {
    case 'ArrowRight':
      return row.open === false ? toggle(true) : focus(rows.find((other) => other.parent === row.id));
    case 'ArrowLeft':
      return row.open === true ? toggle(false) : focus(rows.find((other) => other.id === row.parent));
    case 'Enter':
    case ' ':
      if (row.open !== null) return toggle(!row.open);
      return row.because === null ? null : { kind: 'reveal', id: row.because };
    default:
      return null;
  }
}

function command(key: string, typed: string): Intent | null {
  const inWord = typed !== '' && /\p{L}/u.test(key);
  return inWord ? null : (commands[key] ?? null);
}

const focus = (row: VisibleRow | undefined): Intent | null =>
  row === undefined ? null : { kind: 'focus', id: row.id };

/** The next row that begins with these letters, the present one last. One letter alone goes on to the next such row. */
export function typeAhead(rows: readonly VisibleRow[], active: string, typed: string): string | null {
  const at = rows.findIndex((row) => row.id === active);
  const from = typed.length === 1 ? at + 1 : at;
  const around = [...rows.slice(from), ...rows.slice(0, from)];
  return around.find((row) => row.label.toLowerCase().startsWith(typed.toLowerCase()))?.id ?? null;
}

/** The problem after the active row, beginning again at the top. `order` holds all rows of the tree in plan order. */
export function nextProblem(order: readonly string[], problems: readonly string[], active: string): string | null {
  const at = order.indexOf(active);
  return problems.find((id) => order.indexOf(id) > at) ?? problems[0] ?? null;
}
