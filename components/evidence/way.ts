/** The way from redirect to redirect, as places with what joins them; a circle leads back to one of them. Pure. */
import type { RedirectsEvidence } from '#lib/result/evidence.ts';

type Step = RedirectsEvidence['steps'][number];

export interface Stop {
  readonly place: string;
  /** The redirect that was met here; null at the end, and where the next place was found in another way. */
  readonly onward: Step | null;
}

export interface Way {
  readonly stops: readonly Stop[];
  /** The place to which the last redirect leads back, by its number from 0; null where there is none. */
  readonly backTo: number | null;
}

export function wayOf(steps: readonly Step[]): Way {
  const stops: Stop[] = [];
  for (const step of steps) {
    const last = stops.at(-1);
    if (last !== undefined && last.onward === null && isSame(last.place, step.from, step.from)) stops.pop();
    stops.push({ place: step.from, onward: step });
    const backTo = step.outcome === 'circle' ? stops.findIndex(({ place }) => isSame(place, step.to, step.from)) : -1;
    if (backTo >= 0) return { stops, backTo };
    stops.push({ place: step.to, onward: null });
  }
  return { stops, backTo: null };
}

/** A place may be written relative to where it was met, and in other letters. RFC 9110 10.2.2 */
function isSame(one: string, other: string, from: string): boolean {
  return written(one, from) === written(other, from);
}

function written(place: string, from: string): string {
  const base = URL.canParse(from) ? from : undefined;
  return (URL.canParse(place, base) ? new URL(place, base).href : place).toLowerCase();
}
