// @ts-check
import { noReason, writeSummary } from './summary.js';

/** @typedef {import('@playwright/test/reporter').TestCase} TestCase */

/** Counts Playwright's tests in the same form as Vitest's. With --list, when nothing runs, all count as skipped. */
export default class PlaywrightSummary {
  /** @type {TestCase[]} */
  tests = [];
  errors = 0;

  /**
   * @param {unknown} _config
   * @param {import('@playwright/test/reporter').Suite} suite
   */
  onBegin(_config, suite) {
    this.tests = suite.allTests();
  }

  onError() {
    this.errors += 1;
  }

  onEnd() {
    const skipped = this.tests.filter((test) => test.outcome() === 'skipped');
    const failed = this.tests.filter((test) => test.outcome() === 'unexpected').length;
    writeSummary({
      passed: this.tests.length - skipped.length - failed,
      failed: failed + this.errors,
      skipped: skipped.map((test) => ({ name: test.title, reason: reasonOf(test) })),
    });
  }

  printsToStdio() {
    return false;
  }
}

/** @param {TestCase} test */
function reasonOf(test) {
  const annotation = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme');
  return annotation?.description ?? noReason;
}
