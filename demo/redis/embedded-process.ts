/** Runs the embedded Redis; tells its URL to the process that forked it, and ends with it. */
import { createRedisServer } from 'js-redis-server'

const server = await createRedisServer()
process.once('disconnect', () => process.exit(0))
process.once('SIGTERM', () => process.exit(0))
// Ctrl+C reaches the whole group: the owner decides when this ends.
process.on('SIGINT', () => undefined)
process.send?.(`redis://127.0.0.1:${server.port}/0`)
