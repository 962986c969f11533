import { defineConfig } from 'vitest/config'

/** Unit tests need nothing; integration tests (`*.integration.test.ts`) start their own real Redis. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,scripts,demo,test-support}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.integration.test.ts'],
          // Some write to the disk durably or derive keys, which a busy machine does slowly.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{src,scripts,demo,test-support}/**/*.integration.test.ts'],
          globalSetup: ['./test-support/redis-global-setup.ts', './test-support/faults/report.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          // They mostly wait; each worker has a Redis of its own.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          // They wait for real servers, which a busy machine can starve; the report marks each retry.
          retry: 1,
        },
      },
    ],
  },
})
