import type { Stop } from './net/listen.ts';

/** Collects what has been started, so that all of it can be ended together, whatever happens in between. */
export interface Stops {
  add(stop: Stop): void;
  /** Ends everything; what was started last ends first. Asking again does nothing more. */
  stopAll(): Promise<void>;
}

export function collectStops(): Stops {
  const stops: Stop[] = [];
  return {
    add(stop) {
      stops.push(stop);
    },
    async stopAll() {
      for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
    },
  };
}
