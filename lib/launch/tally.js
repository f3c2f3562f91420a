// @ts-check

/**
 * @typedef {{ name: string, reason: string }} Skipped
 * @typedef {{ passed: number, failed: number, skipped: Skipped[] }} Tally
 */

/** @type {Readonly<Tally>} */
export const nothing = { passed: 0, failed: 0, skipped: [] };

/**
 * The sum of tallies.
 * @param {Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  return {
    passed: tallies.reduce((total, each) => total + each.passed, 0),
    failed: tallies.reduce((total, each) => total + each.failed, 0),
    skipped: tallies.flatMap((each) => each.skipped),
  };
}

/**
 * The line that ends every test run.
 * @param {Tally} tally
 */
export function lastLine({ passed, failed, skipped }) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped.length === 0 ? line : `${line}, ${skipped.length} skipped`;
}

/**
 * The tally of a test runner's process. A runner that ran nothing, or that failed without naming a test, is one failure.
 * @param {Tally | null} summary  what its reporter wrote, null if it wrote nothing
 * @param {number} exitCode
 * @returns {Tally}
 */
export function judgeRunner(summary, exitCode) {
  const { passed, failed, skipped } = summary ?? nothing;
  const ranNothing = passed + failed === 0;
  const unexplained = exitCode !== 0 && failed === 0;
  return { passed, failed: ranNothing || unexplained ? failed + 1 : failed, skipped };
}

/**
 * The skipped tests, one line for each reason.
 * @param {Skipped[]} skipped
 * @returns {string[]}
 */
export function skippedLines(skipped) {
  const reasons = [...new Set(skipped.map((each) => each.reason))];
  return reasons.map((reason) => {
    const tests = skipped.filter((each) => each.reason === reason).map((each) => each.name);
    const shown = tests.length > 3 ? `${tests.slice(0, 3).join('; ')}; and ${tests.length - 3} more` : tests.join('; ');
    return `skipped: ${shown} (${reason})`;
  });
}
