/*
 * bull-board as its README sets it up: its Express adapter, a BullMQ adapter per queue, default
 * settings. All queues share one Redis connection, which is the fastest way bull-board can have it.
 * Arguments: the Redis URL, and one `{ path, prefix, queues }` in JSON per board.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { ExpressAdapter } from '@bull-board/express'
import { Queue } from 'bullmq'
import express from 'express'
import { Redis } from 'ioredis'

export interface Board {
  path: string
  prefix: string
  queues: string[]
}

const [url = '', ...boards] = process.argv.slice(2)
const connection = new Redis(url, { maxRetriesPerRequest: null })
const app = express()
for (const argument of boards) {
  const { path, prefix, queues } = JSON.parse(argument) as Board
  const serverAdapter = new ExpressAdapter()
  serverAdapter.setBasePath(path)
  createBullBoard({
    queues: queues.map(
      (name) => new BullMQAdapter(new Queue(name, { connection, prefix, skipMetasUpdate: true })),
    ),
    serverAdapter,
  })
  app.use(path, serverAdapter.getRouter())
}
const server = createServer(app).listen(0, '127.0.0.1')
await once(server, 'listening')
const address = server.address()
console.log(`listening on ${typeof address === 'object' ? address?.port : ''} `)
