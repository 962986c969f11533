/** Starts a demo and tells its processes: an owner that a test can kill. */
import { Redis } from 'ioredis'
import { startDemo } from './demo.ts'

const demo = await startDemo({ still: true })
const redis = new Redis(demo.url)
const info = await redis.info('server')
redis.disconnect()
const server = Number(/process_id:(\d+)/.exec(info)?.[1])
console.log(JSON.stringify({ demo: demo.pid, redis: server }))
void demo.ended.then(() => console.log('ended'))
