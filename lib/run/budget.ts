/** Time budgets: each step has one, the run has one, and cancelling works at any moment. */

/** Longer than every limit of `lib/net` inside one step, so that the network's own code is heard first. */
export const STEP_BUDGET_MS = 75_000;

export type Timed<T> =
  | { readonly how: 'done'; readonly value: T }
  | { readonly how: 'thrown'; readonly error: unknown }
  | { readonly how: 'out-of-time' }
  | { readonly how: 'stopped' };

/**
 * Runs `work` until it ends, the budget is used up or the run is stopped, whichever comes first. Work that does not listen to its
 * signal is left behind.
 */
export async function within<T>(
  ms: number,
  stop: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<Timed<T>> {
  const budget = new AbortController();
  const { promise: ended, resolve: end } = Promise.withResolvers<Timed<T>>();
  const timer = setTimeout(() => end({ how: 'out-of-time' }), ms);
  const onStop = (): void => end({ how: 'stopped' });
  if (stop.aborted) onStop();
  else stop.addEventListener('abort', onStop, { once: true });
  const working = Promise.resolve()
    .then(() => work(AbortSignal.any([stop, budget.signal])))
    .then<Timed<T>, Timed<T>>(
      (value) => ({ how: 'done', value }),
      (error: unknown) => ({ how: 'thrown', error }),
    );
  try {
    return await Promise.race([ended, working]);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', onStop);
    budget.abort();
  }
}
