/**
 * The live subscription of one page. A browser keeps six connections per host, so a hidden tab lets go of its own and
 * comes back by the number of the last event that it has.
 */
import type { RunEvent } from '#lib/result/events.ts';
import type { Confided } from '#lib/result/question.ts';

export type Link = 'live' | 'resting' | 'retrying' | 'lost' | 'ended';

export interface Follower {
  /** The address of the stream after the last event that is known. */
  readonly url: () => string;
  readonly onEvent: (event: RunEvent) => void;
  /** What is for the owner alone, by the id of its question. */
  readonly onConfided: (entry: readonly [question: string, confided: Confided]) => void;
  readonly onLink: (link: Link) => void;
}

/** A stream that the browser itself gives up (a server that restarts answers with an error) is asked for again this often. */
const retries = [1000, 2000, 4000, 8000, 15_000, 30_000];

/** Follows until the stream says that the run has ended. Gives the function that lets go. */
export function follow({ url, onEvent, onConfided, onLink }: Follower): () => void {
  let source: EventSource | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let ended = false;

  const close = () => {
    clearTimeout(again);
    source?.close();
    source = null;
  };
  const finish = (link: Link) => {
    ended = true;
    close();
    onLink(link);
  };
  const open = () => {
    if (ended || document.hidden || source !== null) return;
    source = new EventSource(url());
    source.onopen = () => {
      failures = 0;
      onLink('live');
    };
    source.onmessage = ({ data }: MessageEvent<string>) => onEvent(JSON.parse(data) as RunEvent);
    source.addEventListener('confided', ({ data }) => onConfided(JSON.parse(data)));
    source.addEventListener('end', () => finish('ended'));
    source.onerror = failed;
  };
  const failed = () => {
    onLink('retrying');
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    const wait = retries[failures++];
    if (wait === undefined) finish('lost');
    else again = setTimeout(open, wait);
  };
  const changed = () => {
    if (!document.hidden) return open();
    close();
    if (!ended) onLink('resting');
  };

  document.addEventListener('visibilitychange', changed);
  open();
  return () => {
    document.removeEventListener('visibilitychange', changed);
    close();
  };
}
