import { describe, expect, it } from 'vitest'
import type { JobDetail, JobValue } from '#shared/contract/jobs.ts'
import { timelineOf } from './timeline.ts'

function value(content: unknown): JobValue {
  const text = JSON.stringify(content)
  return { text, size: text.length, cut: false }
}

function job(change: Partial<JobDetail>): JobDetail {
  return {
    id: '1',
    name: 'mail',
    queue: 'mails',
    state: 'failed',
    addedAt: 1_000,
    startedAt: 5_000,
    finishedAt: 5_300,
    dueAt: null,
    wait: null,
    duration: 300,
    attemptsMade: 1,
    attemptsAllowed: 3,
    progress: null,
    priority: 0,
    error: 'refused',
    scheduler: null,
    parent: null,
    data: null,
    result: null,
    progressValue: null,
    options: value({ attempts: 3 }),
    failedReason: null,
    stacktrace: value(['Error: refused\n    at f (/a.js:1:2)']),
    attemptsStarted: 1,
    stalledCount: 0,
    delay: 0,
    processedBy: null,
    deduplicationId: null,
    children: { pending: 0, processed: 0, failed: 0 },
    logCount: 0,
    readAt: 9_000,
    ...change,
  }
}

const errorOf = (stack: string) => timelineOf(job({ stacktrace: value([stack]) })).at(-1)?.error
const kinds = (detail: JobDetail) => timelineOf(detail).map(({ kind }) => kind)

describe('timelineOf', () => {
  it('tells a failure with the time between its steps', () => {
    expect(timelineOf(job({}))).toEqual([
      { kind: 'added', at: 1_000, attempt: null, error: null, after: null },
      { kind: 'started', at: 5_000, attempt: 1, error: null, after: 4_000 },
      { kind: 'failed', at: 5_300, attempt: 1, error: 'Error: refused', after: 300 },
    ])
  })

  it('lists earlier attempts, whose times BullMQ does not keep', () => {
    const entries = timelineOf(
      job({ attemptsMade: 3, stacktrace: value(['Error: a', 'Error: b', 'Error: c']) }),
    )
    expect(entries.map(({ kind, attempt, error, at }) => [kind, attempt, error, at])).toEqual([
      ['added', null, null, 1_000],
      ['attemptFailed', 1, 'Error: a', null],
      ['attemptFailed', 2, 'Error: b', null],
      ['started', 3, null, 5_000],
      ['failed', 3, 'Error: c', 5_300],
    ])
  })

  it('numbers attempts right when older stacks were not kept', () => {
    const entries = timelineOf(job({ attemptsMade: 3, stacktrace: value(['Error: c']) }))
    expect(entries.map(({ attempt, error }) => [attempt, error]).slice(1)).toEqual([
      [1, null],
      [2, null],
      [3, null],
      [3, 'Error: c'],
    ])
  })

  it('says the first issue of a validator after the name of its error', () => {
    const issues = [
      { code: 'invalid_type', path: ['title'], message: 'Expected string' },
      { code: 'invalid_type', path: ['tags', 0], message: 'Expected number' },
    ]
    const stack = `ZodError: ${JSON.stringify(issues, null, 2)}\n    at f (/a.js:1:2)`
    const entries = timelineOf(job({ stacktrace: value([stack]) }))
    expect(entries.at(-1)?.error).toBe('ZodError: title: Expected string (+1 more)')
  })

  it('says a message in brackets as it is, and never more than a line', () => {
    expect(errorOf('Error: [pool] busy\nretry later\n    at f (/a.js:1:2)')).toBe(
      'Error: [pool] busy',
    )
    expect(errorOf('TypeError [CODE]: {}\n    at f (/a.js:1:2)')).toBe('TypeError [CODE]: {}')
    expect(errorOf(`ZodError: [\n${'  {},\n'.repeat(9_000)}`)).toHaveLength(300)
  })

  it('says when a delayed job became due, and when one will', () => {
    expect(kinds(job({ options: value({ delay: 500 }) }))).toEqual([
      'added',
      'due',
      'started',
      'failed',
    ])
    const waiting = job({
      state: 'delayed',
      dueAt: 8_000,
      startedAt: null,
      finishedAt: null,
      attemptsMade: 0,
      stacktrace: null,
      options: value({ delay: 7_000 }),
    })
    expect(kinds(waiting)).toEqual(['added', 'dueAhead'])
  })

  it('shows the backoff after a failed attempt', () => {
    const retrying = job({ state: 'delayed', dueAt: 8_000, finishedAt: null })
    expect(kinds(retrying)).toEqual(['added', 'attemptFailed', 'dueAhead'])
  })

  it('counts the running attempt of an active job', () => {
    const active = timelineOf(job({ state: 'active', finishedAt: null }))
    expect(active.map(({ kind, attempt }) => [kind, attempt])).toEqual([
      ['added', null],
      ['attemptFailed', 1],
      ['started', 2],
      ['running', null],
    ])
  })

  it('tells a success without failures', () => {
    expect(kinds(job({ state: 'completed', stacktrace: null, error: null }))).toEqual([
      'added',
      'started',
      'completed',
    ])
  })

  it('survives options that are not JSON', () => {
    expect(kinds(job({ options: { text: '{"delay":', size: 9, cut: true } }))).toEqual([
      'added',
      'started',
      'failed',
    ])
  })
})
