/** Findings about ourselves. Never a root cause. */
import { entry } from './entry.ts';

export const tool = {
  'tool.fault': entry({
    severity: 'error',
    actor: 'throughline',
    text: 'Throughline made a mistake here; the server is not to blame ({what})',
    args: { what: 'text' },
  }),
  'tool.cancelled': entry({ severity: 'notice', actor: 'you', text: 'The test was cancelled', args: {} }),
  'tool.interrupted': entry({
    severity: 'error',
    actor: 'operator',
    text: 'The test was interrupted: {what}',
    args: { what: 'text' },
  }),
  'tool.time-budget': entry({
    severity: 'error',
    actor: 'operator',
    text: 'The time that Throughline gives this {part} was used up after {budget}',
    args: { part: 'text', budget: 'ms' },
  }),
  'tool.not-kept': entry({
    severity: 'warning',
    actor: 'operator',
    text: 'This result cannot be stored: it is shown here, and gone afterwards ({reason})',
    args: { reason: 'text' },
  }),
  'tool.not-tested': entry({
    severity: 'notice',
    actor: 'throughline',
    text: '{what} was not tested: {reason}',
    args: { what: 'text', reason: 'text' },
  }),
} as const;
