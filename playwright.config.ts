import { defineConfig } from '@playwright/test';
import { findChromium } from './lib/launch/browser.js';
import './tests/setup/deny-network.ts';

/** The browser speaks to our own servers alone, and has nothing to fetch or report for itself. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
  '--disable-quic',
];

// Chromium's sandbox refuses to run as root; for everybody else it stays.
const args = process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet;
const executablePath = findChromium();

export default defineConfig({
  testDir: 'tests/browser',
  testMatch: '**/*.spec.ts',
  // Each worker starts a server of its own through a fixture, so two are enough for two cores.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: 'test-results/browser.json' }]],
  use: { launchOptions: executablePath === null ? { args } : { args, executablePath } },
});
