// @ts-check
import { writeFileSync } from 'node:fs';

/** @typedef {import('./tally.js').Tally} Tally */

/** The variable that tells a reporter where to write its summary; without it the reporter writes nothing. */
export const summaryVariable = 'THROUGHLINE_TEST_SUMMARY';

/** Stands where a test was skipped without a word. */
export const noReason = 'no reason given';

/** @param {Tally} tally */
export function writeSummary(tally) {
  const file = process.env[summaryVariable];
  if (file) writeFileSync(file, JSON.stringify(tally));
}
