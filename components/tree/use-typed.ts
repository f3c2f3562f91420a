'use client';
/** Letters that were typed in one go. */
import { useRef } from 'react';

const ONE_GO_MS = 700;

export function useTyped() {
  const state = useRef({ letters: '', until: 0 });
  const now = () => (Date.now() < state.current.until ? state.current.letters : '');
  const add = (letter: string) => {
    state.current = { letters: now() + letter, until: Date.now() + ONE_GO_MS };
    return state.current.letters;
  };
  return { now, add };
}
