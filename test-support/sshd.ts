import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { endWithThisProcess } from './children.ts'
import { freePort } from './free-port.ts'
import { descendantsOf } from './processes.ts'
import { makeSshKey, type SshKey } from './ssh-keys.ts'

/** Its own path, which sshd must be started by; it stands outside the PATH of users. */
const program = '/usr/sbin/sshd'

/** Whether OpenSSH's server is on this machine. */
export function hasSshd(): boolean {
  try {
    accessSync(program, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export interface TestSshd {
  port: number
  /** The user who may log in, who is the one that runs the tests. */
  username: string
  hostKeys: readonly SshKey[]
  /** Lines of known_hosts for this server, under the names `host` is known by. */
  knownHosts(host?: string): string
  /** Processes that serve connections now. */
  sessions(): number[]
  /** Ends the server and all its connections without a word (SIGKILL). */
  kill(): Promise<void>
  /** Starts it again, on the same port and with the same keys; other keys where given. */
  start(hostKeys?: readonly SshKey[]): Promise<void>
  stop(): Promise<void>
}

/**
 * Starts OpenSSH's own server on loopback, as this user and for this user alone: it takes the given
 * public keys and no password. `extra` are lines of sshd_config, which win over those here.
 */
export async function startTestSshd(options: {
  authorized?: readonly string[]
  hostKeys?: (directory: string) => SshKey[]
  extra?: readonly string[]
}): Promise<TestSshd> {
  const directory = mkdtempSync(join(tmpdir(), 'vigie-test-sshd-'))
  const port = await freePort()
  const hostKeys = options.hostKeys?.(directory) ?? [makeSshKey(directory, 'host')]
  const authorized = join(directory, 'authorized_keys')
  writeFileSync(authorized, `${(options.authorized ?? []).join('\n')}\n`, { mode: 0o600 })
  // sshd will not run as root without it; Debian makes it when the service starts, which it does not.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 })

  let child: ChildProcess | null = null
  let ended: (() => void) | null = null
  const sessions = () => (child?.pid === undefined ? [] : descendantsOf(child.pid))

  const start = async (keys: readonly SshKey[] = hostKeys) => {
    const config = join(directory, 'sshd_config')
    const lines = [
      ...(options.extra ?? []),
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      ...keys.map(({ path }) => `HostKey ${path}`),
      'PidFile none',
      'StrictModes no',
      'UsePAM no',
      'PermitRootLogin yes',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      `AuthorizedKeysFile ${authorized}`,
      // Connections that were refused on purpose must not make it refuse others.
      'MaxStartups 100',
    ]
    writeFileSync(config, `${lines.join('\n')}\n`)
    const server = spawn(program, ['-D', '-e', '-f', config], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child = server
    ended = endWithThisProcess(server, directory)
    await new Promise<void>((resolve, reject) => {
      let output = ''
      server.stderr.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        if (output.includes('Server listening')) resolve()
      })
      server.once('error', reject)
      server.once('exit', (code) => reject(new Error(`sshd ended with ${String(code)}: ${output}`)))
    })
  }

  const kill = async () => {
    const server = child
    if (server === null) return
    const serving = sessions()
    child = null
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGKILL')
      await once(server, 'exit')
    }
    for (const pid of serving) killQuietly(pid)
    ended?.()
  }

  await start()
  return {
    port,
    username: userInfo().username,
    hostKeys,
    knownHosts: (host = `[127.0.0.1]:${port}`) =>
      hostKeys.map(({ publicKey }) => `${host} ${publicKey}\n`).join(''),
    sessions,
    kill,
    start,
    async stop() {
      await kill()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/** It may have ended with its connection. */
function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {}
}
