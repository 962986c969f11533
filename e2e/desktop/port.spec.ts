import type { ElectronApplication } from '@playwright/test'
import { join } from 'node:path'
import { warnings } from './log.ts'
import { root } from './launch.ts'
import { expect, test } from './test.ts'

const preload = join(root, 'out/preload/index.cjs')

/** Posts the page's request for a port to itself and tells what came of it within half a second. */
const askInPage = `new Promise((answer) => {
  addEventListener('message', ({ data, ports }) => {
    if (data?.type === 'vigie:port') answer('a port: ' + ports.length)
  })
  postMessage({ type: 'vigie:port-please' }, '*')
  setTimeout(answer, 500, 'nothing')
})`

/** Opens another window on `url` with the console's preload, and asks for a port in it. */
function askInNewWindow(app: ElectronApplication, url: string) {
  return app.evaluate(
    async ({ BrowserWindow }, given) => {
      const { preload } = given
      const window = new BrowserWindow({ show: false, webPreferences: { preload } })
      try {
        await window.loadURL(given.url)
        const answer: unknown = await window.webContents.executeJavaScript(given.askInPage)
        return answer
      } finally {
        window.destroy()
      }
    },
    { url, preload, askInPage },
  )
}

test('17: the console’s own page is handed one port, and another only when that one has closed', async ({
  start,
}) => {
  const { page } = await start()
  // Listens before the page's own scripts do.
  await page.addInitScript(() => {
    const ports: MessagePort[] = []
    Object.assign(window, { vigiePorts: ports })
    window.addEventListener(
      'message',
      ({ data, ports: given }: MessageEvent<{ type?: string }>) => {
        if (data.type === 'vigie:port') ports.push(...given)
      },
    )
  })
  await page.reload()
  const count = () =>
    page.evaluate(() => (window as unknown as { vigiePorts: MessagePort[] }).vigiePorts.length)
  await expect.poll(count).toBe(1)
  expect(await page.evaluate(askInPage)).toBe('nothing')
  expect(await count()).toBe(1)
  await page.evaluate(() => {
    const { vigiePorts } = window as unknown as { vigiePorts: MessagePort[] }
    vigiePorts[0]?.close()
    postMessage({ type: 'vigie:port-please' }, '*')
  })
  await expect.poll(count).toBe(2)
})

test('17: a window the console did not open is refused, even on its own origin', async ({
  desktop,
}) => {
  const before = (await warnings(desktop.data)).length
  expect(await askInNewWindow(desktop.app, 'vigie://console/index.html')).toBe('nothing')
  const told = (await warnings(desktop.data)).slice(before)
  expect(told).toContainEqual(
    expect.objectContaining({ msg: 'port refused', reason: 'unknown window' }),
  )
})

test('17: a page of another origin is refused', async ({ desktop }) => {
  expect(await askInNewWindow(desktop.app, 'data:text/html,<p>phish</p>')).toBe('nothing')
})

test('17: a forged sender is refused', async ({ desktop: { app, data } }) => {
  const before = (await warnings(data)).length
  const handed = await app.evaluate(({ BrowserWindow, ipcMain }) => {
    const sender = BrowserWindow.getAllWindows()[0]?.webContents
    const { mainFrame } = sender ?? {}
    const handed: object[] = []
    const frame = (change: object) => ({
      origin: 'vigie://console',
      url: 'vigie://console/index.html',
      parent: null,
      detached: false,
      isDestroyed: () => false,
      postMessage: () => handed.push(change),
      ...change,
    })
    const forged = [
      frame({ parent: mainFrame }),
      frame({}),
      frame({ origin: 'https://example.com', url: 'https://example.com/' }),
      null,
    ]
    for (const senderFrame of forged) ipcMain.emit('vigie:port', { sender, senderFrame })
    return new Promise<object[]>((done) => setTimeout(done, 200, handed))
  })
  expect(handed).toEqual([])
  const told = (await warnings(data)).slice(before)
  expect(told.filter(({ msg }) => msg === 'port refused').map(({ reason }) => reason)).toEqual([
    'not the main frame',
    'not the main frame',
    'not the main frame',
    'no frame',
  ])
})

test('17: a sub-frame has no preload, and cannot ask through its parent', async ({
  desktop: { page },
}) => {
  await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.srcdoc = '<p>inside</p>'
    document.body.append(frame)
    return new Promise((done) => frame.addEventListener('load', done))
  })
  const frame = page.frames().find((each) => each.parentFrame() !== null)
  expect(await frame?.evaluate(askInPage)).toBe('nothing')
  const throughParent = page.evaluate(
    () =>
      new Promise((answer) => {
        window.addEventListener('message', ({ data }: MessageEvent<{ type?: string }>) => {
          if (data.type === 'vigie:port') answer('a port')
        })
        setTimeout(answer, 500, 'nothing')
      }),
  )
  await frame?.evaluate(() => window.parent.postMessage({ type: 'vigie:port-please' }, '*'))
  expect(await throughParent).toBe('nothing')
  await page.evaluate(() => document.querySelector('iframe')?.remove())
})
