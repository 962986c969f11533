/** A test run that is given up: starts a Redis and ends without stopping it. */
import { startTestRedis } from './redis.ts'

const redis = await startTestRedis()
process.stdout.write(`${redis.process.pid ?? 0}\n`, () => process.exit(1))
