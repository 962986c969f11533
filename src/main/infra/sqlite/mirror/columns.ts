import { extractedColumns } from '#shared/domain/extracted-columns.ts'

/** Columns that `job` and `gone_job` share, in the order of the schema. */
export const rowColumns = [
  'queue',
  'id',
  'state',
  'name',
  'score',
  'added',
  'started',
  'finished',
  'due',
  'wait',
  'attempts',
  'allowed',
  'priority',
  'stalled',
  'progress',
  'message',
  'line',
  'scheduler',
  'parent',
  'failure',
  ...extractedColumns,
  'detailed',
  'seen',
] as const

/** What is read of a job's hash in the first pass. */
export interface IndexColumns {
  queue: number
  id: string
  state: number
  name: number
  score: number | null
  added: number | null
  started: number | null
  finished: number | null
  due: number | null
  wait: number | null
  attempts: number
  allowed: number
  priority: number
  stalled: number
  progress: string | number | null
  message: string | null
  line: string | null
  scheduler: number | null
  parent: string | null
}

/** What is read out of its payload and stack after. */
export interface DetailColumns {
  user: number | null
  brand: number | null
  provider: number | null
  model: number | null
  variant: number | null
  cost: number | null
  memory: number | null
  tokens: number | null
  reported: number | null
  checkpoint: string | null
}

/** What the column `detailed` says of stack and payload: the last where one was too long to be looked into. */
export const detail = { unread: 0, read: 1, tooLong: 2 } as const

/** A row of `job`. */
export interface JobColumns extends IndexColumns, DetailColumns {
  key: number
  failure: number | null
  detailed: number
  seen: number
}

export interface GoneColumns extends JobColumns {
  gone: number
}

export const noDetails: DetailColumns = {
  user: null,
  brand: null,
  provider: null,
  model: null,
  variant: null,
  cost: null,
  memory: null,
  tokens: null,
  reported: null,
  checkpoint: null,
}
