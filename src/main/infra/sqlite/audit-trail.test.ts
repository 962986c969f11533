import { describe, expect, test, vi } from 'vitest'
import type { ProcessMark, Processes } from '#core/audit/ports.ts'
import { AuditTrail } from '#core/audit/audit-trail.ts'
import { memoryAudit, memoryLog, subjectOf } from '#test-support/audit.ts'

const mark = (pid: number): ProcessMark => ({ pid, started: 'boot:1', host: 'here' })

/** A console with this pid, in a world where only the listed pids live. */
function consoleOf(pid: number, living: number[], store: ReturnType<typeof memoryAudit>['store']) {
  const processes: Processes = {
    current: mark(pid),
    isAlive: (asked) => (asked.host === 'here' ? living.includes(asked.pid) : null),
  }
  return new AuditTrail({ store, processes, log: memoryLog() })
}

describe('the list', () => {
  test('shows newest first, an intent with its outcome as one row and a refusal as its own', () => {
    const { trail } = memoryAudit()
    const intent = trail.intent(subjectOf(), { state: 'failed' })
    trail.refusal(subjectOf({ job: '8' }), 'JOB_ACTIVE', { lock: true })
    trail.outcome(intent, 'ok', { state: 'waiting' })
    trail.intent(subjectOf({ job: '9' }), {})
    const { items, total, cursor } = trail.list({ environment: 'staging', limit: 10 })
    expect(items.map(({ job, kind, outcome }) => [job, kind, outcome?.result ?? null])).toEqual([
      ['9', 'intent', null],
      ['8', 'refusal', null],
      ['7', 'intent', 'ok'],
    ])
    expect(total).toBe(3)
    expect(cursor).toBeNull()
    expect(items[2]?.details).toMatchObject({ state: 'failed' })
    expect(items[2]?.outcome?.details).toEqual({ state: 'waiting' })
  })

  test('pages without loss or repetition while entries are added', () => {
    const { trail } = memoryAudit()
    const add = (job: string) => trail.refusal(subjectOf({ job }), 'JOB_ACTIVE', {})
    for (const job of ['1', '2', '3', '4', '5']) add(job)
    const first = trail.list({ environment: 'staging', limit: 2 })
    add('6')
    const second = trail.list({ environment: 'staging', limit: 2, cursor: first.cursor ?? '' })
    const third = trail.list({ environment: 'staging', limit: 2, cursor: second.cursor ?? '' })
    const jobs = [first, second, third].flatMap(({ items }) => items.map(({ job }) => job))
    expect(jobs).toEqual(['5', '4', '3', '2', '1'])
    expect(third.cursor).toBeNull()
  })

  test('keeps to the environment, the queue and the job asked for', () => {
    const { trail } = memoryAudit()
    trail.refusal(subjectOf({ environment: 'production' }), 'ENVIRONMENT_READ_ONLY', {})
    trail.refusal(subjectOf({ queue: 'mail', job: '1' }), 'JOB_ACTIVE', {})
    trail.refusal(subjectOf({ queue: 'mail', job: '2' }), 'JOB_ACTIVE', {})
    trail.refusal(subjectOf({ queue: 'seo', job: '1' }), 'JOB_ACTIVE', {})
    const listed = (filter: { queue?: string; job?: string }) => {
      const { items, total } = trail.list({ environment: 'staging', limit: 10, ...filter })
      expect(total).toBe(items.length)
      return items.map(({ queue, job }) => `${String(queue)}/${String(job)}`)
    }
    expect(listed({})).toEqual(['seo/1', 'mail/2', 'mail/1'])
    expect(listed({ queue: 'mail' })).toEqual(['mail/2', 'mail/1'])
    expect(listed({ queue: 'mail', job: '1' })).toEqual(['mail/1'])
  })

  test.each(['', '0', '-1', 'abc', '1e3', '99999999999999999999'])(
    'refuses the cursor %j it never handed out',
    (cursor) => {
      const { trail } = memoryAudit()
      expect(() => trail.list({ environment: 'staging', limit: 10, cursor })).toThrow(
        expect.objectContaining({ code: 'CURSOR_INVALID' }),
      )
    },
  )
})

describe('when the audit cannot be written', () => {
  test('an intent throws AUDIT_UNAVAILABLE', () => {
    const { trail, database } = memoryAudit()
    database.pragma('query_only = ON')
    expect(() => trail.intent(subjectOf(), {})).toThrow(
      expect.objectContaining({ code: 'AUDIT_UNAVAILABLE' }),
    )
  })

  test('an outcome is kept and written, in its place, before the next entry', async () => {
    const { trail, database, log } = memoryAudit()
    const intent = trail.intent(subjectOf(), {})
    database.pragma('query_only = ON')
    expect(trail.outcome(intent, 'ok', { state: 'waiting' })).toBeNull()
    expect(log.lines.at(-1)).toMatchObject({ level: 'error' })
    database.pragma('query_only = OFF')
    trail.refusal(subjectOf({ job: '8' }), 'JOB_ACTIVE', {})
    const { items } = trail.list({ environment: 'staging', limit: 10 })
    expect(items.map(({ kind, outcome }) => [kind, outcome?.result])).toEqual([
      ['refusal', undefined],
      ['intent', 'ok'],
    ])
    expect(await trail.verify()).toMatchObject({ intact: true, entries: 3 })
  })

  test('an outcome that is still owed is written at the end', () => {
    const { trail, database, store } = memoryAudit()
    const intent = trail.intent(subjectOf(), {})
    database.pragma('query_only = ON')
    trail.outcome(intent, 'ok', {})
    trail.close()
    expect(store.openIntents()).toHaveLength(1)
    database.pragma('query_only = OFF')
    trail.close()
    expect(store.openIntents()).toHaveLength(0)
  })

  test('a closed file is told as AUDIT_UNAVAILABLE by list and verify too', async () => {
    const { trail, database } = memoryAudit()
    database.close()
    const unavailable = expect.objectContaining({ code: 'AUDIT_UNAVAILABLE' })
    expect(() => trail.list({ environment: 'staging', limit: 10 })).toThrow(unavailable)
    await expect(trail.verify()).rejects.toEqual(unavailable)
  })
})

describe('after a crash', () => {
  test('what a dead process left open is closed as INTERRUPTED, what a live one does stays open', () => {
    const { store } = memoryAudit()
    consoleOf(1, [], store).intent(subjectOf({ job: 'dead' }), {})
    consoleOf(2, [], store).intent(subjectOf({ job: 'alive' }), {})
    const next = consoleOf(3, [2, 3], store)
    expect(next.recover()).toBe(1)
    const { items } = next.list({ environment: 'staging', limit: 10 })
    expect(items.map(({ job, outcome }) => [job, outcome?.result ?? null])).toEqual([
      ['alive', null],
      ['dead', 'INTERRUPTED'],
    ])
    expect(next.recover()).toBe(0)
  })

  test('an intent of another machine is given up only after ten minutes', () => {
    const { store, database } = memoryAudit()
    const there = new AuditTrail({
      store,
      log: memoryLog(),
      processes: { current: { ...mark(1), host: 'there' }, isAlive: () => true },
    })
    there.intent(subjectOf(), {})
    const next = consoleOf(3, [3], store)
    expect(next.recover()).toBe(0)
    vi.useFakeTimers({ now: Date.now() + 11 * 60 * 1000 })
    expect(next.recover()).toBe(1)
    vi.useRealTimers()
    expect(database.open).toBe(true)
  })
})
