import { defineConfig } from 'vitest/config';

// `#lib/…` and its siblings resolve by the imports field of package.json, as they do under Node and Next.
export default defineConfig({
  test: {
    include: ['tests/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'tests/browser/**'],
    setupFiles: ['tests/setup/deny-network.ts'],
    // Processes rather than threads: tests send signals, change the environment and start children.
    pool: 'forks',
    // Most tests wait for a server or a time-out of ours; one worker for each of two cores, where Vitest would leave one idle.
    maxWorkers: 2,
    // The lab's first start makes certificates, and a browser may be using the other core.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The runner counts tests by its own reporter; a file that ran nothing must not look like success.
    passWithNoTests: false,
  },
});
