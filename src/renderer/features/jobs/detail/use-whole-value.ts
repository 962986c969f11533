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
  const [step, setStep] = useState<'cut' | 'asking' | 'whole'>('cut')
  const whole = useQuery(
    orpc.jobs.value.queryOptions({
      input: { ...address, field },
      enabled: step === 'whole',
      staleTime: Infinity,
      gcTime: 0,
    }),
  )
  return {
    value: whole.data ?? value,
    loading: whole.isFetching,
    error: whole.error,
    asking: step === 'asking',
    load: () => {
      if (whole.error !== null) void whole.refetch()
      else setStep(value.size > askAbove ? 'asking' : 'whole')
    },
    confirm: () => setStep('whole'),
    cancel: () => setStep('cut'),
  }
}
