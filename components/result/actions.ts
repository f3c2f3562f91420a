/** What an owner may do, as server actions; a viewer has none of it. */
export interface ShareState {
  readonly url: string | null;
  readonly expiresAt: string | null;
  readonly error: string | null;
}

export interface OwnerActions {
  readonly answer: (data: FormData) => Promise<void>;
  readonly cancel: (data: FormData) => Promise<void>;
  readonly remove: (data: FormData) => Promise<void>;
  readonly revoke: (data: FormData) => Promise<void>;
  readonly share: (state: ShareState, data: FormData) => Promise<ShareState>;
}

/** The owner's side of one run. */
export interface Ownership {
  readonly run: string;
  /** The form, filled with what this run was about, but for the password. */
  readonly again: string;
  /** Share links that are valid now. */
  readonly links: number;
  readonly actions: OwnerActions;
}
