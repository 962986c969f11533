import { execFileSync } from 'node:child_process'
import { Buffer } from 'node:buffer'
import { closeSync, openSync, statfsSync, writeSync } from 'node:fs'

/** Makes a folder a disk of so many megabytes. @returns false where this user may not. */
export function mountDisk(folder: string, megabytes: number): boolean {
  const size = `size=${megabytes}m`
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Also while files on it are open. */
export function unmountDisk(folder: string): void {
  execFileSync('umount', ['--lazy', folder])
}

/** Writes a file that leaves room for so few blocks on its disk. */
export function fillDisk(file: string, disk: string, left = 16): void {
  const { bavail, bsize } = statfsSync(disk)
  const block = Buffer.alloc(bsize, 1)
  const descriptor = openSync(file, 'w')
  for (let blocks = bavail - left; blocks > 0; blocks -= 1) writeSync(descriptor, block)
  closeSync(descriptor)
}
