import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Extracted, MirrorSettings } from '#shared/contract/mirror.ts'
import type { Queue } from '#shared/contract/queues.ts'
import { orpc } from '../../../lib/client/index.ts'
import { useQueueList } from '../../../lib/queues.ts'
import { type Draft, settingsOf } from './draft.ts'

const typingPause = 300

interface Input {
  environment: string
  settings: Pick<MirrorSettings, 'mapping' | 'payloadBytes' | 'redaction'>
  queue?: string
  job?: string
}

export interface Preview {
  queues: string[]
  queue: string | null
  /** Empty for the newest one. */
  job: string
  data: { job: string; extracted: Extracted; payload: string; redacted: number } | undefined
  error: unknown
  fetching: boolean
  /** Whether the settings hold, so that there is something to show. */
  holds: boolean
  chooseQueue: (queue: string | null) => void
  chooseJob: (job: string) => void
  retry: () => void
}

/** What a draft would keep of a real job, as it is typed. */
export function usePreview(environment: string, draft: Draft, holds: boolean): Preview {
  const list = useQueueList(environment).data?.queues ?? []
  const [chosen, chooseQueue] = useState<string | null>(null)
  const [job, chooseJob] = useState('')
  // Chosen once, so that a queue that overtakes it does not take its place.
  const [first, setFirst] = useState(() => telling(list))
  if (first === null && list.length > 0) setFirst(telling(list))
  const queue = chosen ?? first
  const { mapping, payloadBytes, redaction } = settingsOf(draft)
  const settings = { mapping, payloadBytes, redaction }
  const [asked] = useDebouncedValue(
    JSON.stringify({
      environment,
      settings,
      ...(queue === null ? {} : { queue }),
      ...(job.trim() === '' ? {} : { job: job.trim() }),
    }),
    typingPause,
    { leading: true },
  )
  const input = JSON.parse(asked) as Input
  const query = useQuery(
    orpc.mirror.preview.queryOptions({
      input: holds && input.queue !== undefined ? { ...input, queue: input.queue } : skipToken,
      placeholderData: keepPreviousData,
      retry: false,
    }),
  )
  return {
    queues: list.map(({ name }) => name).toSorted(),
    queue,
    job,
    data: query.error === null ? query.data : undefined,
    error: query.error,
    fetching: query.isFetching,
    holds,
    chooseQueue,
    chooseJob,
    retry: () => void query.refetch(),
  }
}

/** The queue with most finished jobs: they show most of what a job leaves behind. */
function telling(queues: readonly Queue[]): string | null {
  const [best] = queues.toSorted((one, other) => finished(other) - finished(one))
  return best?.name ?? null
}

function finished({ counts }: Queue): number {
  return counts.completed + counts.failed
}
