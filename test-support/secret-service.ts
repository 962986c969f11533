import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { endWithThisProcess } from './children.ts'

const run = promisify(execFile)

/** A D-Bus and a Secret Service (gnome-keyring) of their own, with nothing of this user's in them. */
export interface TestSecretService {
  /** The variables by which a process finds it, and only it: there is no screen for a prompt. */
  env: NodeJS.ProcessEnv
  /** Locks its keyring; a prompt to unlock it is dismissed, since nobody could see it. */
  lock(): Promise<void>
  /** Nothing answers any more, but D-Bus takes each call, as when a person does not answer. */
  freeze(): void
  thaw(): void
  /** Ends both, as when somebody logs out. */
  stop(): Promise<void>
}

/** Starts it unlocked. Debian's packages are `dbus` and `gnome-keyring`. */
export async function startSecretService(): Promise<TestSecretService> {
  const home = await mkdtemp(join(tmpdir(), 'vigie-keyring-'))
  const runtime = join(home, 'run')
  mkdirSync(runtime, { mode: 0o700 })
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...inherited } = process.env
  const env = {
    ...inherited,
    HOME: home,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_RUNTIME_DIR: runtime,
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(home, 'bus')}`,
  }
  const bus = spawn(
    'dbus-daemon',
    [
      '--session',
      '--nofork',
      '--nopidfile',
      `--address=${env.DBUS_SESSION_BUS_ADDRESS}`,
      '--print-address=1',
    ],
    { env, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const busEnded = endWithThisProcess(bus, home)
  await once(bus.stdout, 'data')
  const keyring = spawn(
    'gnome-keyring-daemon',
    ['--foreground', '--unlock', '--components=secrets'],
    { env, stdio: ['pipe', 'ignore', 'ignore'] },
  )
  const keyringEnded = endWithThisProcess(keyring, home)
  // An empty password would leave it without a keyring.
  keyring.stdin.end('\n')
  const ask = (...args: string[]) =>
    run('dbus-send', ['--session', '--print-reply', ...args], { env })
  await isThere(ask)
  return {
    env,
    async lock() {
      const keyrings = 'array:objpath:/org/freedesktop/secrets/collection/login'
      const method = 'org.freedesktop.Secret.Service.Lock'
      await ask('--dest=org.freedesktop.secrets', '/org/freedesktop/secrets', method, keyrings)
    },
    freeze: () => void keyring.kill('SIGSTOP'),
    thaw: () => void keyring.kill('SIGCONT'),
    async stop() {
      for (const child of [keyring, bus]) {
        if (child.exitCode !== null || child.signalCode !== null) continue
        child.kill('SIGKILL')
        await once(child, 'exit')
      }
      await rm(home, { recursive: true, force: true })
      busEnded()
      keyringEnded()
    },
  }
}

async function isThere(ask: (...args: string[]) => Promise<{ stdout: string }>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { stdout } = await ask(
      '--dest=org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      'org.freedesktop.DBus.NameHasOwner',
      'string:org.freedesktop.secrets',
    )
    if (stdout.includes('boolean true')) return
    await delay(25)
  }
  throw new Error('gnome-keyring-daemon did not start')
}
