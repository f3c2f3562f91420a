'use client';
/** The run as it stands now: what the server drew, and every event since. */
import { useEffect, useReducer, useRef, useState } from 'react';
import type { RunEvent } from '#lib/result/events.ts';
import { type RunState, reduce } from '#lib/result/reducer.ts';
import { follow, type Link } from './follow.ts';

export function useRun(initial: RunState, base: string): { run: RunState; link: Link } {
  const [run, add] = useReducer(reduce, initial);
  const [link, setLink] = useState<Link>(initial.status === 'closed' ? 'ended' : 'live');
  const last = useRef(initial.seq);
  const wasOver = useRef(initial.status === 'closed');
  useEffect(() => {
    if (wasOver.current) return;
    const onEvent = (event: RunEvent) => {
      last.current = Math.max(last.current, event.seq);
      add(event);
    };
    return follow({ url: () => `${base}/events?after=${last.current}`, onEvent, onLink: setLink });
  }, [base]);
  return { run, link };
}
