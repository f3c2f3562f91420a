'use client';
/** The timeline: whether a person wants it, the code that draws it, and how long it is. */
import { createContext, useState } from 'react';
import { type ResultNode, walk } from '#lib/result/node.ts';

export type TimelineDrawing = typeof import('./timeline.tsx');

/** Where the timeline ends, in milliseconds of the run. A context of its own: rows need not be drawn anew when it grows. */
export const TimelineEnd = createContext(0);

export function useTimeline(root: ResultNode) {
  const [drawing, setDrawing] = useState<TimelineDrawing | null>(null);
  const [shown, setShown] = useState(false);
  const toggle = () => {
    setShown(!shown);
    // The server may have been updated under the open page: then there is no timeline to be had.
    if (drawing === null) import('./timeline.tsx').then(setDrawing, () => setShown(false));
  };
  const isDrawn = shown && drawing !== null;
  return { shown: isDrawn, drawing: isDrawn ? drawing : null, toggle, end: isDrawn ? drawing.endOf(latest(root)) : 0 };
}

export type TimelineControl = ReturnType<typeof useTimeline>;

/** The last moment of which anything is known. */
function latest(root: ResultNode): number {
  const ends = [...walk(root)].map(({ startedMs, elapsedMs }) => (startedMs ?? 0) + (elapsedMs ?? 0));
  return Math.max(...ends);
}
