'use client';
/**
 * Fetches what was seen, and the code that draws it, once it is wanted. A body never changes, so each is fetched once per page.
 * Either can fail (the server is gone, or was updated under the open page): that is said in place.
 */
import { useEffect, useState } from 'react';
import type { EvidenceBody } from './evidence-body.tsx';

export type Seen = { phase: 'waiting' | 'failed' } | { phase: 'ready'; body: unknown; Body: typeof EvidenceBody };

const fetched = new Map<string, Promise<unknown>>();

function bodyAt(href: string): Promise<unknown> {
  const known = fetched.get(href);
  if (known !== undefined) return known;
  const fresh = fetch(href).then((answer) =>
    answer.ok ? answer.json() : Promise.reject(new Error(`The answer is ${answer.status}.`)),
  );
  fetched.set(href, fresh);
  fresh.catch(() => fetched.delete(href));
  return fresh;
}

async function see(href: string): Promise<Seen> {
  try {
    const [body, drawing] = await Promise.all([bodyAt(href), import('./evidence-body.tsx')]);
    return { phase: 'ready', body, Body: drawing.EvidenceBody };
  } catch {
    return { phase: 'failed' };
  }
}

export function useEvidence(href: string, wanted: boolean): Seen {
  const [seen, setSeen] = useState<Seen>({ phase: 'waiting' });
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    see(href).then((next) => current && setSeen(next));
    return () => {
      current = false;
    };
  }, [href, wanted]);
  return seen;
}
