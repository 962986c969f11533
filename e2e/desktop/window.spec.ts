import type { ElectronApplication } from '@playwright/test'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from './test.ts'

const bounds = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
const isVisible = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
const menu = (app: ElectronApplication) =>
  app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label))
const choose = (app: ElectronApplication, id: string) =>
  app.evaluate(({ Menu }, chosen) => {
    Menu.getApplicationMenu()?.getMenuItemById(chosen)?.click()
  }, id)

async function remember(data: string, text: string) {
  await mkdir(join(data, 'desktop'), { recursive: true })
  await writeFile(join(data, 'desktop', 'window.json'), text)
}

test('the window opens where it was, in the size it had', async ({ start }) => {
  const first = await start()
  const wanted = { x: 60, y: 40, width: 1100, height: 700 }
  // A display server tells sizes of its own while it puts a window up, after those that were set.
  await expect.poll(() => isVisible(first.app)).toBe(true)
  await first.app.evaluate(
    ({ BrowserWindow }, place) => BrowserWindow.getAllWindows()[0]?.setBounds(place),
    wanted,
  )
  await expect.poll(() => bounds(first.app)).toEqual(wanted)
  await first.quit()
  const second = await start()
  await expect.poll(() => isVisible(second.app)).toBe(true)
  await expect.poll(() => bounds(second.app)).toEqual(wanted)
  await second.quit()
})

test('the window is shown, and no smaller than the screens are made for', async ({ start }) => {
  const desktop = await start()
  const { app } = desktop
  const window = () =>
    app.evaluate(({ BrowserWindow }) => {
      const [only] = BrowserWindow.getAllWindows()
      return [only?.isVisible(), only?.getMinimumSize()]
    })
  await expect.poll(window).toEqual([true, [1024, 640]])
  await desktop.quit()
})

test('a window that would open off every screen comes home', async ({ data, start }) => {
  const away = { x: 9000, y: 9000, width: 1100, height: 700 }
  await remember(data, JSON.stringify({ bounds: away, maximized: false }))
  const desktop = await start()
  const { app } = desktop
  const area = await app.evaluate(({ screen }) => screen.getPrimaryDisplay().workArea)
  const place = await bounds(app)
  expect(place).toMatchObject({ width: 1100, height: 700 })
  expect(place?.x).toBeLessThan(area.width)
  expect(place?.y).toBeLessThan(area.height)
  await desktop.quit()
})

test('a damaged memory of the window does no harm', async ({ data, start }) => {
  const untouched = await start({ data: join(data, 'other') })
  const first = await bounds(untouched.app)
  await untouched.quit()
  await remember(data, '{"bounds":{"x":')
  const desktop = await start()
  expect(await bounds(desktop.app)).toEqual(first)
  await desktop.quit()
})

test('menus speak the system’s language until another is chosen, and remember it', async ({
  start,
}) => {
  const first = await start({ language: 'fr-FR' })
  await expect
    .poll(() => menu(first.app))
    .toEqual(['Fichier', 'Édition', 'Affichage', 'Fenêtre', 'Aide'])
  await choose(first.app, 'language-en')
  const english = ['File', 'Edit', 'View', 'Window', 'Help']
  await expect.poll(() => menu(first.app)).toEqual(english)
  await first.quit()
  const second = await start({ language: 'fr-FR' })
  await expect.poll(() => menu(second.app)).toEqual(english)
  await second.quit()
})

test('the chosen theme reaches the native parts and the page', async ({ start }) => {
  const desktop = await start()
  const { app, page } = desktop
  const dark = () => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  // The test tool otherwise answers for the system.
  await page.emulateMedia({ colorScheme: null })
  for (const theme of ['dark', 'light'] as const) {
    await choose(app, `theme-${theme}`)
    await expect
      .poll(() => app.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors))
      .toBe(theme === 'dark')
    await expect.poll(dark).toBe(theme === 'dark')
  }
  await desktop.quit()
})
