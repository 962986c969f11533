import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below what the system hands out to connections, and apart for each worker of the tests. */
const first = 11_000
const each = 1000

const worker = Number(process.env['VITEST_POOL_ID'] ?? 0)
let next = Math.floor(Math.random() * each)

/** A port on loopback that is free, and that nobody else here is about to take. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < each; tries += 1) {
    const port = first + worker * each + next
    next = (next + 1) % each
    if (await isFree(port)) return port
  }
  throw new Error('no port')
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
