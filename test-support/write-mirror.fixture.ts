import { defaultMirrorSettings } from '../src/shared/contract/mirror.ts'
import { SqliteMirrorStore } from '../src/main/infra/sqlite/mirror/mirror-store.ts'
import { failedJob, rawDetails } from './raw-jobs.ts'

/**
 * Writes to a mirror in the folder it is given, from the job it is given on, until it is ended. Tells how many jobs
 * there were once a batch of them is written.
 */
const [directory = '', first = '0'] = process.argv.slice(2)
const batchSize = 200
const writer = new SqliteMirrorStore({ directory }).writer('e')
await writer.open({ ...defaultMirrorSettings, payloadText: 'all' }, { split: [] })
for (let next = Number(first); ; next += batchSize) {
  const ids = Array.from({ length: batchSize }, (_, index) => String(next + index))
  const jobs = ids.map((id) =>
    failedJob({ id, finished: 1_000_000 + Number(id), message: `Order ${id} was refused` }),
  )
  const deferred = (next / batchSize) % 2 === 0
  await writer.write({ queue: 'mail', seenAt: 2_000_000, jobs, gone: [], deferred })
  await writer.writeDetails(
    'mail',
    ids.map((id) => rawDetails(id, { stack: 'Error: no\n    at pay (pay.js:3:1)', data: { id } })),
  )
  await writer.markGone('mail', ids.slice(0, 5), 3_000_000)
  process.send?.(next + batchSize)
}
