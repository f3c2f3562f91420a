/** When each step ran, as a bar at the end of its row: what stands below each other ran side by side. */
import { useContext } from 'react';
import { showDuration } from '#lib/result/message.ts';
import type { ResultNode } from '#lib/result/node.ts';
import { TimelineEnd } from './use-timeline.ts';

/** Shorter bars could not be seen. In percent, as everything here that has a place. */
const SHORTEST = 0.8;
const TICKS = [0, 25, 50, 75, 100];

export function Bar({ node, tone }: { node: ResultNode; tone: string }) {
  const span = spanOf(node, useContext(TimelineEnd));
  return (
    <svg className={`tree-bar ${tone}`} role={span === null ? 'presentation' : 'img'} aria-label={span?.words}>
      {TICKS.map((at) => (
        <line key={at} x1={`${at}%`} x2={`${at}%`} y1="-0.4rem" y2="100%" className="stroke-line" />
      ))}
      {span !== null && (
        <rect
          x={`${span.from}%`}
          width={`${span.length}%`}
          y={node.children.length > 0 ? 8 : 6}
          height={node.children.length > 0 ? 4 : 8}
          rx="2"
          className="fill-current"
          opacity={span.isOpen ? 0.4 : 1}
        >
          <title>{span.words}</title>
        </rect>
      )}
    </svg>
  );
}

/** The moments above the bars. Each bar says its own in words. */
export function Axis({ end }: { end: number }) {
  return (
    <p className="tree-axis" aria-hidden="true">
      {[0, end / 2, end].map((ms) => (
        <span key={ms}>{ms === 0 ? '0' : showDuration(ms)}</span>
      ))}
    </p>
  );
}

interface Span {
  readonly from: number;
  readonly length: number;
  /** It has not ended, so it is drawn up to the edge. */
  readonly isOpen: boolean;
  readonly words: string;
}

/** Where a step lies between the beginning and the end of the timeline; null for one that never began. */
export function spanOf({ startedMs, elapsedMs, status }: ResultNode, end: number): Span | null {
  if (startedMs === null || (elapsedMs === null && status !== 'running')) return null;
  const share = (ms: number): number => Math.min(100, Math.max(0, (100 * ms) / end));
  const stopped = elapsedMs === null ? null : startedMs + elapsedMs;
  const from = Math.min(share(startedMs), 100 - SHORTEST);
  return {
    from,
    length: Math.max(SHORTEST, share(stopped ?? end) - from),
    isOpen: stopped === null,
    words:
      stopped === null
        ? `since ${showDuration(startedMs)}`
        : `from ${showDuration(startedMs)} to ${showDuration(stopped)}`,
  };
}

const ROUND = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10];

/** A round number above: so that the timeline stands still while the run goes on, and its ticks can be read. */
export function endOf(latestMs: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(10, latestMs)));
  return unit * (ROUND.find((round) => round * unit >= latestMs) ?? 10);
}
