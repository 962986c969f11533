import { readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { stubNative } from './native.ts'
import { expect, test } from './test.ts'

test('1: no page of this process can fetch anything but the console’s files', async ({
  desktop: { app },
}) => {
  let visits = 0
  const server = createServer((_request, response) => {
    visits += 1
    response.end('secret')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const outcome = await app.evaluate(async ({ session }, address) => {
    const sessions = [session.defaultSession, session.fromPartition('another')]
    return Promise.all(
      sessions.map((each) =>
        each.fetch(address).then(
          () => 'fetched',
          () => 'refused',
        ),
      ),
    )
  }, `http://127.0.0.1:${port}/`)
  server.close()
  expect(outcome).toEqual(['refused', 'refused'])
  expect(visits).toBe(0)
})

test('1: no certificate error is ever accepted', async ({ desktop: { app } }) => {
  const accepted = await app.evaluate(({ app: electron, BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    return new Promise((decided) => {
      const event = { preventDefault: () => undefined }
      electron.emit(
        'certificate-error',
        event,
        contents,
        'https://docs.bullmq.io/',
        'net::ERR_CERT_AUTHORITY_INVALID',
        {},
        decided,
      )
    })
  })
  expect(accepted).toBe(false)
})

test('5: every permission is denied', async ({ desktop: { page } }) => {
  const outcome = await page.evaluate(async () => {
    const geolocation = new Promise((found) => {
      navigator.geolocation.getCurrentPosition(
        () => found('granted'),
        ({ code }) => found(code),
      )
    })
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read']
    const states = names.map(async (name) => {
      const { state } = await navigator.permissions.query({ name: name as PermissionName })
      return `${name} ${state}`
    })
    const requests = await Promise.allSettled([
      navigator.mediaDevices.getUserMedia({ audio: true, video: true }),
      navigator.mediaDevices.getDisplayMedia({ video: true }),
      navigator.clipboard.readText(),
    ])
    return {
      notification: await Notification.requestPermission(),
      geolocation: await geolocation,
      requests: requests.map(({ status }) => status),
      states: await Promise.all(states),
    }
  })
  expect(outcome).toEqual({
    notification: 'denied',
    geolocation: 1,
    requests: ['rejected', 'rejected', 'rejected'],
    states: [
      'geolocation denied',
      'notifications denied',
      'camera denied',
      'microphone denied',
      'midi denied',
      'clipboard-read denied',
    ],
  })
})

test('5: the page may still copy text', async ({ desktop: { app, page } }) => {
  // Without a window manager only a click gives the page the focus, which copying needs.
  await page.mouse.click(1, 1)
  await page.evaluate(() => navigator.clipboard.writeText('job 42'))
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('job 42')
})

test('11, 12: no webview can be attached, not even in a window that allows the tag', async ({
  desktop: { app, page },
}) => {
  expect(await page.evaluate(() => 'loadURL' in document.createElement('webview'))).toBe(false)
  const attached = await app.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false, webPreferences: { webviewTag: true } })
    await window.loadURL('vigie://console/index.html')
    let count = 0
    window.webContents.on('did-attach-webview', () => {
      count += 1
    })
    const refused = new Promise((done) => window.webContents.once('will-attach-webview', done))
    const tag = `const view = document.createElement('webview')
      view.src = 'vigie://console/index.html'
      document.body.append(view)`
    await window.webContents.executeJavaScript(tag)
    await refused
    await new Promise((done) => setTimeout(done, 200))
    window.destroy()
    return count
  })
  expect(attached).toBe(0)
})

test('13: the page cannot be led elsewhere', async ({ desktop: { app, page } }) => {
  const native = await stubNative(app, { answer: 1 })
  const before = page.url()
  const visited: string[] = []
  page.on('framenavigated', (frame) => visited.push(frame.url()))
  for (const address of [
    'https://example.com/',
    'http://127.0.0.1:1/',
    'file:///etc/passwd',
    'data:text/html,<h1>phish</h1>',
    'vigie://other/index.html',
  ]) {
    await page.evaluate((target) => {
      const link = document.createElement('a')
      link.href = target
      document.body.append(link)
      link.click()
      link.remove()
      window.location.assign(target)
    }, address)
  }
  await expect.poll(native.questions).toContain('https://example.com/')
  expect(page.url()).toBe(before)
  expect(visited).toEqual([])
  expect(await native.opened()).toEqual([])
})

test('13: an emptied page is filled again', async ({ desktop: { page } }) => {
  const before = page.url()
  const back = page.waitForURL(before, { waitUntil: 'load' })
  await page.evaluate(() => window.location.assign('about:blank'))
  await page.waitForURL('about:blank')
  await back.catch(() => undefined)
  await expect.poll(() => page.url()).toBe(before)
})

test('14: no window can be opened', async ({ desktop: { app, page } }) => {
  await stubNative(app, { answer: 1 })
  const opened = await page.evaluate(() =>
    ['https://example.com/', '/index.html', 'about:blank', ''].map((url) => window.open(url)),
  )
  expect(opened).toEqual([null, null, null, null])
  expect(app.windows()).toHaveLength(1)
})

test('downloads are refused', async ({ desktop: { app } }) => {
  const prevented = await app.evaluate(
    ({ session, BrowserWindow }) =>
      new Promise((seen) => {
        session.defaultSession.once('will-download', (event) => seen(event.defaultPrevented))
        BrowserWindow.getAllWindows()[0]?.webContents.downloadURL('vigie://console/index.html')
      }),
  )
  expect(prevented).toBe(true)
})

test('downloads of what the page itself holds are asked about', async ({
  desktop: { app, page },
}) => {
  const saved = app.evaluate(async ({ app: electron, session }) => {
    const path = `${electron.getPath('temp')}/vigie-download-${process.pid}.json`
    let unasked = ''
    const [event, item] = await new Promise<[Electron.Event, Electron.DownloadItem]>((seen) => {
      session.defaultSession.once('will-download', (...given) => {
        unasked = given[1].getSavePath()
        // Stands for the answer to the system's dialog, which no test can press.
        given[1].setSavePath(path)
        seen([given[0], given[1]])
      })
    })
    const state = await new Promise((done) => item.once('done', (_event, how) => done(how)))
    return { prevented: event.defaultPrevented, unasked, state, path }
  })
  await page.evaluate(() => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob(['{"of":"the page"}'], { type: 'application/json' }))
    link.download = 'environments.json'
    link.click()
  })
  const { path, ...rest } = await saved
  expect(rest).toEqual({
    prevented: false,
    unasked: '',
    state: 'completed',
  })
  expect(await readFile(path, 'utf8')).toBe('{"of":"the page"}')
  await rm(path)
})

test('15: only a known https address leaves for the browser unasked', async ({
  desktop: { app, page },
}) => {
  const native = await stubNative(app, { answer: 1 })
  const follow = (url: string) => page.evaluate((address) => void window.open(address), url)
  const refused = [
    'file:///etc/passwd',
    'smb://host/share',
    'vscode://settings',
    'javascript:alert(1)',
    'http://docs.bullmq.io/',
    'https://docs.bullmq.io@example.com/',
  ]
  for (const url of refused) await follow(url)
  // One at a time, with a pause: a page cannot flood a person with windows.
  for (const url of ['https://example.com/unknown', 'https://docs.bullmq.io/guide']) {
    await expect(async () => {
      await follow(url)
      expect([...(await native.questions()), ...(await native.opened())]).toContain(url)
    }).toPass()
  }
  expect(await native.questions()).toEqual(['https://example.com/unknown'])
  expect(await native.opened()).toEqual(['https://docs.bullmq.io/guide'])
})
