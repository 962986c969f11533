import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  actor,
  addFailed,
  applicationOf,
  contentOf,
  environment,
  openDoor,
} from '#test-support/actions.ts'
import { documentedRights } from '#test-support/documented-rights.ts'
import { startTestRedis, type TestRedis } from '#test-support/redis.ts'
import { actionCommands } from '../../redis/rights-commands.ts'

let server: TestRedis
let admin: Redis
const urlOf = (user: string) => `redis://${user}:secret@127.0.0.1:${server.port}`

beforeAll(async () => {
  server = await startTestRedis()
  admin = new Redis(server.url)
  for (const user of ['vigie', 'vigie-acting'] as const) {
    await admin.acl('SETUSER', user, '>secret', ...(await documentedRights(user)))
  }
})

afterAll(async () => {
  admin.disconnect()
  await server.stop()
})

const connecting = new Set(['auth', 'client setname', 'config resetstat', 'info', 'ping', 'select'])

/** What Redis counted since the last reset, the calls of scripts among it. */
async function countedCommands(): Promise<string[]> {
  const statistics = await admin.info('commandstats')
  return [...statistics.matchAll(/^cmdstat_([^:]+):/gm)]
    .map(([, name = '']) => name.replace('|', ' '))
    .filter((name) => !connecting.has(name))
}

test.each([5, 6] as const)(
  'the documented rights to act let jobs of BullMQ %d be retried and removed, and no more is asked for',
  async (major) => {
    const application = applicationOf(major, server.url)
    const { door } = await openDoor(urlOf('vigie-acting'))
    const [first = '', second = ''] = await addFailed(application, 2)
    const flow = await application.flows().add({
      name: 'parent',
      queueName: application.name,
      children: [{ name: 'child', queueName: application.name, data: {} }],
    })
    const address = { environment, queue: application.name }
    await admin.acl('LOG', 'RESET')

    await admin.config('RESETSTAT')
    const retried = await door.retry(actor, { ...address, job: first, resetAttempts: true })
    expect(['waiting', 'prioritized']).toContain(retried.state)
    expect(actionCommands.retry).toEqual(expect.arrayContaining(await countedCommands()))

    await admin.config('RESETSTAT')
    for (const job of [second, flow.job.id ?? '']) {
      expect(await door.remove(actor, { ...address, job })).toMatchObject({ state: 'removed' })
    }
    expect(actionCommands.remove).toEqual(expect.arrayContaining(await countedCommands()))
    expect(await admin.acl('LOG')).toEqual([])
  },
)

test('a user with the documented read-only rights changes nothing', async () => {
  const application = applicationOf(6, server.url)
  const { door } = await openDoor(urlOf('vigie'))
  const [job = ''] = await addFailed(application)
  const request = { environment, queue: application.name, job }
  const before = await contentOf(admin, application.name)
  const denied = { code: 'PERMISSION_DENIED' }
  await expect(door.retry(actor, { ...request, resetAttempts: false })).rejects.toMatchObject(
    denied,
  )
  await expect(door.remove(actor, request)).rejects.toMatchObject(denied)
  expect(await contentOf(admin, application.name)).toEqual(before)
})
