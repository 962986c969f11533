import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { encode } from './redis-stream.ts'

const applications = ['checkout-api', 'catalogue-api', 'session-store', 'rate-limiter', 'cache', '']

/** Client names as a busy Redis has them: half are BullMQ workers of these queues, half other programs. */
export function clientNames(count: number, prefix: string, queues: readonly string[]): string[] {
  return Array.from({ length: count }, (_, index) => {
    const queue = queues[index % queues.length] ?? ''
    const worker = `${prefix}:${Buffer.from(queue).toString('base64')}`
    if (index % 2 === 0) return index % 4 === 0 ? `${worker}:w:worker-${index % 7}` : worker
    const application = applications[index % applications.length]
    return application === '' ? '' : `${application}-${index}`
  })
}

/** Connections that say their name and then nothing. Answers what closes them. */
export async function connectOthers(port: number, names: readonly string[]): Promise<() => void> {
  const sockets: Socket[] = []
  for (const name of names) {
    const socket = connect(port, '127.0.0.1')
    sockets.push(socket)
    await once(socket, 'connect')
    socket.write(encode(['CLIENT', 'SETNAME', name]))
    await once(socket, 'data')
  }
  return () => {
    for (const socket of sockets) socket.destroy()
  }
}
