// @ts-check
import { noReason, writeSummary } from './summary.js';

/** Counts Vitest's tests; its own JSON report leaves out why a test was skipped. */
export default class VitestSummary {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} errors  outside any test
   */
  onTestRunEnd(modules, errors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const failed = tests.filter((test) => test.result().state === 'failed').length;
    const skipped = tests.flatMap((test) => {
      const result = test.result();
      if (result.state !== 'skipped') return [];
      return [{ name: test.fullName, reason: result.note ?? (test.options.mode === 'todo' ? 'to do' : noReason) }];
    });
    // A file that cannot be loaded, or a hook that throws, holds no failed test of its own.
    const broken = modules.reduce((total, module) => total + module.errors().length, errors.length);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    writeSummary({ passed, failed: failed + broken, skipped });
  }
}
