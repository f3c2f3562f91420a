/** What forms and the server tell each other. */
export type { FormState } from '#components/form/state.ts';
export type { ShareState } from '#components/result/actions.ts';
