'use client';
import { useEffect, useState } from 'react';
import type { RunState } from '#lib/result/reducer.ts';

/**
 * Milliseconds since the first step. While the run goes on it counts by this browser's clock from what the server said, because
 * two clocks never agree.
 */
export function useElapsed(run: RunState, atDrawing: number): number {
  const [elapsed, setElapsed] = useState(atDrawing);
  const running = run.status === 'running';
  useEffect(() => {
    if (!running) return;
    const from = performance.now() - atDrawing;
    const tick = setInterval(() => setElapsed(performance.now() - from), 100);
    return () => clearInterval(tick);
  }, [running, atDrawing]);
  return run.elapsedMs ?? (running ? elapsed : 0);
}
