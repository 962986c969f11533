import { defineConfig } from '@playwright/test'

/** End-to-end tests of the built console: `web` in Chromium, `desktop` in Electron. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'artifacts/e2e',
  timeout: 60_000,
  fullyParallel: false,
  workers: 1,
  // A busy machine can starve a browser for seconds. What needed the second try is named at the end.
  retries: 1,
  reporter: [['list'], ['json', { outputFile: 'artifacts/e2e-report.json' }]],
  projects: [
    { name: 'web', testDir: 'e2e/web' },
    { name: 'desktop', testDir: 'e2e/desktop' },
  ],
})
