import { test as base } from '@playwright/test'
import { startDesktop, type Desktop } from './launch.ts'

/** Tests that share one running app, opened without an environment. */
export const test = base.extend<object, { desktop: Desktop }>({
  desktop: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
    async ({}, use) => {
      const desktop = await startDesktop()
      await use(desktop)
      await desktop.quit()
    },
    { scope: 'worker' },
  ],
})

export { expect } from '@playwright/test'
