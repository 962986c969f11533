import { expect, test, vi } from 'vitest'
import { admin, connect, expectState, redisServer } from '#test-support/link-under-test.ts'
import { probeRights } from './rights.ts'

async function openAs(rule: string) {
  const { url } = await redisServer()
  const redis = admin(url)
  await redis.acl('SETUSER', 'someone', 'on', '>secret', '~*', '+@all', rule)
  const link = connect(url.replace('redis://', 'redis://someone:secret@'), {
    options: { probeRights },
  })
  await expectState(link, { state: 'ready' })
  return { link, redis }
}

const expectRetry = (link: ReturnType<typeof connect>, allowed: boolean) =>
  vi.waitFor(() => expect(link.rights().retry.allowed).toBe(allowed), { timeout: 20_000 })

test('what is granted is seen once somebody asks to connect, without connecting anew', async () => {
  const { link, redis } = await openAs('-eval')
  await expectRetry(link, false)
  const { since } = link.health()
  await redis.acl('SETUSER', 'someone', '+eval')
  link.connect()
  await expectRetry(link, true)
  expect(link.health().since).toBe(since)
})

test('what is taken is seen once Redis refuses something', async () => {
  const { link, redis } = await openAs('+eval')
  await expectRetry(link, true)
  await redis.acl('SETUSER', 'someone', '-eval', '-xlen')
  await link.pipeline([['xlen', 'bull:mails:events']])
  await expectRetry(link, false)
})
