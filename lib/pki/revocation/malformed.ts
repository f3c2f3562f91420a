/** Documents of strangers: what cannot be read is an answer, too. */
import { WireError } from '#lib/wire/error.ts';
import { type Unusable, unusable } from './answer.ts';

/** What the judge says, or that the document cannot be read, and where not. */
export function orMalformed<T>(judge: () => T): T | Unusable {
  try {
    return judge();
  } catch (error) {
    if (error instanceof WireError) return unusable('malformed', `${error.path}: ${error.reason}`.slice(0, 150));
    throw error;
  }
}
