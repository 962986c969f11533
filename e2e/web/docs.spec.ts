import { expect, test } from '@playwright/test'
import { chromiumExecutable } from '../support/chromium.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'

test.use({ launchOptions: { executablePath: chromiumExecutable() ?? undefined } })

let running: ConsoleUnderTest
test.beforeAll(async () => {
  running = await startConsole()
})
test.afterAll(() => running.stop())

test("the API's page works from this console alone, under its strict policy", async ({ page }) => {
  const elsewhere: string[] = []
  const complaints: string[] = []
  await page.route('**', async (route) => {
    const url = route.request().url()
    if (url.startsWith(running.origin) || url.startsWith('data:')) return route.continue()
    elsewhere.push(url)
    return route.abort()
  })
  page.on('console', (message) => {
    if (message.type() !== 'log') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))

  await page.goto(`${running.origin}/api/docs?token=${running.token}`)
  await expect(page).toHaveURL(`${running.origin}/api/docs`)
  await expect(page.getByRole('heading', { name: /^Vigie/ })).toBeVisible()

  const remove = page.locator('.opblock', { hasText: 'Delete a job, with its logs and children' })
  await remove.click()
  await expect(remove).toContainText('JOB_STATE_CHANGED')

  const list = page.locator('.opblock', { hasText: 'All environments with their health' })
  await list.click()
  await list.getByRole('button', { name: 'Try it out' }).click()
  await list.getByRole('button', { name: 'Execute' }).click()
  await expect(list.locator('.live-responses-table')).toContainText('200')

  expect(elsewhere).toEqual([])
  expect(complaints).toEqual([])
})

test('a program gets the document with the token alone', async ({ request }) => {
  const headers = { authorization: `Bearer ${running.token}` }
  const response = await request.get(`${running.origin}/api/openapi.json`, { headers })
  expect(response.status()).toBe(200)
  expect(await response.json()).toMatchObject({
    openapi: expect.stringMatching(/^3\.1\./),
    servers: [{ url: '/api' }],
  })
  expect((await request.get(`${running.origin}/api/openapi.json`)).status()).toBe(401)
})
