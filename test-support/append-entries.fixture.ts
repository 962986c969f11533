/**
 * A console of its own for tests: opens `vigie.db` in the folder given, records intents and outcomes
 * without pause, a line of output after each intent. Then closes, or, told to `hold`, begins one more
 * and goes on for ever. `node append-entries.fixture.ts DIR COUNT [hold]`
 */
import { setTimeout } from 'node:timers/promises'
import { AuditTrail } from '../src/main/core/audit/audit-trail.ts'
import { operatingSystemProcesses } from '../src/main/infra/process/processes.ts'
import { SqliteAuditStore } from '../src/main/infra/sqlite/audit-store.ts'
import { openStore } from '../src/main/infra/sqlite/store.ts'
import { memoryLog, subjectOf } from './audit.ts'

const [, , directory = '', count = '1', hold] = process.argv
const log = memoryLog()
const store = openStore({ directory, log })
const trail = new AuditTrail({
  store: new SqliteAuditStore(store.database),
  processes: operatingSystemProcesses(),
  log,
})
for (let index = 0; index < Number(count); index += 1) {
  const intent = trail.intent(subjectOf({ job: `${process.pid}-${index}` }), {})
  process.stdout.write(`${index}\n`)
  if (trail.outcome(intent, 'ok', {}) === null) throw new Error('an outcome was not written')
}
if (hold !== undefined) {
  trail.intent(subjectOf({ job: 'held' }), {})
  process.stdout.write('holding\n')
  for (;;) await setTimeout(1000)
}
await store.close()
