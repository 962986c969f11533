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
import { lastEvent, rememberEvent } from './last-events.ts'
import { useHiddenForLong } from './visibility.ts'

export interface Live<Data> {
  /** The last word of the stream; stays when the stream breaks, and shows at once on coming back. */
  data: Data | undefined
  /** `data` is of an earlier visit, as of this time in milliseconds; null once the stream has spoken. */
  asOf: number | null
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
   * Names what the stream is about, where inputs that differ are about the same: the last event of one
   * is then shown until that of the next arrives. By default each input is about something else, for
   * rows of one queue must not be taken for those of another.
   */
  about?: (input: Input) => string
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
  })
  const { fetchStatus, dataUpdatedAt, refetch } = query
  const key = JSON.stringify(queryKey)
  const subject =
    input === skipToken ? '' : (options.about?.(input) ?? JSON.stringify(input ?? null))
  const name = streamName(queryKey, subject)
  const { data } = query
  // While rendering: what another component shows of the same stream is then never behind.
  if (data !== undefined && (lastEvent(name)?.at ?? 0) <= dataUpdatedAt) {
    rememberEvent(name, data, dataUpdatedAt)
  }
  const last = input === skipToken ? undefined : lastEvent(name)

  // An event counts the tries anew: the stream works.
  const attempt = useRef({ of: '', number: 0 })
  const event = `${key} ${dataUpdatedAt}`

  useEffect(() => {
    if (asleep) void cache.cancelQueries({ queryKey: JSON.parse(key) as never, exact: true })
  }, [asleep, cache, key])

  const idle = input !== skipToken && !asleep && fetchStatus === 'idle'
  useEffect(() => {
    if (!idle) return undefined
    const number = attempt.current.of === event ? attempt.current.number + 1 : 0
    attempt.current = { of: event, number }
    const timer = setTimeout(() => void refetch({ cancelRefetch: false }), backoff(number))
    return () => clearTimeout(timer)
  }, [idle, refetch, event])

  const current = stream()
  const began = current === undefined ? 0 : (startedAt.get(current) ?? 0)
  const running =
    !asleep && fetchStatus === 'fetching' && query.error === null && dataUpdatedAt >= began
  // What a running stream said last is true for as long as it runs, however long it was silent.
  useEffect(() => {
    if (!running) return undefined
    return () => {
      const until = lastEvent(name)
      if (until !== undefined) rememberEvent(name, until.data, Date.now())
    }
  }, [running, name])
  const stale = useAfter(grace, !running && last !== undefined)
  return {
    data: last?.data as Event | undefined,
    asOf: running || last === undefined ? null : last.at,
    error: query.error,
    staleSince: stale && last !== undefined ? last.at : null,
    pending: last === undefined && query.error === null,
    retry: () => void refetch(),
  }
}

/** Whether this window ever heard a stream about `subject`: it then has something to show without it. */
export function hasHeard<Input, Event>(
  procedure: LiveProcedure<Input, Event>,
  subject: string,
): boolean {
  const { queryKey } = procedure.experimental_liveOptions({ input: undefined } as never)
  return lastEvent(streamName(queryKey, subject)) !== undefined
}

function streamName(queryKey: QueryKey, subject: string): string {
  return `${JSON.stringify(queryKey[0])} ${subject}`
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
