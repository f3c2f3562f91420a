'use client';
/** Fetches what was seen, once it is wanted; a body never changes, so each is fetched once per page. */
import { useEffect, useState } from 'react';

export type Seen = { phase: 'waiting' } | { phase: 'ready'; body: unknown } | { phase: 'failed' };

const fetched = new Map<string, Promise<unknown>>();

function body(href: string): Promise<unknown> {
  const known = fetched.get(href);
  if (known !== undefined) return known;
  const fresh = fetch(href).then((answer) =>
    answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText)),
  );
  fetched.set(href, fresh);
  fresh.catch(() => fetched.delete(href));
  return fresh;
}

export function useEvidence(href: string, wanted: boolean): Seen {
  const [seen, setSeen] = useState<Seen>({ phase: 'waiting' });
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    const show = (next: Seen) => current && setSeen(next);
    body(href).then(
      (value) => show({ phase: 'ready', body: value }),
      () => show({ phase: 'failed' }),
    );
    return () => {
      current = false;
    };
  }, [href, wanted]);
  return seen;
}
