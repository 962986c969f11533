import type { Condition, WordField } from '#shared/domain/filter/condition.ts'
import type { JobSort } from '#shared/domain/job-sort.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { patternMatches } from '#shared/domain/filter/pattern.ts'
import { keyTies } from '#infra/sqlite/mirror/schema.ts'

/** A row of a mirror in plain words. */
export interface PlainJob {
  key: number
  gone: boolean
  /** Its text is in the index. */
  indexed: boolean
  queue: string
  id: string
  state: JobState | 'unknown'
  name: string
  started: number | null
  finished: number | null
  wait: number | null
  attempts: number
  priority: number
  stalled: number
  progress: number | string | null
  message: string | null
  scheduler: string | null
  parent: { queue: string; job: string } | null
  group: string | null
  user: string | null
  brand: string | null
  provider: string | null
  model: string | null
  variant: string | null
  cost: number | null
  memory: number | null
  tokens: number | null
  checkpoint: string | null
  payload: string | null
}

export type Merged = Readonly<Record<string, readonly string[]>>

/** What a filter means, said once more as simply as can be: for comparison. */
export function naiveSearch(
  jobs: readonly PlainJob[],
  conditions: readonly Condition[],
  merged: Merged,
): PlainJob[] {
  const asksGone = conditions.some(
    (condition) =>
      !condition.negated &&
      (condition.field === 'with' || (condition.field === 'is' && condition.value === 'gone')),
  )
  return jobs.filter(
    (job) =>
      (asksGone || !job.gone) &&
      conditions.every(
        (condition) =>
          condition.field === 'with' || holds(job, condition, merged) !== condition.negated,
      ),
  )
}

/** Order of a list; equal ones newest first, nothing last. */
export function naiveOrder(sort: JobSort, descending: boolean) {
  const sign = descending ? -1 : 1
  return (one: PlainJob, other: PlainJob): number => {
    const newest =
      (sort === 'at' ? sign : -1) * (one.key - other.key) || Number(one.gone) - Number(other.gone)
    const [first, second] = [sortedBy(one, sort), sortedBy(other, sort)]
    if (first === second) return newest
    if (first === null) return 1
    if (second === null) return -1
    return (first < second ? -1 : 1) * sign
  }
}

function sortedBy(job: PlainJob, sort: JobSort): string | number | null {
  switch (sort) {
    case 'at':
      return 0
    case 'added':
      return null
    case 'duration':
      return durationOf(job)
    case 'name':
    case 'queue':
      return asciiLower(job[sort])
    default:
      return job[sort]
  }
}

const asciiLower = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())

function holds(job: PlainJob, condition: Condition, merged: Merged): boolean {
  switch (condition.field) {
    case 'state':
      return condition.values.includes(job.state)
    case 'since':
      return atOf(job) >= condition.at
    case 'until':
      return atOf(job) < condition.at
    case 'is':
      return is[condition.value](job)
    case 'has':
      return has[condition.value](job)
    case 'with':
      return true
    case 'text':
      return condition.match === 'exact' || wordsOf(condition.text).length === 0
        ? linesOf(job).some((line) => line.toLowerCase().includes(condition.text.toLowerCase()))
        : wordsOf(condition.text).every((word) =>
            wordsOf(linesOf(job).join('\n')).some((found) => found.startsWith(word)),
          )
    case 'duration':
    case 'wait':
    case 'attempts':
    case 'priority':
    case 'cost':
    case 'memory':
    case 'tokens': {
      const value = condition.field === 'duration' ? durationOf(job) : job[condition.field]
      if (value === null) return false
      if (condition.operator === '..') return value >= condition.from && value <= condition.to
      return compare[condition.operator](value, condition.value)
    }
    default:
      return condition.values.some((value) =>
        textsOf(job, condition.field, merged).some((text) => patternMatches(value, text)),
      )
  }
}

function textsOf(job: PlainJob, field: WordField, merged: Merged): string[] {
  if (field === 'parent') {
    return job.parent === null ? [] : [job.parent.job, `${job.parent.queue}/${job.parent.job}`]
  }
  if (field === 'group') {
    const { group } = job
    if (group === null) return []
    const heads = Object.keys(merged).filter((head) => merged[head]?.includes(group))
    return [group, ...heads]
  }
  const text = field === 'error' ? job.message : job[field]
  return text === null ? [] : [text]
}

const atOf = ({ key }: PlainJob) => Math.floor(key / keyTies)

const durationOf = ({ started, finished }: PlainJob) =>
  started === null || finished === null || finished < started ? null : finished - started

const linesOf = ({ message, name, id, user, payload }: PlainJob) => [
  message ?? '',
  name,
  id,
  user ?? '',
  payload ?? '',
]

const wordsOf = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{Co}]+/u)
    .filter((word) => word !== '')

const compare = {
  '<': (value: number, than: number) => value < than,
  '<=': (value: number, than: number) => value <= than,
  '>': (value: number, than: number) => value > than,
  '>=': (value: number, than: number) => value >= than,
  '=': (value: number, than: number) => value === than,
}

const is = {
  resumable: (job: PlainJob) => job.state === 'failed' && job.checkpoint !== null,
  scheduled: (job: PlainJob) => job.scheduler !== null,
  stalled: (job: PlainJob) => job.stalled > 0,
  gone: (job: PlainJob) => job.gone,
  retried: (job: PlainJob) => job.attempts > (job.finished === null ? 0 : 1),
  child: (job: PlainJob) => job.parent !== null,
  orphan: (job: PlainJob) => job.state === 'unknown',
}

const has = {
  metrics: (job: PlainJob) => job.cost !== null || job.memory !== null || job.tokens !== null,
  error: (job: PlainJob) => job.message !== null,
  user: (job: PlainJob) => job.user !== null,
  brand: (job: PlainJob) => job.brand !== null,
  checkpoint: (job: PlainJob) => job.checkpoint !== null,
  parent: (job: PlainJob) => job.parent !== null,
  progress: (job: PlainJob) => job.progress !== null,
}

/** A job of which a test says only what it is about. */
export function plainJob(told: Partial<PlainJob> & Pick<PlainJob, 'key' | 'id'>): PlainJob {
  return {
    gone: false,
    indexed: true,
    queue: 'mail',
    state: 'failed',
    name: 'send',
    started: null,
    finished: null,
    wait: null,
    attempts: 1,
    priority: 0,
    stalled: 0,
    progress: null,
    message: null,
    scheduler: null,
    parent: null,
    group: null,
    user: null,
    brand: null,
    provider: null,
    model: null,
    variant: null,
    cost: null,
    memory: null,
    tokens: null,
    checkpoint: null,
    payload: null,
    ...told,
  }
}
