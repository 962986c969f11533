import type { Client, ClientContext } from '@orpc/client'
import {
  type QueryFunction,
  type QueryKey,
  skipToken,
  type SkipToken,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { backoff } from './client/backoff.ts'
import { useConnection } from './client/connection.ts'
import { useHiddenForLong } from './visibility.ts'

export interface Live<Data> {
  /** The last word of the stream; stays when the stream breaks. */
  data: Data | undefined
  /** Why the stream is broken now; null while it runs or when only the console is away. */
  error: unknown
  /** When `data` was last known to be true, in milliseconds; null while the stream runs. */
  staleSince: number | null
  /** Nothing came yet and nothing failed. */
  pending: boolean
  /** Try again at once. */
  retry: () => void
}

export interface LiveOptions<Input> {
  /**
   * Whether the data of `previous` may be shown until those of `next` arrive. Never by default: rows of
   * one queue must not be taken for those of another.
   */
  keepWhile?: (previous: Input, next: Input) => boolean
}

/** A stream that starts again within this many milliseconds is not called stale: nothing would flicker. */
const grace = 1_500

/** When each running stream began: what came before may be out of date. */
const startedAt = new WeakMap<object, number>()

function noteStart(query: object | undefined): void {
  if (query !== undefined) startedAt.set(query, Date.now())
}

/** A procedure of `orpc` whose output is an event iterator. */
interface LiveProcedure<Input, Event> {
  call: Client<ClientContext, Input, AsyncIterable<Event>, unknown>
  experimental_liveOptions: (options: never) => { queryKey: QueryKey; queryFn: unknown }
}

/**
 * Follows an event iterator of the contract: each event replaces `data`. It starts again by itself
 * after an end, an error or a reconnect, stops when no screen uses it any more, and rests while the
 * window has been hidden for a minute.
 */
export function useLive<Input, Event>(
  procedure: LiveProcedure<Input, Event>,
  input: Input | SkipToken,
  options: LiveOptions<Input> = {},
): Live<Event> {
  const cache = useQueryClient()
  const hidden = useHiddenForLong()
  const connection = useConnection((state) => state.state)
  const asleep = hidden || connection === 'lost' || connection === 'refused'
  const { queryKey, queryFn } = procedure.experimental_liveOptions({ input } as never)
  const follow = queryFn as Extract<QueryFunction, (...given: never[]) => unknown>
  const { keepWhile } = options
  const stream = () => cache.getQueryCache().find({ queryKey, exact: true })

  const query = useQuery({
    queryKey,
    queryFn: (context) => {
      noteStart(stream())
      return follow(context)
    },
    enabled: input !== skipToken && !asleep,
    retry: false,
    staleTime: 0,
    gcTime: 60_000,
    refetchOnReconnect: false,
    placeholderData: (previous: unknown, previousQuery: { queryKey: QueryKey } | undefined) => {
      const last = previousQuery?.queryKey[1] as { input?: Input } | undefined
      if (previous === undefined || last?.input === undefined || input === skipToken)
        return undefined
      return keepWhile?.(last.input, input) ? previous : undefined
    },
  })
  const { fetchStatus, dataUpdatedAt, refetch } = query
  const key = JSON.stringify(queryKey)

  // An event counts the tries anew: the stream works.
  const attempt = useRef({ of: '', number: 0 })
  const lastEvent = `${key} ${dataUpdatedAt}`

  useEffect(() => {
    if (asleep) void cache.cancelQueries({ queryKey: JSON.parse(key) as never, exact: true })
  }, [asleep, cache, key])

  const idle = input !== skipToken && !asleep && fetchStatus === 'idle'
  useEffect(() => {
    if (!idle) return undefined
    const number = attempt.current.of === lastEvent ? attempt.current.number + 1 : 0
    attempt.current = { of: lastEvent, number }
    const timer = setTimeout(() => void refetch({ cancelRefetch: false }), backoff(number))
    return () => clearTimeout(timer)
  }, [idle, refetch, lastEvent])

  const current = stream()
  const began = current === undefined ? 0 : (startedAt.get(current) ?? 0)
  const running =
    !asleep && fetchStatus === 'fetching' && query.error === null && dataUpdatedAt >= began
  const stale = useAfter(grace, !running && dataUpdatedAt > 0)
  return {
    data: query.data as Event | undefined,
    error: query.error,
    staleSince: stale ? dataUpdatedAt : null,
    pending: query.data === undefined && query.error === null,
    retry: () => void refetch(),
  }
}

/** Whether `condition` has held for so many milliseconds. */
function useAfter(milliseconds: number, condition: boolean): boolean {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (!condition) return undefined
    const timer = setTimeout(() => setHeld(true), milliseconds)
    return () => {
      clearTimeout(timer)
      setHeld(false)
    }
  }, [condition, milliseconds])
  return held && condition
}
