import { describe, expect, test, vi } from 'vitest'
import { actingOn, at, through } from '#test-support/faults/acting.ts'
import { useStage } from '#test-support/faults/stage.ts'
import { StreamOfActions } from '#test-support/faults/stream-of-actions.ts'
import { FailingWork } from '#test-support/faults/work.ts'

const stage = useStage()

/** A primary, and a replica that has all it has. */
async function pair() {
  const primary = await stage.redis(['repl-diskless-sync-delay 0'])
  const replica = await stage.redis([
    'repl-diskless-sync-delay 0',
    `replicaof 127.0.0.1 ${primary.port}`,
  ])
  const clients = {
    primary: stage.client({ port: primary.port }),
    replica: stage.client({ port: replica.port }),
  }
  const isFollowing = () =>
    vi.waitFor(
      async () => expect(await clients.primary.info('replication')).toMatch(/state=online/),
      30_000,
    )
  await isFollowing()
  return { primary, replica, clients, isFollowing }
}

describe.concurrent('with actions under way', { timeout: 90_000 }, () => {
  test('memory is full: changes are refused, reading goes on', async () => {
    const acting = await actingOn(stage)
    const { environment, redis, work } = acting
    const { row, tally } = await through(acting, {
      begin: () => redis.config('SET', 'maxmemory', '1mb'),
      async seen(began) {
        const at = await environment.reaches({ state: 'degraded', reason: 'memory' }, began)
        const page = await environment.read(work.queue)
        expect(page.status).toBe(200)
        expect(page.jobs).toBeGreaterThan(0)
        return at
      },
      end: () => redis.config('SET', 'maxmemory', '0'),
    })
    expect(tally.refused).toBeGreaterThan(0)
    expect(tally.unknown).toBe(0)
    stage.record({ order: 60, fault: 'memory full (noeviction); raised', ...row })
  })

  test('a replica is promoted: actions are allowed without anybody connecting anew', async () => {
    const { replica, clients } = await pair()
    const work = await FailingWork.start(clients.primary, 40)
    const environment = await stage.environment(at(replica.port))
    const began = Date.now()
    const seen = await environment.recovers(0, { state: 'degraded', reason: 'replica' })
    await vi.waitFor(async () =>
      expect(await environment.read(work.queue)).toMatchObject({ jobs: 40 }),
    )
    expect(await environment.act('retry', work.queue, 'job-0')).toMatchObject({
      status: 423,
      code: 'ENVIRONMENT_READ_ONLY',
    })
    expect((await environment.vitals()).rights.retry.allowed).toBe(false)
    await clients.replica.replicaof('NO', 'ONE')
    const promoted = Date.now()
    work.follow(clients.replica)
    const other = await FailingWork.start(clients.replica, 20)
    const actions = new StreamOfActions(environment, other)
    actions.start()
    const back = await environment.recovers(promoted)
    // INFO is asked for each ten seconds; the rest is for a busy machine.
    expect(back - promoted).toBeLessThan(25_000)
    const tally = await actions.expectNoneLostOrTwice()
    expect(await environment.act('retry', work.queue, 'job-0')).toMatchObject({ status: 200 })
    stage.record({
      order: 70,
      fault: 'a replica; promoted',
      seen: environment.statesSince(began),
      seenAfter: seen - began,
      backAfter: back - promoted,
      actions: tally,
    })
  })

  test('the primary is demoted, and promoted again', async () => {
    const { primary, replica, clients, isFollowing } = await pair()
    const work = await FailingWork.start(clients.primary, 120)
    const environment = await stage.environment(at(primary.port))
    await environment.recovers(0)
    const role = (of: 'primary' | 'replica') =>
      vi.waitFor(async () => expect((await clients[of].role())[0]).toBe('slave'), 30_000)
    const actions = new StreamOfActions(environment, work)
    const { row, tally } = await through(
      { environment, actions },
      {
        async begin() {
          await isFollowing()
          // Hands over what it has to the last write.
          await clients.primary.call('FAILOVER', 'TO', '127.0.0.1', replica.port)
        },
        seen: (began) => environment.reaches({ state: 'degraded', reason: 'replica' }, began),
        async end() {
          await role('primary')
          await vi.waitFor(
            () => clients.replica.call('FAILOVER', 'TO', '127.0.0.1', primary.port),
            30_000,
          )
          await role('replica')
        },
      },
    )
    expect(tally.refused).toBeGreaterThan(0)
    stage.record({ order: 80, fault: 'the primary demoted (FAILOVER); promoted again', ...row })
  })
})
