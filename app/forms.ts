/** What forms and the server tell each other. */
export type { FormState } from '#components/form/state.ts';

/** The share link that was just made: shown once. */
export interface ShareState {
  readonly url: string | null;
  /** ISO date. */
  readonly expiresAt: string | null;
  readonly error: string | null;
}
