import { inject } from 'vitest'
import './redis-global-setup.ts'

/** The Redis that the integration tests of this worker share, one file after the other: tests keep to names of their own. */
export function redisUrl(): string {
  const url = inject('redisUrls')[Number(process.env['VITEST_POOL_ID']) - 1]
  if (url === undefined) throw new Error('There is no Redis for this worker')
  return url
}
