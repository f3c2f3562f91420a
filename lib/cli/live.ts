/** Draws the tree on a terminal while it grows, on standard error, and wipes it away before the result is printed. */

import { nodeLine } from '#lib/report/tree.ts';
import type { RunEvent } from '#lib/result/events.ts';
import type { ResultNode } from '#lib/result/node.ts';
import { emptyRun, type RunState, reduce } from '#lib/result/reducer.ts';

export interface LiveTree {
  add(event: RunEvent): void;
  /** Wipes the drawing away, and keeps still: something else is being said. */
  pause(): void;
  resume(): void;
}

interface Terminal {
  readonly isTTY?: boolean;
  readonly rows?: number;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A live drawing on this terminal; where it is none, nothing is drawn. */
export function liveTree(terminal: Terminal): LiveTree {
  if (terminal.isTTY !== true) return { add: () => undefined, pause: () => undefined, resume: () => undefined };
  let state: RunState = emptyRun;
  let drawn = 0;
  let scheduled = false;
  let still = false;
  const clear = (): void => {
    if (drawn > 0) terminal.write(`\u001b[${drawn}A\u001b[J`);
    drawn = 0;
  };
  const draw = (): void => {
    scheduled = false;
    if (still) return;
    clear();
    const lines = rows(state.root, 0).slice(0, (terminal.rows ?? 24) - 1);
    terminal.write(lines.map((line) => `${line.slice(0, (terminal.columns ?? 80) - 1)}\n`).join(''));
    drawn = lines.length;
  };
  const schedule = (): void => {
    if (!scheduled) setImmediate(draw);
    scheduled = true;
  };
  return {
    add: (event) => {
      state = reduce(state, event);
      schedule();
    },
    pause: () => {
      still = true;
      clear();
    },
    resume: () => {
      still = false;
      schedule();
    },
  };
}

function rows(node: ResultNode, depth: number): string[] {
  return node.children.flatMap((child) => [`${'  '.repeat(depth)}${nodeLine(child)}`, ...rows(child, depth + 1)]);
}
