import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { at, through } from '#test-support/faults/acting.ts'
import { asleep, unlockAndSleep } from '#test-support/faults/sleeping-console.ts'
import { useStage } from '#test-support/faults/stage.ts'
import { StreamOfActions } from '#test-support/faults/stream-of-actions.ts'
import { FailingWork } from '#test-support/faults/work.ts'
import { sshFor } from '#test-support/profiles.ts'
import { makeSshKey } from '#test-support/ssh-keys.ts'
import { startTestSshd } from '#test-support/sshd.ts'

const stage = useStage()

/** A Redis whose application is near it, its worker running all the while: only the console is cut off. */
async function farAway() {
  const { port } = await stage.redis()
  const work = await FailingWork.start(stage.client({ port }), 50)
  work.resume()
  return { port, work }
}

async function behindProxy() {
  const { port, work } = await farAway()
  const proxy = await stage.proxy(port)
  const environment = await stage.environment(at(proxy.port))
  await environment.recovers(0)
  return { proxy, work, environment, actions: new StreamOfActions(environment, work) }
}

describe.concurrent('with actions under way', { timeout: 120_000 }, () => {
  test('three of ten packets are lost: slower, and nothing else', async () => {
    const acting = await behindProxy()
    const { proxy, environment, work } = acting
    await environment.answers(8)
    const { row, tally } = await through(acting, {
      begin: async () => proxy.lose(0.3),
      async seen(began) {
        const seen = await environment.reaches({ state: 'degraded', reason: 'latency' }, began)
        expect(await environment.read(work.queue)).toMatchObject({ status: 200 })
        return seen
      },
      end: async () => proxy.restore(),
      answers: 4,
    })
    expect(tally).toMatchObject({ refused: 0, unknown: 0 })
    expect(row.seen.filter((state) => !['ready', 'degraded/latency'].includes(state))).toEqual([])
    stage.record({ order: 120, fault: '30 % packet loss; none', ...row })
  })

  test('the network is gone without a word, and back', async () => {
    const acting = await behindProxy()
    const { proxy, environment } = acting
    const { row, tally } = await through(acting, {
      begin: async () => proxy.pause(),
      async seen(began) {
        const slow = await environment.reaches({ state: 'degraded', reason: 'latency' }, began)
        await environment.reaches({ state: 'reconnecting', reason: 'timeout' }, began)
        return slow
      },
      end: async () => proxy.restore(),
    })
    expect(tally.refused).toBeGreaterThan(0)
    stage.record({ order: 130, fault: 'network silently gone; back', ...row })
  })

  test('sshd is killed and started again, and then has another key', async () => {
    const folder = stage.later(mkdtempSync(join(tmpdir(), 'vigie-test-faults-')), (path) =>
      rmSync(path, { recursive: true, force: true }),
    )
    const key = makeSshKey(folder, 'mine')
    const other = makeSshKey(folder, 'other-host')
    const sshd = stage.later(await startTestSshd({ authorized: [key.publicKey] }), (server) =>
      server.stop(),
    )
    const { port, work } = await farAway()
    const ssh = sshFor({
      port: sshd.port,
      username: sshd.username,
      authentication: 'key',
      hostKey: sshd.hostKeys[0]?.fingerprint ?? null,
    })
    const secrets = { sshKey: key.privateKey }
    const environment = await stage.environment({ ...at(port), ssh }, secrets)
    await environment.recovers(0)
    const cut = await through(
      { environment, actions: new StreamOfActions(environment, work) },
      {
        begin: () => sshd.kill(),
        seen: (began) => environment.reaches({ state: 'reconnecting', reason: 'ssh' }, began),
        end: () => sshd.start(),
      },
    )
    expect(cut.tally.refused).toBeGreaterThan(0)
    stage.record({ order: 110, fault: 'sshd killed; started again', ...cut.row })

    const began = Date.now()
    await sshd.kill()
    await sshd.start([other])
    const refused = { state: 'refused', reason: 'ssh-host-changed' } as const
    const seen = await environment.reaches(refused, began)
    expect(await environment.act('retry', work.queue, 'job-0')).toMatchObject({
      code: 'ENVIRONMENT_UNREACHABLE',
    })
    // A person has looked at it.
    await environment.change({ ssh: { ...ssh, hostKey: other.fingerprint } }, secrets)
    const changed = Date.now()
    const back = await environment.recovers(changed)
    stage.record({
      order: 111,
      fault: 'sshd with another host key; the key trusted (PATCH)',
      seen: environment.statesSince(began),
      seenAfter: seen - began,
      backAfter: back - changed,
      actions: null,
    })
  })
})

// Beside the tests of the network, since it takes as long and does as little.
describe.concurrent('a console that slept while unlocked', { timeout: 120_000 }, () => {
  test('is locked when it wakes, also to what was asked of it before', async () => {
    const { environment, work, before, early } = await unlockAndSleep(stage)
    expect([before, early]).toEqual(['ok', 'ENVIRONMENT_LOCKED'])
    expect(await environment.lock()).toMatchObject({ state: 'locked' })
    await work.settle()
    const traces = await work.traces()
    expect(work.ids.map((id) => traces.get(id)?.executed)).toEqual([1, 0, 0])
  })

  test('is locked when it wakes, and connects again', async () => {
    const slept = await unlockAndSleep(stage, { cut: true })
    const { environment, work, before, early, seen, backAfter } = slept
    expect(before).toBe('ok')
    expect(['ENVIRONMENT_LOCKED', 'ENVIRONMENT_UNREACHABLE']).toContain(early)
    const later = await environment.act('retry', work.queue, 'job-1')
    expect(later.code).toBe('ENVIRONMENT_LOCKED')
    const answers = [before, early, later.code]
    const done = answers.filter((code) => code === 'ok').length
    stage.record({
      order: 160,
      fault: `asleep (SIGSTOP) for ${asleep / 1000} s while unlocked; awake, and locked`,
      seen,
      seenAfter: null,
      backAfter,
      actions: { done, refused: answers.length - done, unknown: 0 },
    })
  })
})
