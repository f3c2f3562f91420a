/** Settings that say something else than usual. */
import type { Place } from '../place.ts';
import type { Change } from './protocols.ts';

/** Without these elements, wherever they stand. */
export function without(...paths: readonly string[]): Change {
  return (values) => Object.fromEntries(Object.entries(values).filter(([path]) => !paths.includes(path)));
}

/** With other values for these elements, where they stand. */
export function replacing(others: Readonly<Record<string, (place: Place) => string>>): Change {
  return (values, _protocol, place) =>
    Object.fromEntries(Object.entries(values).map(([path, value]) => [path, others[path]?.(place) ?? value]));
}
