/** What a form knows after the server has looked at it. */
export interface FormState {
  /** As they were entered; a password is never among them. */
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
}

export type FormAction = (state: FormState, data: FormData) => Promise<FormState>;

/** The message that stands at this field. */
export function errorOf(state: FormState, field: string): string | undefined {
  return state.errors.find((error) => error.field === field)?.message;
}

/** What was entered at this field; empty where nothing was. */
export const entered = ({ values }: FormState, field: string): string => values[field] ?? '';
