'use client';
import { useSyncExternalStore } from 'react';

const query = '(min-width: 44.01rem)';

/** Whether there is room beside the text; the server and the first drawing say no. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
    () => false,
  );
}
