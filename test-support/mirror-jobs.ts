import type { MirrorJob } from '../src/shared/contract/job-search.ts'

/** A job as the mirror has it: completed, and nothing special. */
export function mirrorJobFor(overrides: Partial<MirrorJob> = {}): MirrorJob {
  return {
    id: '1',
    queue: 'mail',
    name: 'send',
    state: 'completed',
    at: Date.UTC(2026, 10, 20, 14),
    addedAt: Date.UTC(2026, 10, 20, 13, 59),
    startedAt: null,
    finishedAt: Date.UTC(2026, 10, 20, 14),
    dueAt: null,
    wait: null,
    duration: 60_000,
    attemptsMade: 1,
    attemptsAllowed: 3,
    progress: null,
    priority: 0,
    error: null,
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
    reported: null,
    checkpoint: null,
    stalledCount: 0,
    goneAt: null,
    seenAt: 1,
    ...overrides,
  }
}

export async function* pagesOf(
  ...pages: MirrorJob[][]
): AsyncGenerator<MirrorJob[], void, undefined> {
  yield* pages
}
