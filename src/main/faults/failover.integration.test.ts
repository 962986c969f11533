import { Cluster } from 'ioredis'
import { describe, expect, test } from 'vitest'
import { through } from '#test-support/faults/acting.ts'
import { durable, useStage } from '#test-support/faults/stage.ts'
import { StreamOfActions } from '#test-support/faults/stream-of-actions.ts'
import { FailingWork } from '#test-support/faults/work.ts'
import { startTestCluster } from '#test-support/cluster.ts'
import { startSentinelSet, testMaster } from '#test-support/sentinel.ts'

const stage = useStage()

describe('with actions under way', { timeout: 120_000 }, () => {
  test('the primary under sentinels is killed', async () => {
    const set = stage.later(await startSentinelSet(), (started) => started.stop())
    const sentinels = [...set.endpoints]
    const redis = stage.client({ sentinels, name: testMaster })
    const work = await FailingWork.start(redis, 160)
    const environment = await stage.environment({
      deployment: { type: 'sentinel', master: testMaster, sentinels, username: null, tls: false },
    })
    await environment.recovers(0)
    const { server } = (await environment.vitals()).health
    const { row, tally } = await through(
      { environment, actions: new StreamOfActions(environment, work) },
      {
        begin: async () => set.servers[0]?.kill(),
        seen: (began) => environment.reaches({ state: 'reconnecting' }, began),
      },
    )
    expect(tally.refused).toBeGreaterThan(0)
    expect((await environment.vitals()).health.server).not.toBe(server)
    stage.record({ order: 90, fault: 'kill -9 of the primary under sentinels', ...row })
  })

  test('a master of a cluster is killed, once with a replica and once without', async () => {
    const cluster = stage.later(
      await startTestCluster({ replicas: true, extra: durable }),
      (started) => started.stop(),
    )
    const client = new Cluster([...cluster.nodes], { redisOptions: { maxRetriesPerRequest: null } })
    client.on('error', () => {})
    const redis = stage.later(client, (opened) => opened.disconnect())
    const prefix = '{bull}'
    const slot = await cluster.masters[0].redis.cluster('KEYSLOT', prefix)
    const index = Math.floor(slot / (16_384 / 3))
    const [master, replica] = [cluster.masters[index], cluster.replicas[index]]
    const environment = await stage.environment({
      deployment: { type: 'cluster', nodes: [...cluster.nodes] },
      prefixes: [prefix],
    })
    await environment.recovers(0)
    const acting = async () => {
      const work = await FailingWork.start(redis, 160, { prefix })
      return { environment, actions: new StreamOfActions(environment, work) }
    }
    const isDown = (began: number) =>
      environment.reaches({ state: 'reconnecting', reason: 'cluster-down' }, began)
    const failover = await through(await acting(), {
      begin: async () => master?.server.kill(),
      seen: isDown,
    })
    expect((await environment.vitals()).health.server).toContain(String(replica?.port))
    stage.record({
      order: 100,
      fault: 'kill -9 of a cluster master with a replica',
      ...failover.row,
    })
    // It has nobody left who could take over.
    const down = await through(await acting(), {
      begin: async () => replica?.server.kill(),
      seen: isDown,
      end: async () => replica?.server.start(),
    })
    for (const { tally } of [failover, down]) expect(tally.refused).toBeGreaterThan(0)
    stage.record({
      order: 101,
      fault: 'kill -9 of a cluster master without one (CLUSTERDOWN); started again',
      ...down.row,
    })
  })
})
