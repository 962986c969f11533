import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { WebSocket, type ClientOptions } from 'ws'
import type { EnvironmentOptions } from '../src/main/command-line-environment.ts'
import { compose, type Console } from '../src/main/compose.ts'
import type { Services } from '../src/main/core/services.ts'
import { forkHelper } from '../src/main/infra/keychain/helper-process.ts'
import type { contract } from '../src/shared/contract/index.ts'
import { startWeb, type Web, type WebOptions } from '../src/main/web/start.ts'
import './redis-global-setup.ts'

export interface TestConsole {
  web: Web
  console: Console
  origin: string
  port: number
  token: string
  /** As a program does: with the token, and no Origin. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  /** Sends exactly this request and answers all bytes of the response as text. */
  raw(lines: readonly string[], body?: string): Promise<string>
  /** A socket to `/rpc`, with the token unless other options are given. */
  socket(path?: string, options?: ClientOptions): WebSocket
  close(): Promise<void>
}

interface TestOverrides extends Partial<Omit<WebOptions, 'services'>> {
  /** Services that stand in for the real ones, to drive a transport to its limits. */
  replace?: { [Name in keyof Services]?: Partial<Services[Name]> }
  /** One that stays when the console ends, for a test that starts another on it. */
  dataDirectory?: string
}

/** A whole console on a free port: the real one, with a renderer of two files. */
export async function startTestConsole(
  environment: Partial<EnvironmentOptions> | null,
  { replace, dataDirectory, ...overrides }: TestOverrides = {},
): Promise<TestConsole> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-web-'))
  const renderer = join(folder, 'renderer')
  await mkdir(join(renderer, 'assets'), { recursive: true })
  await writeFile(join(renderer, 'index.html'), '<!doctype html><title>Vigie</title>')
  await writeFile(join(renderer, 'assets', 'index-abc123.js'), 'export {}')
  const keychain = join(import.meta.dirname, '../src/main/infra/keychain/keychain-process.ts')
  const opened = await compose({
    // A test keeps nothing in the keychain of whoever runs it.
    startKeychain: () =>
      forkHelper(keychain, { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }),
    entry: 'web',
    version: '0.0.0-test',
    dataDirectory: dataDirectory ?? join(folder, 'data'),
    environments:
      environment === null
        ? []
        : [
            {
              id: 'test',
              name: 'Test',
              kind: 'development',
              url: 'redis://127.0.0.1:1',
              prefix: 'bull',
              readOnly: false,
              demo: false,
              ...environment,
            },
          ],
  })
  const token = overrides.token ?? 'a-token-only-for-tests'
  const web = await startWeb({
    services: replaced(opened.services, replace),
    host: '127.0.0.1',
    port: 0,
    token,
    staticDirectory: renderer,
    docsDirectory: dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json')),
    operator: 'ada@test',
    ...overrides,
  })
  const port = Number(new URL(web.origin).port)
  const authorization = `Bearer ${token}`
  return {
    web,
    console: opened,
    origin: web.origin,
    port,
    token,
    fetch(path, init) {
      const headers = new Headers(init?.headers)
      if (!headers.has('authorization')) headers.set('authorization', authorization)
      return fetch(web.origin + path, { redirect: 'manual', ...init, headers })
    },
    async raw(lines, body = '') {
      const socket = connect(port, '127.0.0.1')
      socket.setEncoding('latin1')
      socket.write([...lines, '', ''].join('\r\n') + body)
      let text = ''
      socket.on('data', (chunk: string) => (text += chunk))
      socket.on('error', () => {})
      await once(socket, 'close')
      return text
    },
    socket(path = '/rpc', options = { headers: { authorization } }) {
      return new WebSocket(`ws://127.0.0.1:${port}${path}`, options)
    },
    async close() {
      await web.close()
      await opened.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Services of which some methods are others; the rest stay the real ones. */
function replaced(services: Services, replace: TestOverrides['replace'] = {}): Services {
  const entries = Object.entries(services).map(([name, service]: [string, object]) => {
    const other = replace[name as keyof Services] as Record<PropertyKey, unknown> | undefined
    if (other === undefined) return [name, service]
    return [
      name,
      new Proxy(service, {
        get(target, key) {
          const value: unknown = key in other ? other[key] : Reflect.get(target, key)
          return typeof value === 'function' ? value.bind(target) : value
        },
      }),
    ]
  })
  return Object.fromEntries(entries) as Services
}

/** The renderer's client over a socket that may still be opening. */
export function clientOver(socket: WebSocket): ContractRouterClient<typeof contract> {
  // `ws` has the part of the browser's interface that the link uses.
  const websocket = socket as unknown as ConstructorParameters<typeof RPCLink>[0]['websocket']
  return createORPCClient(new RPCLink({ websocket }))
}
