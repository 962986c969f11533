import { once } from 'node:events'
import { connect as connectTo } from 'node:net'
import { expect, test, vi } from 'vitest'
import { connect, expectState, redisServer } from '#test-support/link-under-test.ts'
import { unknownRights, type RightsContext } from './link.ts'
import type { Tunnel } from './transport.ts'

/** Tunnels that lead straight to where they are asked to, and tell which of them are open. */
function tunnels() {
  const open = new Set<Tunnel>()
  let begun = 0
  const openTunnel = (): Tunnel => {
    begun += 1
    const tunnel: Tunnel = {
      async open({ host, port }) {
        const socket = connectTo({ host, port })
        await once(socket, 'connect')
        return socket
      },
      async close() {
        open.delete(tunnel)
      },
    }
    open.add(tunnel)
    return tunnel
  }
  return { openTunnel, open, begun: () => begun }
}

test('what still wants a connection after a disconnect gets none, least of all round the tunnel', async () => {
  const { url } = await redisServer()
  const { openTunnel, open } = tunnels()
  let another: RightsContext['another'] | undefined
  const link = connect(url, {
    options: {
      openTunnel,
      probeRights: async (_, context) => {
        another = context.another
        return unknownRights
      },
    },
  })
  await vi.waitFor(() => expect(another).toBeDefined())
  await link.disconnect()
  expect(open.size).toBe(0)
  await expect(another?.()).rejects.toMatchObject({ reason: 'closed' })
})

test('connecting while a disconnect is under way keeps the new tunnel and ends the old one', async () => {
  const { url } = await redisServer()
  const { openTunnel, open, begun } = tunnels()
  const link = connect(url, { options: { openTunnel } })
  await expectState(link, { state: 'ready' })
  const gone = link.disconnect()
  link.connect()
  await gone
  await expectState(link, { state: 'ready' })
  expect(begun()).toBe(2)
  expect(open.size).toBe(1)
  await link.close()
  expect(open.size).toBe(0)
})
