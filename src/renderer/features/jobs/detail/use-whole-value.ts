import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { JobValue, jobFields } from '#shared/contract/jobs.ts'
import { orpc } from '../../../lib/client/index.ts'
import type { JobAddress } from './use-job-detail.ts'

type Field = (typeof jobFields)[number]

/** Above this size, in bytes, one is asked before a value is loaded whole. */
const askAbove = 8 * 1024 * 1024

export interface WholeValue {
  /** The whole once it was asked for, else what came with the job. */
  value: JobValue
  loading: boolean
  error: unknown
  /** The size is such that one has to confirm. */
  asking: boolean
  load: () => void
  confirm: () => void
  cancel: () => void
}

/** A value of a job that may have been cut, and the way to the rest of it. */
export function useWholeValue(address: JobAddress, field: Field, value: JobValue): WholeValue {
  // For the size that was seen: a value that has changed since is cut again.
  const [asked, setAsked] = useState<{ step: 'asking' | 'whole'; size: number } | null>(null)
  const step = asked?.size === value.size ? asked.step : 'cut'
  const whole = useQuery(
    orpc.jobs.value.queryOptions({
      input: { ...address, field },
      enabled: step === 'whole',
      staleTime: Infinity,
      gcTime: 0,
    }),
  )
  const load = () => {
    setAsked({ step: 'whole', size: value.size })
    if (whole.data !== undefined || whole.error !== null) void whole.refetch()
  }
  return {
    value: step === 'whole' && whole.data !== undefined ? whole.data : value,
    loading: whole.isFetching,
    error: whole.error,
    asking: step === 'asking',
    load: () => {
      if (value.size > askAbove) setAsked({ step: 'asking', size: value.size })
      else load()
    },
    confirm: load,
    cancel: () => setAsked(null),
  }
}
