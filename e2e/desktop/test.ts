import { test as base } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDesktop, type Desktop, type DesktopSettings } from './launch.ts'

interface TestFixtures {
  /** A data folder of this test's own. */
  data: string
  /** Starts an app on it, which is quit at the test's end if the test has not done so. */
  start: (settings?: DesktopSettings) => Promise<Desktop>
}

interface WorkerFixtures {
  /** Where data folders are made. */
  dataParent: string
  /** One running app without an environment, shared by tests that leave it as they found it. */
  desktop: Desktop
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  dataParent: [tmpdir(), { scope: 'worker', option: true }],
  data: async ({ dataParent }, use) => {
    const data = await mkdtemp(join(dataParent, 'vigie-desktop-'))
    await use(data)
    await rm(data, { recursive: true, force: true })
  },
  start: async ({ data }, use) => {
    const started: Desktop[] = []
    await use(async (settings) => {
      const desktop = await startDesktop({ data, ...settings })
      started.push(desktop)
      return desktop
    })
    for (const desktop of started) await desktop.quit()
  },
  desktop: [
    async ({ dataParent }, use) => {
      const data = await mkdtemp(join(dataParent, 'vigie-desktop-'))
      const desktop = await startDesktop({ data })
      await use(desktop)
      await desktop.quit()
      await rm(data, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
})

export { expect } from '@playwright/test'
