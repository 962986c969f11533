import BetterSqlite from 'better-sqlite3'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { mkdtempSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type Demo, startDemo } from '../../demo/demo.ts'
import { fillDisk, noDisk, smallDisk } from '../../test-support/small-disk.ts'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole } from '../support/console.ts'
import { seriousViolations, visit } from '../support/frame.ts'

test.describe.configure({ timeout: 120_000 })
test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let demo: Demo
test.beforeAll(async () => {
  demo = await startDemo({ still: true })
})
test.afterAll(() => demo.stop())

/** What is read once more takes its time where the machine is busy. */
const patience = { timeout: 40_000 }

const status = (page: Page) => page.getByRole('banner').getByRole('link')
const settingsOn = (data: string, redis = demo.url) => ({
  redis,
  data,
  flags: ['--name', 'kept'],
})

test('a mirror of a newer Vigie is left alone until a rebuild is asked for', async ({
  browser,
}) => {
  const data = mkdtempSync(join(tmpdir(), 'vigie-e2e-'))
  let console = await startConsole(settingsOn(data))
  try {
    await console.stop()
    const file = new BetterSqlite(join(data, 'mirror-kept.db'))
    file.pragma('user_version = 9999')
    file.close()
    console = await startConsole(settingsOn(data))
    const { page, close } = await visit(browser, console, '/e/kept/mirror')
    await expect(status(page)).toHaveText('mirror of a newer Vigie')
    await expect(page.getByRole('alert')).toContainText('this one leaves it alone')
    expect(await seriousViolations(page)).toEqual([])
    await page.getByRole('alert').getByRole('button', { name: 'Rebuild…' }).click()
    await page.getByRole('button', { name: 'Rebuild the mirror' }).click()
    await expect(status(page)).toHaveText(/^synced/, patience)
    await expect(page.getByRole('alert')).toHaveCount(0)
    await close()
  } finally {
    await console.stop()
    await rm(data, { recursive: true, force: true })
  }
})

test('a disk that fills up while the mirror is written is told, and what was read stays to look at', async ({
  browser,
}) => {
  const data = mkdtempSync(join(tmpdir(), 'vigie-e2e-'))
  const disk = smallDisk(data, 16)
  test.skip(disk === null, noDisk)
  const console = await startConsole({ ...settingsOn(data), through: disk?.through })
  const seen = disk?.seenFrom(console.pid) ?? data
  const queue = new Queue('articles', { connection: { url: demo.url } })
  try {
    const { page, close } = await visit(browser, console, '/e/kept/mirror')
    await expect(status(page)).toHaveText(/^synced/, patience)
    fillDisk(join(seen, 'ballast'), seen)
    const name = 'a job of which the disk has no room for many'
    await queue.addBulk(Array.from({ length: 1500 }, () => ({ name, data: {} })))
    await expect(status(page)).toHaveText('mirror stopped: disk full', patience)
    await expect(page.getByRole('alert')).toContainText('Free some space')
    await expect(page.getByRole('alert')).toContainText('the audit are not affected')
    expect(await seriousViolations(page)).toEqual([])
    await page.goto(`${console.origin}/#/e/kept/failures`)
    await expect(page.getByRole('row', { name: /ZodError frontMatter/ })).toBeVisible()
    rmSync(join(seen, 'ballast'))
    await expect(status(page)).toHaveText(/^synced/, patience)
    await close()
  } finally {
    await queue.drain()
    await queue.close()
    await console.stop()
    disk?.remove()
    await rm(data, { recursive: true, force: true })
  }
})

test('a mirror whose Redis user may no longer read says which rights help', async ({ browser }) => {
  const data = mkdtempSync(join(tmpdir(), 'vigie-e2e-'))
  const redis = new Redis(demo.url)
  await redis.acl('SETUSER', 'short', 'on', '>x', '~*', '+@all')
  const { port } = new URL(demo.url)
  const console = await startConsole(settingsOn(data, `redis://short:x@127.0.0.1:${port}`))
  try {
    const { page, close } = await visit(browser, console, '/e/kept/mirror')
    await expect(status(page)).toHaveText(/^synced/, patience)
    await redis.acl('SETUSER', 'short', '-llen')
    await expect(status(page)).toHaveText('mirror may not read Redis', patience)
    await expect(page.getByRole('alert')).toContainText('The README names those')
    expect(await seriousViolations(page)).toEqual([])
    await redis.acl('SETUSER', 'short', '+llen')
    await expect(status(page)).toHaveText(/^synced/, patience)
    await expect(page.getByRole('alert')).toHaveCount(0)
    await close()
  } finally {
    await redis.acl('DELUSER', 'short')
    redis.disconnect()
    await console.stop()
    await rm(data, { recursive: true, force: true })
  }
})

test('a mirror of an environment whose queues cannot be looked for does not pass for one in step', async ({
  browser,
}) => {
  const data = mkdtempSync(join(tmpdir(), 'vigie-e2e-'))
  const redis = new Redis(demo.url)
  await redis.acl('SETUSER', 'blind', 'on', '>x', '~*', '+@all', '-llen')
  const { port } = new URL(demo.url)
  const console = await startConsole(settingsOn(data, `redis://blind:x@127.0.0.1:${port}`))
  try {
    const { page, close } = await visit(browser, console, '/e/kept/mirror')
    await expect(status(page)).toHaveText('mirror knows no queue', patience)
    await expect(page.getByRole('alert')).toContainText('Looking for queues failed')
    await close()
  } finally {
    await redis.acl('DELUSER', 'blind')
    redis.disconnect()
    await console.stop()
    await rm(data, { recursive: true, force: true })
  }
})
