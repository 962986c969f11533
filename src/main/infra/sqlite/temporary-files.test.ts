import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#test-support/temporary-folder.ts'

/** In a process of its own, since SQLite looks once; on a thread, whose environment is a copy. */
const sortOnThread = `
  import { Worker } from 'node:worker_threads'
  import BetterSqlite from 'better-sqlite3'
  import { keepTemporaryFilesIn } from '${pathToFileURL(join(import.meta.dirname, 'temporary-files.ts')).href}'
  keepTemporaryFilesIn(process.argv[1])
  new BetterSqlite(':memory:').close()
  new Worker(\`
    const { readdirSync, readlinkSync } = require('node:fs')
    // What was opened and deleted at once is nobody else's.
    const opened = () => readdirSync('/proc/self/fd').flatMap((number) => {
      try {
        const file = readlinkSync('/proc/self/fd/' + number)
        return file.endsWith(' (deleted)') ? [file] : []
      } catch {
        return []
      }
    })
    const database = require('better-sqlite3')(':memory:')
    database.pragma('temp_store = FILE')
    database.pragma('cache_size = -100')
    const rows = database.prepare(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000) " +
        "SELECT hex(randomblob(50)) AS text FROM n ORDER BY text").iterate()
    const before = new Set(opened())
    rows.next()
    for (const file of opened()) if (!before.has(file)) console.log(file)
    rows.return()
    database.close()
  \`, { eval: true, execArgv: [] })`

const sortedIn = async (folder: string, chosen: Record<string, string> = {}) => {
  const { SQLITE_TMPDIR: _, ...env } = process.env
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', sortOnThread, folder],
    { cwd: import.meta.dirname, env: { ...env, ...chosen } },
  )
  return stdout.trim().split('\n')
}

// Only there can be seen what a process has open.
test.runIf(process.platform === 'linux')(
  'what threads sort is written beside the data, unless another folder was chosen',
  async () => {
    const [data, other] = [temporaryFolder(), temporaryFolder()]
    for (const file of await sortedIn(data)) expect(file).toContain(`${data}/`)
    for (const file of await sortedIn(data, { SQLITE_TMPDIR: other })) {
      expect(file).toContain(`${other}/`)
    }
  },
)
