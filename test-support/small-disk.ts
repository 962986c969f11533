import { execFileSync } from 'node:child_process'
import { Buffer } from 'node:buffer'
import { closeSync, openSync, statfsSync, writeSync } from 'node:fs'

/** Why a test that needs one is skipped. */
export const noDisk = 'neither mount nor unshare -rm is allowed here, so there is no disk to fill'

/** A folder that is a disk of its own. */
export interface SmallDisk {
  /**
   * What a program is to be started by that shall see it; empty where all do. A user who may not mount may
   * have a namespace of their own in which they may.
   */
  through: readonly string[]
  /** Where we see what that program has in this folder, given its process id. */
  seenFrom(pid: number): string
  remove(): void
}

/** Null, and said on the console, where this user may make none. */
export function smallDisk(folder: string, megabytes: number): SmallDisk | null {
  const mount = ['mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder] as const
  if (may(mount)) {
    return {
      through: [],
      seenFrom: () => folder,
      // Also while files on it are open.
      remove: () => void execFileSync('umount', ['--lazy', folder]),
    }
  }
  const apart = ['unshare', '--map-root-user', '--mount'] as const
  if (!may([...apart, ...mount])) {
    console.warn(`Skipped: ${noDisk}`)
    return null
  }
  const [program, ...rest] = mount
  return {
    through: [
      ...apart,
      'sh',
      '-c',
      `${[program, ...rest.slice(0, -1)].join(' ')} "$0" && exec "$@"`,
      folder,
    ],
    seenFrom: (pid) => `/proc/${pid}/root${folder}`,
    // It ends with those who see it.
    remove: () => {},
  }
}

function may([program, ...rest]: readonly [string, ...string[]]): boolean {
  try {
    execFileSync(program, rest, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Writes a file that leaves room for so few blocks on its disk. */
export function fillDisk(file: string, disk: string, left = 16): void {
  const { bavail, bsize } = statfsSync(disk)
  const block = Buffer.alloc(bsize, 1)
  const descriptor = openSync(file, 'w')
  for (let blocks = bavail - left; blocks > 0; blocks -= 1) writeSync(descriptor, block)
  closeSync(descriptor)
}
