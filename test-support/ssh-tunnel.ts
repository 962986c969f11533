import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import type { Endpoint, SshSettings } from '#shared/contract/profiles.ts'
import { SshTunnel, type SshTunnelOptions } from '#infra/ssh/ssh-tunnel.ts'
import { makeSshKey } from './ssh-keys.ts'
import { startTestSshd, type TestSshd } from './sshd.ts'
import { temporaryFolder } from './temporary-folder.ts'

interface Choices extends Partial<Omit<SshTunnelOptions, 'settings'>> {
  /** Text of the known_hosts file; the server's own keys unless told otherwise. */
  knownHosts?: string
}

/** A tunnel through a test's server, with a key unless told otherwise; closed when the test ends. */
export function tunnelTo(
  server: Pick<TestSshd, 'port' | 'username' | 'knownHosts'>,
  changes: Partial<SshSettings> = {},
  { knownHosts = server.knownHosts(), ...options }: Choices = {},
): SshTunnel {
  const knownHostsPath = join(temporaryFolder(), 'known_hosts')
  writeFileSync(knownHostsPath, knownHosts)
  const tunnel = new SshTunnel({
    settings: {
      host: '127.0.0.1',
      port: server.port,
      username: server.username,
      authentication: 'key',
      keepAlive: 30,
      hostKey: null,
      ...changes,
    },
    secrets: () => Promise.resolve({}),
    knownHostsPath,
    ...options,
  })
  onTestFinished(() => tunnel.close())
  return tunnel
}

/** OpenSSH's server and a key it takes, both gone when the test ends. */
export async function sshdWithKey(options: Parameters<typeof startTestSshd>[0] = {}) {
  const key = makeSshKey(temporaryFolder(), 'mine')
  const server = await startTestSshd({ authorized: [key.publicKey], ...options })
  onTestFinished(() => server.stop())
  const secrets = () => Promise.resolve({ sshKey: key.privateKey })
  const tunnel = (changes: Partial<SshSettings> = {}, choices: Choices = {}) =>
    tunnelTo(server, changes, { secrets, ...choices })
  return { server, key, tunnel }
}

/** A server for the test that asks. Without a handler it answers what it hears. */
export async function listener(
  handle: (socket: Socket) => void = (socket) => socket.pipe(socket),
): Promise<Endpoint> {
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket.on('error', () => {}))
    handle(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
}

/** What an attempt fails with; fails the test when it does not. */
export async function refusalOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => expect.unreachable('nothing was refused'),
    (error: unknown) => error,
  )
}
