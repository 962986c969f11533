import { expect, type Page, test } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { freePort } from '../../test-support/redis.ts'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { addFleet, fleetScreens, type Fleet } from '../support/fleet-screens.ts'
import { visit } from '../support/frame.ts'
import { addProfiles, profileScreens } from '../support/profile-screens.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

const folder = resolve(import.meta.dirname, '../../artifacts/screens')
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const
const themes = ['light', 'dark'] as const

type Which = 'demo' | 'production' | 'away' | 'none' | 'fleet' | 'profiles'

interface Screen {
  name: string
  path: string
  /** Which console it is of; the demo's by default. */
  of?: Which
  locale?: 'fr-FR'
  /** What is done on the page before the picture. */
  prepare?: (page: Page) => Promise<void>
}

/** Every screen there is. Each is kept in both themes and both sizes under artifacts/screens. */
const screens: readonly Screen[] = [
  { name: 'queues', path: '/e/demo/queues' },
  { name: 'queues-french', path: '/e/demo/queues', locale: 'fr-FR' },
  { name: 'queues-no-match', path: '/e/demo/queues?q=nothing' },
  {
    name: 'queue-add',
    path: '/e/demo/queues',
    prepare: (page) => page.getByRole('button', { name: 'Add queue' }).click(),
  },
  { name: 'jobs-all', path: '/e/demo/jobs' },
  { name: 'jobs-found', path: '/e/demo/jobs?filter=state:failed since:24h -queue:seo' },
  { name: 'jobs-found-french', path: '/e/demo/jobs?filter=seo -state:completed', locale: 'fr-FR' },
  { name: 'jobs-found-nothing', path: '/e/demo/jobs?filter=user:nobody' },
  {
    name: 'jobs-suggestions',
    path: '/e/demo/jobs?filter=state:failed',
    prepare: async (page) => {
      await page.getByRole('combobox', { name: 'Filter' }).click()
      await page.keyboard.type('name:')
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'jobs-filter-wrong',
    path: '/e/demo/jobs?filter=state:failed',
    prepare: async (page) => {
      await page.getByRole('combobox', { name: 'Filter' }).click()
      await page.keyboard.type('durration:>2s is:stuck ')
      await page.keyboard.press('Enter')
    },
  },
  { name: 'jobs-columns', path: '/e/demo/jobs', prepare: open('Columns') },
  { name: 'jobs-views', path: '/e/demo/jobs', prepare: open('Views') },
  { name: 'jobs-export', path: '/e/demo/jobs', prepare: open('Export…') },
  { name: 'jobs-help', path: '/e/demo/jobs', prepare: open('How to filter') },
  { name: 'jobs-active', path: '/e/demo/jobs?queue=seo&state=active' },
  { name: 'jobs-delayed', path: '/e/demo/jobs?queue=social-publish&state=delayed' },
  { name: 'jobs-empty', path: '/e/demo/jobs?queue=articles&state=prioritized' },
  { name: 'jobs', path: '/e/demo/jobs?queue=seo' },
  { name: 'jobs-french', path: '/e/demo/jobs?queue=articles', locale: 'fr-FR' },
  { name: 'job-summary', path: '/e/demo/jobs?queue=articles&tab=summary', prepare: openFirst },
  { name: 'job-error', path: '/e/demo/jobs?queue=articles&tab=error', prepare: openFirst },
  { name: 'job-data', path: '/e/demo/jobs?queue=articles&tab=data', prepare: openFirst },
  {
    name: 'job-find',
    path: '/e/demo/jobs?queue=photo-analyze&state=completed&tab=data',
    prepare: async (page) => {
      await openFirst(page)
      await page.getByRole('searchbox').fill('id')
      await page.keyboard.press('Enter')
    },
  },
  { name: 'job-logs', path: '/e/demo/jobs?queue=articles&tab=logs', prepare: openFirst },
  { name: 'job-raw', path: '/e/demo/jobs?queue=articles&tab=raw', prepare: openFirst },
  { name: 'job-retry', path: '/e/demo/jobs?queue=articles', prepare: ask('Retry') },
  { name: 'job-delete', path: '/e/demo/jobs?queue=articles', prepare: ask('Delete') },
  { name: 'failures', path: '/e/demo/failures' },
  { name: 'failures-french', path: '/e/demo/failures?window=7d', locale: 'fr-FR' },
  { name: 'failures-none', path: '/e/demo/failures?filter=nothing' },
  { name: 'failure-group', path: '/e/demo/failures?sort=count', prepare: openFirst },
  { name: 'mirror', path: '/e/demo/mirror' },
  { name: 'mirror-settings', path: '/e/demo/mirror?tab=settings' },
  {
    name: 'mirror-rebuild',
    path: '/e/demo/mirror',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Rebuild…', exact: true }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
    },
  },
  { name: 'audit', path: '/e/demo/audit' },
  { name: 'audit-entry', path: '/e/demo/audit', prepare: openFirst },
  { name: 'audit-empty', path: '/e/eu-west/audit', of: 'production' },
  { name: 'settings', path: '/settings' },
  { name: 'settings-french', path: '/settings', locale: 'fr-FR' },
  { name: 'palette', path: '/e/demo/queues', prepare: press('Control+k') },
  { name: 'shortcuts', path: '/e/demo/queues', prepare: press('?') },
  {
    name: 'environment',
    path: '/e/demo/queues',
    prepare: (page) => page.getByRole('button', { name: /^Environment/ }).click(),
  },
  { name: 'production', path: '/e/eu-west/queues', of: 'production' },
  { name: 'unreachable', path: '/e/away/queues', of: 'away' },
  { name: 'no-environment', path: '/', of: 'none' },
  { name: 'not-found', path: '/nowhere' },
  ...fleetScreens.map((screen) => ({ ...screen, of: 'fleet' as const })),
  ...profileScreens.map((screen) => ({ ...screen, of: 'profiles' as const })),
]

async function openFirst(page: Page): Promise<void> {
  const row = page.getByRole('grid').locator('[role=row][aria-rowindex="2"]')
  await row.click()
  await expect(row).toHaveAttribute('aria-selected', 'true')
}

function ask(action: 'Retry' | 'Delete') {
  return async (page: Page) => {
    await openFirst(page)
    await page.getByRole('region').getByRole('button', { name: action }).first().click()
    await expect(page.getByRole('dialog')).toBeVisible()
  }
}

function open(button: string) {
  return async (page: Page) => page.getByRole('button', { name: button }).click()
}

function press(keys: string) {
  return async (page: Page) => {
    await expect(page.getByRole('grid')).toBeVisible()
    await page.keyboard.press(keys)
    await expect(page.getByRole('dialog')).toBeVisible()
  }
}

const consoles = new Map<Which, ConsoleUnderTest>()
let fleet: Fleet | null = null
let stopProfiles: (() => Promise<void>) | null = null
test.beforeAll(async ({ playwright }) => {
  const demo = await startConsole({ demo: { still: true } })
  consoles.set('demo', demo)
  consoles.set('none', await startConsole())
  consoles.set(
    'production',
    await startConsole({
      demo: { still: true },
      flags: ['--kind', 'production', '--name', 'eu-west'],
    }),
  )
  const nowhere = `redis://127.0.0.1:${await freePort()}`
  consoles.set('away', await startConsole({ redis: nowhere, flags: ['--name', 'away'] }))
  const profiles = await startConsole()
  consoles.set('profiles', profiles)
  stopProfiles = await addProfiles(profiles)
  const several = await startConsole()
  consoles.set('fleet', several)
  fleet = await addFleet(several)
  const api = await playwright.request.newContext({
    extraHTTPHeaders: { authorization: `Bearer ${demo.token}` },
  })
  const jobs = `${demo.origin}/api/environments/demo/queues/social-publish/jobs`
  const answer = await api.get(`${jobs}?state=failed`)
  const { items } = (await answer.json()) as { items: { id: string }[] }
  const [first, second] = items.map(({ id }) => id)
  await api.post(`${jobs}/${first}/retry`, { data: { reason: 'The network is back' } })
  await api.post(`${jobs}/${first}/retry`, { data: {} })
  await api.delete(`${jobs}/${second}`)
  await api.dispose()
})
test.afterAll(async () => {
  await Promise.all([...consoles.values()].map((running) => running.stop()))
  await fleet?.stop()
  await stopProfiles?.()
})

for (const screen of screens) {
  test(`keeps pictures of ${screen.name}`, async ({ browser }) => {
    mkdirSync(folder, { recursive: true })
    const running = consoles.get(screen.of ?? 'demo')
    if (running === undefined) throw new Error('No such console')
    const look = screen.locale === undefined ? {} : { locale: screen.locale }
    const path = fleet?.path(screen.path) ?? screen.path
    const { page, close } = await visit(browser, running, path, look)
    await expect(page.getByRole('heading').first()).toBeVisible()
    await screen.prepare?.(page)
    await page.evaluate(() => document.fonts.ready)
    for (const size of sizes) {
      await page.setViewportSize(size)
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme })
        await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
        await expect(page.getByRole('status', { name: /^(Loading|Chargement)…$/ })).toHaveCount(0)
        const file = `${screen.name}-${colorScheme}-${size.width}x${size.height}.png`
        await page.screenshot({ path: join(folder, file) })
      }
    }
    await close()
  })
}
