import type { Database } from 'better-sqlite3'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '#core/services.ts'

const day = 24 * 60 * 60 * 1000
const checkEvery = 60 * 60 * 1000
export const backupsKept = 14
const backupName = /^vigie-(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2})Z\.db$/

export interface Backups {
  /** Resolves when a backup that is being written is done. */
  stop(): Promise<void>
}

/** When a backup was made, or null when the file name is not a backup's. */
function madeAt(name: string): number | null {
  const [, stamp] = backupName.exec(name) ?? []
  if (stamp === undefined) return null
  const [date, time = ''] = stamp.split('T')
  return Date.parse(`${date}T${time.replaceAll('-', ':')}Z`)
}

async function backupsIn(directory: string): Promise<{ name: string; at: number }[]> {
  const names = await readdir(directory)
  return names
    .flatMap((name) => {
      const at = madeAt(name)
      return at === null ? [] : [{ name, at }]
    })
    .sort((left, right) => right.at - left.at)
}

/**
 * Writes a backup when the newest is older than a day, and removes all but the newest 14. A backup
 * appears under its name only once it is complete; a copy that was broken off is removed.
 * @returns the file written, or null when none was due.
 */
export async function backupIfDue(
  database: Database,
  directory: string,
  now: number = Date.now(),
): Promise<string | null> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const [newest] = await backupsIn(directory)
  if (newest !== undefined && now - newest.at < day && newest.at <= now) return null
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')
  const file = join(directory, `vigie-${stamp}Z.db`)
  const partial = `${file}.${process.pid}.partial`
  try {
    await (await open(partial, 'w', 0o600)).close()
    await database.backup(partial)
    await rename(partial, file)
  } finally {
    await rm(partial, { force: true })
  }
  const old = (await backupsIn(directory)).slice(backupsKept)
  await Promise.all(old.map(({ name }) => rm(join(directory, name), { force: true })))
  return file
}

/** Backs up now if due, then looks again every hour. A failure is logged and never stops the console. */
export function startBackups(database: Database, directory: string, log: Log): Backups {
  const run = async () => {
    try {
      const file = await backupIfDue(database, directory)
      if (file !== null) log.info({ file }, 'database backed up')
    } catch (error) {
      log.error({ err: error, directory }, 'the database could not be backed up')
    }
  }
  let running = run()
  const timer = setInterval(() => {
    running = Promise.all([running, run()]).then(() => undefined)
  }, checkEvery)
  timer.unref()
  return {
    stop() {
      clearInterval(timer)
      return running
    },
  }
}
