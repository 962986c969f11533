import { test } from 'vitest'
import { admin, connect, expectState, redisServer } from '#test-support/link-under-test.ts'

test('a user without a password is tried without one, and asked for it where there is one', async () => {
  const { url } = await redisServer()
  const redis = admin(url)
  await redis.acl('SETUSER', 'open', 'on', 'nopass', '~*', '+@all')
  await redis.acl('SETUSER', 'closed', 'on', '>secret', '~*', '+@all')
  await expectState(connect(url, { profile: { username: 'open' } }), { state: 'ready' })
  const closed = connect(url, { profile: { username: 'closed' } })
  await expectState(closed, { state: 'refused', reason: 'password-needed' })
})
