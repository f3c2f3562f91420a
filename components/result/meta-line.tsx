'use client';
/** The small facts: how long, since when, from where; and, quietly, when the live view has to be taken up again. */
import { useSyncExternalStore } from 'react';
import { showDuration } from '#lib/result/message.ts';
import type { RunState } from '#lib/result/reducer.ts';
import type { Link } from './follow.ts';
import { useElapsed } from './use-elapsed.ts';

interface MetaLineProps {
  run: RunState;
  link: Link;
  elapsedAtDrawing: number;
}

export function MetaLine({ run, link, elapsedAtDrawing }: MetaLineProps) {
  const elapsed = useElapsed(run, elapsedAtDrawing);
  const vantage = run.head?.vantage;
  return (
    <div className="text-sm text-soft">
      <p className="flex flex-wrap gap-x-2 tabular-nums">
        <span className="min-w-14">{run.status === 'queued' ? 'waiting' : showDuration(elapsed)}</span>
        {run.head !== null && (
          <span>
            · started <Clock iso={run.head.startedAt} />
          </span>
        )}
        {vantage && (
          <span>
            · seen from “{vantage.name}”{vantage.proxied && ', through an outbound proxy'}
          </span>
        )}
      </p>
      <p role="status" className="min-h-5">
        {link === 'retrying' && 'The live view was cut off and is being taken up again…'}
        {link === 'lost' && 'The live view has been lost. Reload the page to see where the test stands.'}
      </p>
    </div>
  );
}

const never = () => () => {};

/** A time of day: UTC as the server draws it, the reader's own as soon as the browser knows it. */
function Clock({ iso }: { iso: string }) {
  const own = useSyncExternalStore(
    never,
    () => new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }),
    () => `${iso.slice(0, 10)}, ${iso.slice(11, 19)} UTC`,
  );
  return <time dateTime={iso}>{own}</time>;
}
