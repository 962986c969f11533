import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, expect, test, vi } from 'vitest'
import type { RequestContext } from '#api/base.ts'
import type { Settings } from '#shared/contract/settings.ts'
import type { Contract } from '#shared/contract/index.ts'
import { servePort } from './serve-port.ts'

const initial: Settings = { language: 'system', theme: 'system' }
const ports: MessagePort[] = []
afterEach(() => {
  for (const port of ports.splice(0)) port.close()
})

/** A served port with its client; `open` counts the streams that have not ended. */
function connect() {
  const streams = { open: 0 }
  const services = {
    about: { version: '1', entry: 'desktop', dataDirectory: '/data', operator: 'ann' },
    settings: {
      get: () => initial,
      async *watch(signal: AbortSignal) {
        streams.open += 1
        try {
          yield initial
          await new Promise<void>((resolve) => {
            if (signal.aborted) resolve()
            else signal.addEventListener('abort', () => resolve())
          })
        } finally {
          streams.open -= 1
        }
      },
    },
    log: { error: (fields: object) => console.error(fields) },
  }
  const { port1, port2 } = new MessageChannel()
  ports.push(port1, port2)
  const onMalformed = vi.fn<() => void>()
  // Electron's port gives its listeners an event, Node's the data.
  const port = {
    on(event: 'message' | 'close', listener: (message: { data: unknown }) => void) {
      port1.on(event, (data: unknown) => listener({ data }))
    },
    postMessage: (data: unknown) => port1.postMessage(data),
  }
  servePort(
    port,
    { services, actor: { operator: 'ann', via: 'desktop' } } as unknown as RequestContext,
    onMalformed,
  )
  const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: port2 }))
  port2.start()
  return { client, port: port2, streams, onMalformed }
}

test('a call over the port reaches the service and its answer comes back', async () => {
  const { client } = connect()
  await expect(client.about.get()).resolves.toMatchObject({ operator: 'ann' })
})

test('closing the port ends the streams on it', async () => {
  const { client, port, streams } = connect()
  const [one, two] = await Promise.all([client.settings.watch(), client.settings.watch()])
  await Promise.all([one.next(), two.next()])
  expect(streams.open).toBe(2)
  port.close()
  await vi.waitFor(() => expect(streams.open).toBe(0))
})

test('a stream the page leaves ends while the port stays', async () => {
  const { client, streams } = connect()
  const stream = await client.settings.watch()
  await stream.next()
  await stream.return()
  await vi.waitFor(() => expect(streams.open).toBe(0))
  await expect(client.settings.get()).resolves.toEqual(initial)
})

test('what is no request is told and answered by nothing, and calls go on', async () => {
  const { client, port, onMalformed } = connect()
  for (const junk of ['garbage', '{"i":"1","p":{}}', 7, { i: '1' }]) port.postMessage(junk)
  await expect(client.settings.get()).resolves.toEqual(initial)
  expect(onMalformed).toHaveBeenCalledTimes(4)
})

test('a procedure that is not in the contract is not found', async () => {
  const { client } = connect()
  const unknown = client as unknown as { secrets: { read(): Promise<unknown> } }
  await expect(unknown.secrets.read()).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
