import { ORPCError } from '@orpc/client'
import { QueryClient, type QueryKey } from '@tanstack/react-query'
import { useConnection } from './client/connection.ts'
import { ConnectionLostError } from './client/errors.ts'

/** Only what may pass by itself is tried again; what the console decided stays decided. */
const mayPass = (error: unknown) =>
  error instanceof ConnectionLostError || (error instanceof ORPCError && error.status === 503)

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The console is on this machine: the browser's idea of being online says nothing about it.
      networkMode: 'always',
      refetchOnWindowFocus: false,
      staleTime: 5_000,
      retry: (count, error) => count < 2 && mayPass(error),
      retryDelay: (count) => Math.min(4_000, 500 * 2 ** count),
    },
    mutations: { networkMode: 'always', retry: false },
  },
})

const isLive = (queryKey: QueryKey) =>
  (queryKey[1] as { type?: string } | undefined)?.type === 'live'

// What was asked before the console was away may have changed; streams begin again by themselves.
useConnection.subscribe(({ epoch }, before) => {
  if (epoch === before.epoch || epoch < 2) return
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => !isLive(queryKey) })
})
