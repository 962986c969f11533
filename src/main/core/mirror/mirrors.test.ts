import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { memoryLog } from '#test-support/audit.ts'
import {
  syncedQueue,
  countsFor,
  fakeLocks,
  FakeMirrorStore,
  FakeSync,
  memoryMirrorSettings,
  mirrorMemory,
} from '#test-support/mirror-parts.ts'
import { registryOf, setupFor } from '#test-support/registry.ts'
import { Mirrors } from './mirrors.ts'
import { MirrorError } from './ports.ts'

/** The mirrors of one environment called Staging, over fakes of file and synchronisation. */
function openMirrors({
  connected = true,
  demo = false,
  store = new FakeMirrorStore(),
  locks = fakeLocks(),
  memory = mirrorMemory(),
  known = (): 'yes' | 'not yet' | 'failed' => 'yes',
} = {}) {
  const { registry, opener } = registryOf()
  const syncs: FakeSync[] = []
  const settings = memoryMirrorSettings()
  const log = memoryLog()
  const mirrors = new Mirrors({
    registry,
    store,
    locks,
    memory,
    settings,
    grouping: () => ({ split: ['s1'] }),
    queues: () => ['mail'],
    queuesKnown: known,
    readerOf: () => {
      throw new Error('Redis is not asked')
    },
    startSync: (parts) => {
      const sync = new FakeSync(parts)
      syncs.push(sync)
      return sync
    },
    log,
  })
  registry.add({ ...setupFor({ name: 'Staging', connectAtStart: connected }), id: 'staging', demo })
  onTestFinished(() => mirrors.close())
  const lastSync = () => {
    const sync = syncs.at(-1)
    if (sync === undefined) throw new Error('no synchronisation was started')
    return sync
  }
  return { mirrors, registry, opener, store, locks, memory, syncs, lastSync, settings, log }
}

const coverageOf = (mirrors: Mirrors) => mirrors.reading('staging', async (coverage) => coverage)

const problem = (code: 'damaged' | 'newer' | 'disk-full' | 'unavailable') =>
  new MirrorError(code, code)

describe('a mirror', () => {
  test('is opened with the first connection, with its settings and its grouping', async () => {
    const { mirrors, store } = openMirrors()
    expect(await mirrors.status('staging')).toMatchObject({ state: 'following', syncedAt: 1000 })
    expect(store.changes).toEqual(['open bull off s1'])
  })

  test('that was never connected is off, and has no file', async () => {
    const { mirrors, store } = openMirrors({ connected: false })
    expect(await mirrors.status('staging')).toMatchObject({ state: 'off', rows: 0, syncedAt: null })
    expect(store.changes).toEqual([])
    await expect(coverageOf(mirrors)).rejects.toMatchObject({
      code: 'MIRROR_UNAVAILABLE',
      data: { environment: 'staging', problem: 'unavailable' },
    })
  })

  test('that is kept can be read without a connection, and says from when it is', async () => {
    const first = openMirrors()
    await first.mirrors.status('staging')
    await first.mirrors.close()
    const { store, memory } = first
    store.counts = countsFor({ rows: 4, undetailed: 2 })
    const { mirrors } = openMirrors({ connected: false, store, memory })
    await coverageOf(mirrors)
    expect(await mirrors.status('staging')).toMatchObject({ state: 'offline', syncedAt: 1000 })
    expect(await coverageOf(mirrors)).toMatchObject({ asOf: 1000, backfilled: 1, detailed: 0.5 })
  })

  test('covers nothing before anything was read, and what was read before that was ended', async () => {
    const first = openMirrors()
    await vi.waitUntil(() => first.syncs.length === 1)
    const sync = first.lastSync()
    sync.current = { ...sync.current, state: 'starting', syncedAt: null }
    expect(await coverageOf(first.mirrors)).toMatchObject({ asOf: null, backfilled: 0 })
    const backfill = { done: 3, total: 4, rate: 10, left: 100 }
    sync.current = { ...sync.current, state: 'backfilling', backfill }
    expect(await coverageOf(first.mirrors)).toMatchObject({ backfilled: 0.75 })
    await first.mirrors.close()
    first.store.counts = countsFor({ rows: 3 })
    const { mirrors } = openMirrors({ ...first, connected: false })
    expect(await mirrors.status('staging')).toMatchObject({
      state: 'offline',
      backfill: { done: 3, total: 4, rate: null, left: null },
    })
  })

  test('of which no queue is known yet is starting, and covers nothing', async () => {
    const { mirrors } = openMirrors({ known: () => 'not yet' })
    expect(await mirrors.status('staging')).toMatchObject({ state: 'starting' })
    expect(await coverageOf(mirrors)).toMatchObject({ state: 'starting', backfilled: 0 })
  })

  test('whose queues could not be looked for is in step with nothing, and says so', async () => {
    const { mirrors } = openMirrors({ known: () => 'failed' })
    expect(await mirrors.status('staging')).toMatchObject({
      state: 'starting',
      unread: 'undiscovered',
      syncedAt: null,
    })
  })

  test('of another place is thrown away', async () => {
    const memory = mirrorMemory()
    memory.set('staging', { place: 'elsewhere', syncedAt: 5, backfill: null })
    const { mirrors, store } = openMirrors({ memory })
    await mirrors.status('staging')
    expect(store.changes).toEqual(['remove staging', 'open bull off s1'])
    expect(JSON.parse(memory.get('staging')?.place ?? '')).toHaveLength(3)
  })

  test('of the demo begins anew, and is removed at the end', async () => {
    const store = new FakeMirrorStore()
    store.files.add('staging')
    const { mirrors } = openMirrors({ store, demo: true })
    await mirrors.status('staging')
    await mirrors.close()
    expect(store.changes).toEqual([
      'remove staging',
      'open bull off s1',
      'close writer',
      'remove staging',
      'close',
    ])
  })

  test('stays when the console ends, with what it covered', async () => {
    const { mirrors, store, memory, lastSync } = openMirrors()
    await mirrors.status('staging')
    lastSync().current = { ...lastSync().current, syncedAt: 2000 }
    await mirrors.close()
    expect(lastSync().calls).toEqual(['close'])
    expect(store.files.has('staging')).toBe(true)
    expect(memory.get('staging')?.syncedAt).toBe(2000)
  })

  test('goes with its environment, and nothing of it is remembered', async () => {
    const { mirrors, registry, store, memory } = openMirrors()
    await mirrors.status('staging')
    memory.kept.clear()
    await registry.remove('staging')
    await mirrors.close()
    expect(store.files.has('staging')).toBe(false)
    expect(memory.kept.size).toBe(0)
  })

  test('of an environment that is opened anew is closed first, and stays paused', async () => {
    const { mirrors, registry, store, lastSync, syncs } = openMirrors()
    await mirrors.pause('staging')
    const setup = setupFor({ name: 'Staging', connectAtStart: true })
    await registry.change({ ...setup, id: 'staging' }, { newSecrets: true })
    await vi.waitUntil(() => syncs.length === 2)
    expect(store.changes).toEqual(['open bull off s1', 'close writer', 'open bull off s1'])
    expect(lastSync().calls).toEqual(['pause'])
    expect(await mirrors.status('staging')).toMatchObject({ state: 'paused' })
  })

  test('of an unknown environment is none', async () => {
    const { mirrors } = openMirrors()
    await expect(mirrors.status('nowhere')).rejects.toMatchObject({ code: 'ENVIRONMENT_NOT_FOUND' })
  })
})

describe('a mirror that cannot be used', () => {
  test.each(['damaged', 'newer'] as const)(
    'since it is %s says so, is not read, and can be rebuilt',
    async (code) => {
      const store = new FakeMirrorStore()
      store.failures.set('open', problem(code))
      const { mirrors, lastSync } = openMirrors({ store })
      expect(await mirrors.status('staging')).toMatchObject({ state: 'failed', problem: code })
      await expect(coverageOf(mirrors)).rejects.toMatchObject({
        code: 'MIRROR_UNAVAILABLE',
        data: { problem: code },
      })
      expect(await mirrors.rebuild('staging')).toMatchObject({ state: 'following', problem: null })
      expect(lastSync().calls).toEqual([])
      await coverageOf(mirrors)
    },
  )

  test('since the disk is full can still be read, and is tried again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const { mirrors, store, lastSync, syncs } = openMirrors()
    await mirrors.status('staging')
    lastSync().parts.failed(problem('disk-full'))
    expect(await mirrors.status('staging')).toMatchObject({ state: 'failed', problem: 'disk-full' })
    await coverageOf(mirrors)
    await vi.advanceTimersByTimeAsync(2000)
    await vi.waitUntil(() => syncs.length === 2)
    expect(await mirrors.status('staging')).toMatchObject({ state: 'following', problem: null })
    expect(store.changes).toEqual(['open bull off s1', 'close writer', 'open bull off s1'])
    // Still full: later each time.
    lastSync().parts.failed(problem('disk-full'))
    await vi.advanceTimersByTimeAsync(3900)
    expect(syncs).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(100)
    await vi.waitUntil(() => syncs.length === 3)
  })

  test('when a rebuild fails says why', async () => {
    const { mirrors, store } = openMirrors()
    await mirrors.status('staging')
    store.failures.set('rebuild', problem('disk-full'))
    await expect(mirrors.rebuild('staging')).rejects.toMatchObject({
      code: 'MIRROR_UNAVAILABLE',
      data: { problem: 'disk-full' },
    })
    expect(await mirrors.status('staging')).toMatchObject({ problem: 'disk-full' })
  })

  test('since another console keeps it is read, but neither paused nor rebuilt', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const locks = fakeLocks()
    locks.held.add('staging')
    const store = new FakeMirrorStore()
    store.files.add('staging')
    const { mirrors, memory, syncs } = openMirrors({ locks, store })
    memory.set('staging', { place: '', syncedAt: 77, backfill: { done: 1, total: 4 } })
    expect(await mirrors.status('staging')).toMatchObject({ state: 'elsewhere', syncedAt: 77 })
    expect(await coverageOf(mirrors)).toMatchObject({ asOf: 77, backfilled: 0.25 })
    await coverageOf(mirrors)
    const refused = { code: 'MIRROR_UNAVAILABLE', data: { problem: 'unavailable' } }
    await expect(mirrors.pause('staging')).rejects.toMatchObject(refused)
    await expect(mirrors.rebuild('staging')).rejects.toMatchObject(refused)
    memory.kept.clear()
    locks.held.clear()
    await vi.advanceTimersByTimeAsync(5000)
    await vi.waitUntil(() => syncs.length === 1)
    expect(await mirrors.status('staging')).toMatchObject({ state: 'following' })
  })
})

describe('reading a mirror', () => {
  test('that proves to be damaged is told by its status from then on, and not by a log alone', async () => {
    const { mirrors, lastSync } = openMirrors()
    await expect(
      mirrors.reading('staging', () => Promise.reject(problem('damaged'))),
    ).rejects.toMatchObject({
      code: 'MIRROR_UNAVAILABLE',
      data: { environment: 'staging', problem: 'damaged' },
    })
    expect(await mirrors.status('staging')).toMatchObject({ state: 'failed', problem: 'damaged' })
    await vi.waitUntil(() => lastSync().calls.includes('close'))
    expect(await mirrors.rebuild('staging')).toMatchObject({ state: 'following' })
  })

  test('that is just being built anew fails alone', async () => {
    const { mirrors } = openMirrors()
    await expect(
      mirrors.reading('staging', () => Promise.reject(problem('unavailable'))),
    ).rejects.toMatchObject({ code: 'MIRROR_UNAVAILABLE', data: { problem: 'unavailable' } })
    expect(await mirrors.status('staging')).toMatchObject({ state: 'following' })
  })
})

describe('rebuilding', () => {
  test('of one queue is the synchronisation’s; of a queue that is not known, refused', async () => {
    const { mirrors, lastSync, store } = openMirrors()
    await mirrors.rebuild('staging', 'mail')
    expect(lastSync().calls).toEqual([])
    lastSync().current = { ...lastSync().current, queues: [syncedQueue('mail')] }
    await mirrors.rebuild('staging', 'mail')
    expect(lastSync().calls).toEqual(['rebuild mail'])
    expect(store.changes).toEqual(['open bull off s1'])
    await expect(mirrors.rebuild('staging', 'other')).rejects.toMatchObject({
      code: 'QUEUE_NOT_FOUND',
    })
  })

  test('of all begins with another file, and is not what it was', async () => {
    const { mirrors, syncs, store, memory } = openMirrors()
    await mirrors.status('staging')
    await mirrors.rebuild('staging')
    expect(store.changes).toEqual(['open bull off s1', 'rebuild'])
    expect(syncs.map(({ calls }) => calls)).toEqual([['close'], []])
    expect(memory.get('staging')).toMatchObject({ syncedAt: null })
  })

  test('without Redis is refused, since nothing would be left', async () => {
    const { mirrors, registry, store } = openMirrors()
    await mirrors.status('staging')
    await registry.get('staging').parts.link.disconnect()
    await expect(mirrors.rebuild('staging')).rejects.toMatchObject({
      code: 'ENVIRONMENT_UNREACHABLE',
    })
    expect(store.changes).toEqual(['open bull off s1'])
    expect(await mirrors.status('staging')).toMatchObject({ state: 'offline' })
  })
})

describe('settings', () => {
  test('that are changed reach the file and the synchronisation', async () => {
    const { mirrors, store, lastSync } = openMirrors()
    await mirrors.status('staging')
    const changed = await mirrors.configure('staging', {
      payloadText: 'failed',
      retentionDays: undefined,
    })
    expect(changed).toMatchObject({ payloadText: 'failed', retentionDays: 30 })
    expect(mirrors.settings('staging')).toEqual(changed)
    expect(store.changes.at(-1)).toBe('configure failed')
    expect(lastSync().calls).toEqual(['reconfigured'])
    expect(await coverageOf(mirrors)).toMatchObject({ payloadText: 'failed' })
  })

  test('that do not hold are refused whole', async () => {
    const { mirrors } = openMirrors()
    await expect(
      mirrors.configure('staging', { retentionDays: 1, redaction: ['fine', '('] }),
    ).rejects.toMatchObject({
      code: 'MIRROR_SETTINGS_INVALID',
      data: { issues: [expect.objectContaining({ path: ['redaction', 1] })] },
    })
    expect(mirrors.settings('staging').retentionDays).toBe(30)
  })
})

describe('watching', () => {
  test('tells what is, then each change, and ends with the environment', async () => {
    const { mirrors, registry, store, lastSync } = openMirrors()
    const seen: unknown[] = []
    for await (const { state, rows, behind } of mirrors.watch(
      'staging',
      new AbortController().signal,
    )) {
      seen.push([state, rows, behind])
      if (seen.length === 1) lastSync().current = { ...lastSync().current, behind: 812 }
      if (seen.length === 2) store.counts = countsFor({ rows: 7, version: 2 })
      if (seen.length === 3) await registry.remove('staging')
    }
    expect(seen).toEqual([
      ['following', 0, 0],
      ['following', 0, 812],
      ['following', 7, 812],
    ])
  })

  test('of whoever comes later begins with what is true then', async () => {
    const { mirrors, store } = openMirrors()
    const watch = () => mirrors.watch('staging', new AbortController().signal)
    for await (const _ of watch()) break
    store.counts = countsFor({ rows: 3, version: 2 })
    const seen: number[] = []
    for await (const { rows } of watch()) {
      seen.push(rows)
      break
    }
    expect(seen).toEqual([3])
  })
})
