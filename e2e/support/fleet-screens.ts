import { expect, type Page } from '@playwright/test'
import { startDemo } from '../../demo/demo.ts'
import { freePort, startTestRedis } from '../../test-support/redis.ts'
import type { ConsoleUnderTest } from './console.ts'
import { addEnvironment, unlock } from './environments.ts'

interface FleetScreen {
  name: string
  /** `{name}` stands for the id of the environment of that name. */
  path: string
  locale?: 'fr-FR'
  prepare?: (page: Page) => Promise<void>
}

export interface Fleet {
  /** The path with ids in the place of names. */
  path: (path: string) => string
  stop: () => Promise<void>
}

/** Adds several environments to a console: one in each state that can be seen. */
export async function addFleet(running: ConsoleUnderTest): Promise<Fleet> {
  const demo = await startDemo({ still: true })
  const { port, password } = new URL(demo.url)
  const copy = await startTestRedis([`replicaof 127.0.0.1 ${port}`, `masterauth ${password}`])
  const guarded = await startTestRedis(['requirepass not-this-one'])
  const nowhere = { url: `redis://127.0.0.1:${await freePort()}` }
  const ids = new Map<string, string>()
  const add = async (...[redis, profile, secrets]: Added) => {
    ids.set(profile.name, (await addEnvironment(running, redis, profile, secrets)).id)
  }
  const shop = { folder: 'Shop' } as const
  const old = { folder: 'Old' } as const
  await add(demo, { name: 'laptop' })
  await add(demo, { name: 'rehearsal', kind: 'staging', locked: true, color: 'violet' })
  await add(demo, { name: 'eu-west', kind: 'production', ...shop })
  await add(demo, { name: 'us-east', kind: 'production', ...shop })
  await add(copy, { name: 'copy', kind: 'staging', color: 'orange', ...shop })
  await add(copy, { name: 'for-all', color: 'pink', access: 'view-only', ...shop })
  await add(guarded, { name: 'guarded', color: 'teal', ...old }, { password: 'another-one' })
  await add(nowhere, { name: 'old-lab', color: 'gray', ...old })
  await add(demo, { name: 'archive', color: 'green', connectAtStart: false, ...old })
  await unlock(running, ids.get('us-east') ?? '', {
    name: 'us-east',
    reason: 'Retry what failed while the mail server was away',
    minutes: 60,
  })
  return {
    path: (path) => path.replace(/\{([^}]+)\}/, (_, name: string) => ids.get(name) ?? name),
    stop: async () => {
      await Promise.all([demo.stop(), copy.stop(), guarded.stop()])
    },
  }
}

type Added = [
  redis: { url: string },
  profile: Parameters<typeof addEnvironment>[2],
  secrets?: Parameters<typeof addEnvironment>[3],
]

/** The screens of several environments, on a console with those of `addFleet`. */
export const fleetScreens: readonly FleetScreen[] = [
  { name: 'environments', path: '/environments', prepare: listed },
  { name: 'environments-french', path: '/environments', locale: 'fr-FR', prepare: listed },
  { name: 'environment-details', path: '/environments?environment={us-east}', prepare: listed },
  { name: 'environment-refused', path: '/environments?environment={guarded}', prepare: listed },
  { name: 'environments-filtered', path: '/environments?q=shop', prepare: listed },
  { name: 'switcher', path: '/e/{eu-west}/queues', prepare: pressed('e', 'listbox') },
  { name: 'locked', path: '/e/{eu-west}/jobs?queue=articles', prepare: openFirst },
  { name: 'unlock', path: '/e/{eu-west}/queues', prepare: pressed('l') },
  { name: 'unlock-french', path: '/e/{eu-west}/queues', locale: 'fr-FR', prepare: pressed('l') },
  { name: 'unlocked', path: '/e/{us-east}/jobs?queue=articles', prepare: openFirst },
  {
    name: 'unlocked-last-minute',
    path: '/e/{us-east}/queues',
    prepare: async (page) => {
      await expect(page.getByRole('timer')).toContainText(/\d\d:\d\d/)
      const [minutes = '0'] = /\d\d(?=:)/.exec(await page.getByRole('timer').innerText()) ?? []
      await page.clock.setFixedTime(Date.now() + Number(minutes) * 60_000)
      await expect(page.getByRole('timer')).toContainText('locks in')
    },
  },
  { name: 'view-only', path: '/e/{for-all}/queues', prepare: listed },
  {
    name: 'refused-action',
    path: '/e/{copy}/jobs?queue=articles',
    prepare: async (page) => {
      await openFirst(page)
      await page.keyboard.press('r')
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  { name: 'gate-refused', path: '/e/{guarded}/queues' },
  { name: 'gate-reconnecting', path: '/e/{old-lab}/queues' },
  { name: 'gate-offline', path: '/e/{archive}/queues' },
  {
    name: 'last-view',
    path: '/e/{laptop}/queues',
    prepare: async (page) => {
      await listed(page)
      await page.keyboard.press('Control+k')
      await page.keyboard.type('disconnect')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('status').filter({ hasText: 'Offline since' })).toBeVisible()
    },
  },
]

async function listed(page: Page): Promise<void> {
  await expect(page.getByRole('grid').getByRole('row').nth(2)).toBeVisible()
}

async function openFirst(page: Page): Promise<void> {
  const row = page.getByRole('grid').locator('[role=row][aria-rowindex="2"]')
  await row.click()
  await expect(row).toHaveAttribute('aria-selected', 'true')
}

function pressed(keys: string, opens: 'dialog' | 'listbox' = 'dialog') {
  return async (page: Page) => {
    await listed(page)
    await page.keyboard.press(keys)
    await expect(page.getByRole(opens)).toBeVisible()
  }
}
