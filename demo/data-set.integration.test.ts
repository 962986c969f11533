import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDemo, type Demo } from './demo.ts'
import { scenario } from './scenario/index.ts'
import { readJobs, withRedis, type StoredJob } from './test-support.ts'

const hour = 3_600_000

let demo: Demo
let redis: Redis
let jobs: StoredJob[]

beforeAll(async () => {
  demo = await startDemo({ seed: 7, still: true })
  redis = new Redis(demo.url)
  jobs = await readJobs(redis)
})

afterAll(async () => {
  redis.disconnect()
  await demo.stop()
})

const inState = (...states: string[]) => jobs.filter(({ state }) => states.includes(state))
const stacksOf = ({ hash }: StoredJob) => JSON.parse(hash['stacktrace'] ?? '[]') as string[]
const resultOf = (name: string): unknown =>
  JSON.parse(
    inState('completed').find(({ hash }) => hash['name'] === name)?.hash['returnvalue'] ?? '{}',
  )
const everyStack = () => jobs.flatMap(stacksOf).join('\n')

describe('a fresh demo', () => {
  test('has jobs in every state', () => {
    const states = new Set(jobs.map(({ state }) => state))
    expect([...states].sort()).toEqual([
      'active',
      'completed',
      'delayed',
      'failed',
      'prioritized',
      'wait',
      'waiting-children',
    ])
  })

  test('has hundreds of finished jobs that reach back over the last day', () => {
    const finished = inState('completed', 'failed').map(({ hash }) => Number(hash['finishedOn']))
    const now = Date.now()
    expect(finished.length).toBeGreaterThan(400)
    expect(Math.max(...finished)).toBeLessThanOrEqual(now)
    expect(Math.min(...finished)).toBeLessThan(now - 20 * hour)
    expect(Math.min(...finished)).toBeGreaterThan(now - 24.5 * hour)
    expect(new Set(inState('completed', 'failed').map(({ queue }) => queue))).toEqual(
      new Set(scenario.map(({ name }) => name)),
    )
  })

  test('has no job that was finished before it was started, or started before it was added', () => {
    const disordered = inState('completed', 'failed').filter(({ hash }) => {
      const [added = NaN, started = NaN, finished = NaN] = [
        'timestamp',
        'processedOn',
        'finishedOn',
      ].map((field) => Number(hash[field]))
      return !(added <= started && started <= finished)
    })
    expect(disordered).toEqual([])
  })

  test('fails in at least eight recognisable ways, with frames of the application and of libraries', () => {
    const kinds = new Set(
      inState('failed').map(({ queue, hash }) => {
        const reason = (hash['failedReason'] ?? '').split('\n')[0] ?? ''
        return `${queue}: ${reason.replace(/\d+|\S+@\S+|\S+\.webp|\(category.*/g, '…')}`
      }),
    )
    expect(kinds.size).toBeGreaterThanOrEqual(8)
    const foreign = inState('failed')
      .filter(({ hash }) => hash['stc'] === undefined)
      .filter((job) => !/\/srv\/(app|legacy)\/.+node_modules/s.test(stacksOf(job).at(-1) ?? ''))
    expect(foreign).toEqual([])
    expect(everyStack()).not.toContain(import.meta.dirname)
  })

  test('has cause chains in both ways of writing, and attempts that failed differently', () => {
    expect(everyStack()).toContain('[cause]: ')
    expect(everyStack()).toContain('Caused by: ')
    const changed = inState('failed').filter((job) => {
      const heads = stacksOf(job).map((stack) => stack.split('\n')[0])
      return heads.length > 1 && new Set(heads).size > 1
    })
    expect(changed.length).toBeGreaterThan(0)
  })

  test('has jobs that succeeded only after a retry with backoff', () => {
    const retried = inState('completed').filter(({ hash }) => Number(hash['atm']) > 1)
    expect(retried.length).toBeGreaterThan(0)
    expect(JSON.parse(retried[0]?.hash['opts'] ?? '{}')).toHaveProperty('backoff')
  })

  test('has a job that stalled and a queue that is paused with work in line', async () => {
    expect(jobs.filter(({ hash }) => Number(hash['stc']) > 0).length).toBeGreaterThan(0)
    expect(await redis.hget('bull:reports:meta', 'paused')).toBe('1')
    expect(inState('wait').filter(({ queue }) => queue === 'reports').length).toBeGreaterThan(2)
  })

  test('has a parent that waits for a child that failed for good', async () => {
    const failed = new Set(inState('failed').map(({ queue, id }) => `bull:${queue}:${id}`))
    const blocked = []
    for (const { queue, id } of inState('waiting-children')) {
      const pending = await redis.smembers(`bull:${queue}:${id}:dependencies`)
      if (pending.some((child) => failed.has(child))) blocked.push(id)
    }
    expect(blocked.length).toBe(1)
  })

  test('has schedules by time of day with a zone, and by interval', async () => {
    const schedules = []
    for (const { name } of scenario) {
      for (const id of await redis.zrange(`bull:${name}:repeat`, 0, '-1')) {
        schedules.push(await redis.hgetall(`bull:${name}:repeat:${id}`))
      }
    }
    expect(
      schedules.some(({ pattern, tz }) => pattern === '0 9 * * *' && tz === 'Europe/Paris'),
    ).toBe(true)
    expect(schedules.some(({ every }) => Number(every) > 0)).toBe(true)
  })

  test('has logs, and progress as a number and as an object', async () => {
    const progress = jobs.map(({ hash }) => JSON.parse(hash['progress'] ?? '0') as unknown)
    expect(progress.some((value) => typeof value === 'number' && value > 0)).toBe(true)
    expect(progress.some((value) => typeof value === 'object')).toBe(true)
    const run = inState('completed').find(({ queue }) => queue === 'birthday-bot')
    expect(await redis.llen(`bull:birthday-bot:${run?.id ?? ''}:logs`)).toBeGreaterThan(10)
  })

  test('has results with what the application measures, and A/B variants', () => {
    expect(resultOf('seo_keyword_analysis')).toHaveProperty('metrics.execution_time_ms')
    expect(resultOf('seo_keyword_analysis')).toHaveProperty('metrics.cost_usd')
    expect(resultOf('analyze_photo')).toHaveProperty('cost_usd')
    expect(resultOf('analyze_photo')).toHaveProperty('latency_ms')
    expect(resultOf('birthday_run')).toHaveProperty('skipped')
    const photos = jobs.filter(({ queue }) => queue === 'photo-analyze')
    const variants = photos.map(
      ({ hash }) => (JSON.parse(hash['data'] ?? '{}') as { variant: string }).variant,
    )
    expect(new Set(variants)).toEqual(new Set(['A', 'B']))
  })

  test('tries the screens with a payload of 1 MB and with hostile content', () => {
    const largest = Math.max(...jobs.map(({ hash }) => Buffer.byteLength(hash['data'] ?? '')))
    expect(largest).toBeGreaterThan(900_000)
    const hostile = inState('failed').find(({ hash }) => hash['name']?.includes('<img') === true)
    expect(hostile?.hash['failedReason']).toContain('<script>')
    expect(hostile?.hash['data']).toContain('"__proto__"')
  })

  test('has queues of BullMQ 5 and 6 side by side, with workers', async () => {
    const majors = await Promise.all(
      scenario.map(async ({ name }) =>
        (await redis.hget(`bull:${name}:meta`, 'version'))?.slice(0, 8),
      ),
    )
    expect(new Set(majors)).toEqual(new Set(['bullmq:5', 'bullmq:6']))
    const clients = String(await redis.client('LIST'))
    expect(clients).toContain(`name=bull:${Buffer.from('legacy-newsletter').toString('base64')}:w:`)
  })

  test('counts what was done in metrics, minute by minute', async () => {
    const points = await redis.llen('bull:images:metrics:completed:data')
    expect(points).toBeGreaterThan(20 * 60)
  })
})

const identity = ({ queue, id, state, hash }: StoredJob) =>
  [queue, id, state, hash['name'], hash['failedReason'] ?? ''].join(' ')
/** The ids of scheduled jobs hold the time of day. */
const ordinary = (job: StoredJob) => !job.id.startsWith('repeat:')

test('the same seed gives the same jobs', async () => {
  const again = await startDemo({ seed: 7, still: true })
  try {
    const second = await withRedis(again, readJobs)
    const before = (await readJobs(redis)).filter(ordinary).map(identity)
    expect(second.filter(ordinary).map(identity).sort()).toEqual(before.sort())
  } finally {
    await again.stop()
  }
})
