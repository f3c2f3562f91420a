/** What has to be put right when the server starts: the runs that the last one left unfinished. */
import type { RunEvent } from '#lib/result/events.ts';
import { UnreadableEvent } from '#lib/result/events.ts';
import { draft } from '#lib/result/finding.ts';
import { endUnfinished } from '#lib/result/interrupt.ts';
import { fold } from '#lib/result/reducer.ts';
import type { Store } from './store.ts';

/** Ends every run that has no end, at the time of its last event. Call it before a new run begins. */
export async function endInterruptedRuns(store: Store): Promise<void> {
  for (const { run } of await store.unfinished()) await endInterrupted(store, run);
}

async function endInterrupted(store: Store, run: string): Promise<void> {
  const events = await readable(store, run);
  const last = events?.at(-1);
  // Nothing was seen of it, not even its title: there is nothing to show.
  if (events?.length === 0) return store.remove(run);
  if (events === null || last === undefined) return;
  const why = draft('tool.interrupted', { what: 'the server stopped while it was running' });
  const bodies = endUnfinished(fold(events), why);
  await store.append(
    run,
    bodies.map((body, index) => ({ v: 1, seq: last.seq + 1 + index, at: last.at, ...body })),
  );
}

/** A run of a newer version is left alone: that version can end it. */
async function readable(store: Store, run: string): Promise<RunEvent[] | null> {
  try {
    return await store.after(run, 0);
  } catch (error) {
    if (error instanceof UnreadableEvent) return null;
    throw error;
  }
}
