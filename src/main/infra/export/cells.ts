import type { ExportColumn, MirrorJob } from '#shared/contract/job-search.ts'

/** What stands in a cell. A Date is an instant; everything that is neither number nor instant is text. */
export type Cell = string | number | Date | null

const instant = (at: number | null): Date | null => (at === null ? null : new Date(at))

const cellOf: Record<ExportColumn, (job: MirrorJob) => Cell> = {
  queue: (job) => job.queue,
  id: (job) => job.id,
  name: (job) => job.name,
  state: (job) => job.state,
  at: (job) => instant(job.at),
  added: (job) => instant(job.addedAt),
  started: (job) => instant(job.startedAt),
  finished: (job) => instant(job.finishedAt),
  wait: (job) => job.wait,
  duration: (job) => job.duration,
  attempts: (job) => job.attemptsMade,
  priority: (job) => job.priority,
  progress: (job) => job.progress,
  error: (job) => job.error,
  group: (job) => job.group,
  user: (job) => job.user,
  brand: (job) => job.brand,
  provider: (job) => job.provider,
  model: (job) => job.model,
  variant: (job) => job.variant,
  cost: (job) => job.cost,
  memory: (job) => job.memory,
  tokens: (job) => job.tokens,
  reported: (job) => job.reported,
  checkpoint: (job) => job.checkpoint,
  scheduler: (job) => job.scheduler,
  parent: (job) => job.parent && `${job.parent.queue}/${job.parent.job}`,
  gone: (job) => instant(job.goneAt),
}

/** The cells of a job, in the order of the columns. */
export const cellsOf = (job: MirrorJob, columns: readonly ExportColumn[]): Cell[] =>
  columns.map((column) => cellOf[column](job))
