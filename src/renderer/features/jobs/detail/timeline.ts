import type { JobDetail } from '#shared/contract/jobs.ts'
import { firstLine } from '#shared/domain/first-line.ts'
import { readStacks } from '#shared/domain/stacktrace.ts'

export interface TimelineEntry {
  kind:
    | 'added'
    | 'due'
    | 'dueAhead'
    | 'attemptFailed'
    | 'started'
    | 'running'
    | 'completed'
    | 'failed'
  /** Milliseconds since the epoch; null where BullMQ keeps no time, as of earlier attempts. */
  at: number | null
  /** From 1. */
  attempt: number | null
  /** First line of the attempt's error. */
  error: string | null
  /** Since the last entry whose time is known, in milliseconds. */
  after: number | null
}

type Fact = Omit<TimelineEntry, 'after'>

/** What happened to a job, in order, as far as its hash tells. */
export function timelineOf(job: JobDetail): TimelineEntry[] {
  const finished = job.finishedAt !== null && (job.state === 'failed' || job.state === 'completed')
  const failures = failuresOf(job)
  const last = job.state === 'failed' ? failures.pop() : undefined
  const made = Math.max(job.attemptsMade, 1)
  const running = job.state === 'active'
  const facts: Fact[] = [
    fact('added', job.addedAt),
    ...dueBefore(job),
    ...failures,
    ...(job.startedAt === null || !(finished || running)
      ? []
      : [fact('started', job.startedAt, running ? job.attemptsMade + 1 : made)]),
    ...(running ? [fact('running', null)] : []),
    ...(finished && job.state === 'completed' ? [fact('completed', job.finishedAt)] : []),
    ...(finished && job.state === 'failed'
      ? [{ ...fact('failed', job.finishedAt, made), error: last?.error ?? job.error }]
      : []),
    ...(job.dueAt === null ? [] : [fact('dueAhead', job.dueAt)]),
  ]
  return withSpans(facts)
}

function fact(kind: Fact['kind'], at: number | null, attempt: number | null = null): Fact {
  return { kind, at, attempt, error: null }
}

/** When a job that was added with a delay became runnable; the hash forgets it, the options do not. */
function dueBefore(job: JobDetail): Fact[] {
  const delay = delayOf(job.options?.text)
  const passed = job.state !== 'delayed' || job.attemptsMade > 0
  return delay > 0 && job.addedAt !== null && passed ? [fact('due', job.addedAt + delay)] : []
}

function delayOf(options: string | undefined): number {
  try {
    const parsed: unknown = JSON.parse(options ?? '{}')
    const delay = (parsed as { delay?: unknown } | null)?.delay
    return typeof delay === 'number' ? delay : 0
  } catch {
    return 0
  }
}

/** One entry per failed attempt; those whose stack was not kept have no error. */
function failuresOf(job: JobDetail): Fact[] {
  const stacks = job.stacktrace === null ? [] : readStacks(job.stacktrace.text).stacks
  const count = Math.min(
    job.state === 'completed' ? Math.max(0, job.attemptsMade - 1) : job.attemptsMade,
    mostAttempts,
  )
  const total = Math.max(count, stacks.length)
  return Array.from({ length: total }, (_, index) => ({
    ...fact('attemptFailed', null, index + 1),
    error: errorOf(stacks[index - (total - stacks.length)]),
  }))
}

/** A job may be allowed thousands of attempts; a screen is not. */
const mostAttempts = 50

/** Characters of a stack that are looked at. */
const mostLooked = 10_000

/** What an attempt's error says, in a line: its name, and its message up to the first call. */
function errorOf(stack: string | null | undefined): string | null {
  if (stack === null || stack === undefined) return null
  const [head = ''] = stack.slice(0, mostLooked).split(/\n[ \t]+at /, 1)
  const [name = ''] = /^[\w$.]+(?: \[[^\]]*\])?: (?=[[{])/.exec(head) ?? []
  return `${name}${firstLine(head.slice(name.length))}`.slice(0, 300)
}

function withSpans(facts: readonly Fact[]): TimelineEntry[] {
  let known: number | null = null
  return facts.map((entry) => {
    const after = entry.at === null || known === null ? null : Math.max(0, entry.at - known)
    known = entry.at ?? known
    return { ...entry, after }
  })
}
