import BetterSqlite from 'better-sqlite3'
import { Buffer } from 'node:buffer'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, onTestFinished, test } from 'vitest'
import { FailureGroups } from './failure-groups.ts'
import { mirrorSchema } from './schema.ts'

/** Bytes in use once all that can be collected is. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  return process.memoryUsage().heapUsed
}

test('a message that is remembered does not keep the reply that it came in', () => {
  const database = new BetterSqlite(':memory:')
  onTestFinished(() => void database.close())
  database.exec(mirrorSchema)
  const groups = new FailureGroups(database)
  const reply = 500_000
  const before = heapUsed()
  for (let index = 0; index < 100; index += 1) {
    const whole = Buffer.alloc(reply, `no answer from host ${index} in time, `).toString('latin1')
    groups.idOfMessage(whole.slice(0, 60), index)
  }
  expect(heapUsed() - before).toBeLessThan(20 * reply)
})
