'use client';
/** The run as it stands now: what the server drew, and every event since. */
import { useEffect, useReducer, useRef, useState } from 'react';
import type { RunEvent } from '#lib/result/events.ts';
import type { Confided } from '#lib/result/question.ts';
import { type RunState, reduce } from '#lib/result/reducer.ts';
import { follow, type Link } from './follow.ts';

/** Questions by their ids, as far as something belongs to them that is for the owner alone. */
export type ConfidedById = ReadonlyMap<string, Confided>;

interface LiveRun {
  readonly run: RunState;
  readonly confided: ConfidedById;
  readonly link: Link;
}

export function useRun(initial: RunState, held: readonly (readonly [string, Confided])[], base: string): LiveRun {
  const [run, add] = useReducer(reduce, initial);
  const [confided, setConfided] = useState<ConfidedById>(() => new Map(held));
  const [link, setLink] = useState<Link>(initial.status === 'closed' ? 'ended' : 'live');
  const last = useRef(initial.seq);
  const wasOver = useRef(initial.status === 'closed');
  useEffect(() => {
    if (wasOver.current) return;
    const onEvent = (event: RunEvent) => {
      last.current = Math.max(last.current, event.seq);
      add(event);
    };
    return follow({
      url: () => `${base}/events?after=${last.current}`,
      onEvent,
      onConfided: (entry) => setConfided((known) => new Map([...known, entry])),
      onLink: setLink,
    });
  }, [base]);
  return { run, confided, link };
}
