import type { Redis } from 'ioredis'
import { expect, test } from 'vitest'
import { lookAt } from './look.ts'

/** A server that answers a PING once `meanwhile` is over. */
function server(meanwhile: () => void): Redis {
  const ping = () =>
    new Promise((resolve) =>
      setTimeout(() => {
        meanwhile()
        resolve('PONG')
      }),
    )
  return { ping, stream: { bytesRead: 0 } } as unknown as Redis
}

test('a PING during which this process had no turn tells nothing of the server', async () => {
  const look = await lookAt(
    server(() => {
      const until = performance.now() + 40
      while (performance.now() < until);
    }),
    { patience: 1000, info: false },
  )
  expect(look).toMatchObject({ state: 'serving', telling: false })
  expect(look.latency).toBeLessThan(40)
})
