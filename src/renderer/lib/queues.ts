import { skipToken } from '@tanstack/react-query'
import type { QueueList } from '#shared/contract/queues.ts'
import { orpc } from './client/index.ts'
import { type Live, useLive } from './live.ts'

/** All queues of an environment at the slow pace: what navigation and palette need on every page. */
export function useQueueList(environment: string | undefined): Live<QueueList> {
  return useLive(orpc.queues.watch, environment === undefined ? skipToken : { environment })
}
