import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { chromiumExecutable } from '../../e2e/support/chromium.ts'
import { hasSshd } from '../../test-support/sshd.ts'
import { onPath } from './programs.ts'
import { isRoot } from './project.ts'

interface Need {
  present: () => boolean
  /** Debian's packages. */
  packages: readonly string[]
  /** What to do on a machine where this script may not install. */
  advice: string
}

const needs: readonly Need[] = [
  {
    present: () => onPath('redis-server') !== null,
    packages: ['redis-server'],
    advice:
      'redis-server, for the integration tests: `sudo apt-get install redis-server` or `brew install redis`',
  },
  {
    present: () => chromiumExecutable() !== null,
    packages: ['chromium', 'fonts-dejavu-core'],
    advice:
      'Chromium, for the end-to-end tests: `sudo apt-get install chromium` or `npx playwright install chromium`, or name one in CHROMIUM_EXECUTABLE',
  },
  {
    present: () => hasSshd() && ['ssh-keygen', 'ssh-agent', 'ssh-add'].every(isOnPath),
    packages: ['openssh-server', 'openssh-client'],
    advice:
      "OpenSSH's server and tools, for the tests of SSH tunnels: `sudo apt-get install openssh-server openssh-client`; its service need not run",
  },
  {
    present: () => isOnPath('openssl'),
    packages: ['openssl'],
    advice: 'openssl, which makes the certificates of tests: `sudo apt-get install openssl`',
  },
  {
    // Elsewhere the keychain is the system's own, and its tests are skipped.
    present: () =>
      process.platform !== 'linux' || ['dbus-run-session', 'gnome-keyring-daemon'].every(isOnPath),
    packages: ['dbus', 'gnome-keyring'],
    advice:
      'A Secret Service, for the tests of the keychain: `sudo apt-get install dbus gnome-keyring`',
  },
]

function isOnPath(program: string): boolean {
  return onPath(program) !== null
}

/** Installs what the tests need and this machine lacks, when it may; else what to install, line by line. */
export function prepareMachine(): string[] {
  const missing = needs.filter(({ present }) => !present())
  if (missing.length > 0 && mayInstall()) install(missing.flatMap(({ packages }) => packages))
  return needs.filter(({ present }) => !present()).map(({ advice }) => advice)
}

function mayInstall(): boolean {
  return process.platform === 'linux' && isRoot() && onPath('apt-get') !== null
}

/** Debian asks this script whether a package may start its service: the tests start servers of their own. */
const policy = '/usr/sbin/policy-rc.d'

function install(packages: readonly string[]): void {
  console.log(`Installing ${packages.join(', ')} …`)
  const ownPolicy = !existsSync(policy)
  if (ownPolicy) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    if (apt('update', '-qq')) {
      apt('install', '-y', '-qq', '--no-install-recommends', ...packages)
    }
  } finally {
    if (ownPolicy) rmSync(policy, { force: true })
  }
}

/** Its output is shown only when it fails. */
function apt(...args: readonly string[]): boolean {
  const { status, stdout, stderr } = spawnSync('apt-get', args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0) console.error(`${stdout}${stderr}`)
  return status === 0
}
