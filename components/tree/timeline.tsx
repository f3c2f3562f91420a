/** When each step ran, as a bar at the end of its row: what stands below each other ran side by side. */
import { useContext } from 'react';
import { showDuration } from '#lib/result/message.ts';
import type { ResultNode } from '#lib/result/node.ts';
import { TimelineEnd } from './use-timeline.ts';

/** Shorter bars could not be seen. In percent, as everything here that has a place. */
const SHORTEST = 0.8;

export function Bar({ node, tone }: { node: ResultNode; tone: string }) {
  const end = useContext(TimelineEnd);
  const own = spanOf(node, end);
  return (
    <span className={`tree-bar ${tone}`}>
      {own !== null && (
        <svg className="h-5 w-full" role="img">
          <title>{own.words}</title>
          {node.children.length > 0 && <Line span={own} height={2} />}
          {busy(node, end).map((span) => (
            <Line key={`${span.from} ${span.isOpen}`} span={span} height={8} />
          ))}
        </svg>
      )}
    </span>
  );
}

function Line({ span: { from, length, isOpen }, height }: { span: Stretch; height: number }) {
  return (
    <rect
      x={`${from}%`}
      width={`${length}%`}
      y={10 - height / 2}
      height={height}
      rx={height / 4}
      className="fill-current"
      opacity={isOpen ? 0.4 : 1}
    />
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

interface Stretch {
  readonly from: number;
  readonly length: number;
  /** It has not ended, so it is drawn up to the edge. */
  readonly isOpen: boolean;
}

/** Where a step lies between the beginning and the end of the timeline; null for one that never began. */
export function spanOf(
  { startedMs, elapsedMs, status }: ResultNode,
  end: number,
): (Stretch & { readonly words: string }) | null {
  if (startedMs === null || (elapsedMs === null && status !== 'running')) return null;
  const began = showDuration(startedMs);
  const from = Math.min(percent(startedMs / end), 100 - SHORTEST);
  const to = elapsedMs === null ? 100 : percent((startedMs + elapsedMs) / end);
  return {
    from,
    length: Math.max(SHORTEST, round(to - from)),
    isOpen: elapsedMs === null,
    words: elapsedMs === null ? `since ${began}` : `from ${began} to ${showDuration(startedMs + elapsedMs)}`,
  };
}

/**
 * When something was done in a step or below it: groups wait as well, for those that run beside them. Stretches that touch each
 * other are one.
 */
export function busy(node: ResultNode, end: number): Stretch[] {
  const spans = leaves(node).flatMap((leaf) => spanOf(leaf, end) ?? []);
  const merged: Stretch[] = [];
  for (const { from, length, isOpen } of spans.toSorted((one, other) => one.from - other.from)) {
    const last = merged.at(-1);
    if (last === undefined || last.isOpen !== isOpen || from > last.from + last.length + SHORTEST)
      merged.push({ from, length, isOpen });
    else merged.splice(-1, 1, { ...last, length: Math.max(last.length, round(from + length - last.from)) });
  }
  return merged;
}

const leaves = (node: ResultNode): ResultNode[] =>
  node.children.length === 0 ? [node] : node.children.flatMap(leaves);

/** As exact as a screen. */
const round = (value: number): number => Math.round(100 * value) / 100;
const percent = (share: number): number => round(Math.min(100, Math.max(0, 100 * share)));

const ROUND = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10];

/** A round number above: so that the timeline stands still while the run goes on, and its ticks can be read. */
export function endOf(latestMs: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(10, latestMs)));
  return unit * (ROUND.find((round) => round * unit >= latestMs) ?? 10);
}
