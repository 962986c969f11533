import { expect, test } from './test.ts'

/* Electron's security checklist, by its numbers: https://www.electronjs.org/docs/latest/tutorial/security */

test('2, 20: the page sees no Node and no Electron', async ({ desktop: { page } }) => {
  const seen = await page.evaluate(() => {
    const names = ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer']
    return names.filter((name) => name in globalThis)
  })
  expect(seen).toEqual([])
})

test('2, 3, 4, 6, 8, 9, 10: the window has the safe preferences', async ({ desktop: { app } }) => {
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    // Not in Electron's types, though there since 1.x.
    const contents = window?.webContents as unknown as { getLastWebPreferences(): object }
    return contents.getLastWebPreferences()
  })
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    enableBlinkFeatures: '',
  })
})

test('3: what a page does to the prototypes does not reach the preload', async ({ start }) => {
  const { page } = await start()
  // A hostile page, before anything else runs in it: what the preload calls would be seen here.
  await page.addInitScript(() => {
    const seen = { stolen: 0, ports: 0 }
    Object.assign(window, { vigieSeen: seen })
    window.addEventListener('message', ({ data }: MessageEvent<{ type?: string }>) => {
      if (data.type === 'vigie:port') seen.ports += 1
    })
    const post = window.postMessage.bind(window)
    window.postMessage = (message: { type?: string }, ...rest: unknown[]) => {
      if (message.type === 'vigie:port') seen.stolen += 1
      Reflect.apply(post, window, [message, ...rest])
    }
  })
  await page.reload()
  const seen = () => page.evaluate(() => (window as unknown as { vigieSeen: object }).vigieSeen)
  await expect.poll(seen).toEqual({ stolen: 0, ports: 1 })
})

test('4: the renderer’s process was started sandboxed', async ({ desktop: { app } }) => {
  const sandboxed = await app.evaluate(({ BrowserWindow, app: electron }) => {
    const pid = BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId()
    const metric = electron.getAppMetrics().find((process) => process.pid === pid)
    return { type: metric?.type, off: electron.commandLine.hasSwitch('no-sandbox') }
  })
  expect(sandboxed.type).toBe('Tab')
  // Off only for root, who cannot have Chromium's sandbox; the preference above holds all the same.
  expect(sandboxed.off).toBe(process.platform === 'linux' && process.getuid?.() === 0)
})

test('7: the content security policy refuses what the bundle does not need', async ({
  desktop: { page },
}) => {
  const refused = await page.evaluate(async () => {
    // While it evaluates, the test's own tool lifts the ban on eval: so out of its turn.
    await new Promise((done) => setTimeout(done))
    const violations: string[] = []
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.effectiveDirective),
    )
    const attempt = (run: () => unknown) => {
      try {
        run()
      } catch (error) {
        violations.push(error instanceof Error ? error.name : String(error))
      }
    }
    // eslint-disable-next-line no-eval -- that it is refused is what is tested
    attempt(() => (0, eval)('globalThis.ran = true'))
    attempt(() => Reflect.construct(Function, ['globalThis.ran = true'])())
    const inline = document.createElement('script')
    inline.textContent = 'globalThis.ran = true'
    document.head.append(inline)
    const foreign = document.createElement('script')
    foreign.src = 'https://example.com/a.js'
    document.head.append(foreign)
    const image = document.createElement('img')
    image.setAttribute('onerror', 'globalThis.ran = true')
    image.src = 'https://example.com/a.png'
    document.body.append(image)
    const frame = document.createElement('iframe')
    frame.src = 'https://example.com/'
    document.body.append(frame)
    const form = document.createElement('form')
    form.action = 'https://example.com/'
    document.body.append(form)
    form.submit()
    const fetched = await fetch('https://example.com/').then(
      () => 'fetched',
      () => 'not fetched',
    )
    const base = document.createElement('base')
    base.href = 'https://example.com/'
    document.head.append(base)
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50)))
    for (const element of [inline, foreign, image, frame, form, base]) element.remove()
    return { violations, fetched, ran: 'ran' in globalThis, base: document.baseURI }
  })
  expect(refused.ran).toBe(false)
  expect(refused.fetched).toBe('not fetched')
  expect(refused.base).toContain('vigie://console/')
  expect(new Set(refused.violations)).toEqual(
    new Set([
      'EvalError',
      'script-src',
      'script-src-elem',
      'script-src-attr',
      'img-src',
      'frame-src',
      'form-action',
      'connect-src',
      'base-uri',
    ]),
  )
})

test('7: every answer of the console’s scheme carries the security headers', async ({
  desktop: { page },
}) => {
  const answers = await page.evaluate(async () => {
    const paths = ['/index.html', '/missing.js']
    return Promise.all(
      paths.map(async (path) => {
        const { status, headers } = await fetch(path)
        return { status, ...Object.fromEntries(headers) }
      }),
    )
  })
  const headers = {
    'content-security-policy': expect.stringContaining("default-src 'none'; script-src 'self'; "),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
  }
  expect(answers[0]).toMatchObject({ status: 200, ...headers })
  expect(answers[1]).toMatchObject({ status: 404, ...headers })
  expect(JSON.stringify(answers)).not.toContain('unsafe-eval')
})

test('18: the page is on a secure origin of its own, never on file:', async ({
  desktop: { page },
}) => {
  expect(page.url()).toMatch(/^vigie:\/\/console\/index\.html/)
  expect(await page.evaluate(() => [origin, isSecureContext])).toEqual(['vigie://console', true])
})

test('18: the scheme serves the renderer’s files and nothing around them', async ({
  desktop: { page },
}) => {
  const outcome = await page.evaluate(async () => {
    const addresses = [
      'vigie://console/',
      'vigie://console/../../package.json',
      'vigie://console/../main/index.js',
      'vigie://console/%2e%2e/main/index.js',
      'vigie://console/..%2fmain%2findex.js',
      'vigie://console/..%5cmain%5cindex.js',
      'vigie://console//etc/passwd',
      'vigie://other/index.html',
      'file:///etc/passwd',
    ]
    const statuses = addresses.map((address) =>
      fetch(address).then(
        ({ status }) => status,
        () => 'refused',
      ),
    )
    const posted = await fetch('/index.html', { method: 'POST', body: 'x' })
    return { statuses: await Promise.all(statuses), posted: posted.status }
  })
  expect(outcome.statuses).toEqual([200, 404, 404, 404, 404, 404, 404, 'refused', 'refused'])
  expect(outcome.posted).toBe(405)
})
