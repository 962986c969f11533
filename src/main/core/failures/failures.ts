import {
  failureWindows,
  type FailureGroup,
  type FailureGroupDetail,
  type FailureList,
  type FailureWindow,
} from '#shared/contract/failures.ts'
import type { Coverage } from '#shared/contract/job-search.ts'
import { ConsoleError } from '#shared/errors.ts'
import { conditionsOf } from '../mirror/conditions-of.ts'
import type { Mirrors } from '../mirror/mirrors.ts'
import type { FailureFigures, FailureQuery as Asked, MirrorReader } from '../mirror/ports.ts'
import type { Actor, FailureChange, FailureQuery, FailureService } from '../services.ts'
import { changedNote, mergedNotes, unmergedNotes } from './change-notes.ts'
import { refuseOtherFields } from './fields.ts'
import { groupOf } from './group-of.ts'
import { NoteBook } from './note-book.ts'
import type { FailureNoteStore } from './ports.ts'
import { bySort } from './sort.ts'

const hour = 60 * 60 * 1000

export interface FailuresParts {
  mirrors: Pick<Mirrors, 'reading' | 'regroup'>
  reader: MirrorReader
  notes: FailureNoteStore
}

/** Failed jobs by what went wrong: figures of the mirror, with what operators noted. */
export class Failures implements FailureService {
  readonly #parts: FailuresParts

  constructor(parts: FailuresParts) {
    this.#parts = parts
  }

  async list(query: FailureQuery): Promise<FailureList> {
    const { environment, window, filter, status, sort, limit } = query
    const conditions = conditionsOf(filter, undefined)
    refuseOtherFields(filter, conditions)
    const asked = { ...rangeOf(window), conditions }
    return this.#using(environment, async ({ reader, notes, coverage }) => {
      const sums = await reader.failures(environment, asked)
      const { groups: figures, failures, trend } = sums
      const merged = await this.#merged(environment, figures, notes, asked)
      const groups = merged.map((each) => this.#group(each, notes, { sums, window: asked }))
      const counts = { open: 0, resolved: 0, muted: 0 }
      for (const group of groups) counts[group.status] += 1
      const wanted = groups.filter((group) => status === 'all' || group.status === status)
      return {
        groups: wanted.sort(bySort(sort)).slice(0, limit),
        total: wanted.length,
        failures,
        counts,
        trend,
        coverage,
      }
    })
  }

  async get(
    environment: string,
    group: string,
    window: FailureWindow,
  ): Promise<FailureGroupDetail> {
    const asked = { ...rangeOf(window), conditions: [] }
    return this.#using(environment, async ({ reader, notes, coverage }) => {
      const root = notes.rootOf(group)
      const ids = [root, ...notes.membersOf(root)]
      const detail = await reader.failure(environment, ids, asked)
      if (detail === null) throw new ConsoleError('FAILURE_GROUP_NOT_FOUND', { group })
      const sums = await reader.failures(environment, asked)
      const { allQueues, topUsers, messages, sample } = detail
      const shown = this.#group({ ...detail, id: root }, notes, { sums, window: asked })
      return { ...shown, allQueues, topUsers, messages, sample, coverage }
    })
  }

  async update(
    actor: Actor,
    environment: string,
    group: string,
    change: FailureChange,
  ): Promise<FailureGroup> {
    await this.#expectKnown(environment, [group])
    const { notes: store } = this.#parts
    const notes = new NoteBook(store, environment)
    const root = notes.rootOf(group)
    const before = notes.of(root)
    const after = changedNote(before, root, change, { by: actor.operator, at: Date.now() })
    store.save(environment, [after])
    if ((before?.split ?? false) !== after.split) await this.#parts.mirrors.regroup(environment)
    return after.split ? this.#partOf(environment, root) : this.#shown(environment, root)
  }

  async merge(
    actor: Actor,
    environment: string,
    group: string,
    groups: readonly string[],
  ): Promise<FailureGroup> {
    await this.#expectKnown(environment, [group, ...groups])
    const notes = new NoteBook(this.#parts.notes, environment)
    const root = notes.rootOf(group)
    const change = { by: actor.operator, at: Date.now() }
    this.#parts.notes.save(environment, mergedNotes(notes, root, groups, change))
    return this.#shown(environment, root)
  }

  async unmerge(
    actor: Actor,
    environment: string,
    group: string,
    groups: readonly string[],
  ): Promise<FailureGroup> {
    await this.#expectKnown(environment, [group])
    const notes = new NoteBook(this.#parts.notes, environment)
    const root = notes.rootOf(group)
    const change = { by: actor.operator, at: Date.now() }
    this.#parts.notes.save(environment, unmergedNotes(notes, root, groups, change))
    return this.#shown(environment, root)
  }

  /** For searches: the groups that each one stands for. */
  mergedOf(environment: string): Record<string, string[]> {
    return new NoteBook(this.#parts.notes, environment).merged()
  }

  /** Groups that count as one are read as one, since neither users nor places add up. */
  async #merged(
    environment: string,
    figures: readonly FailureFigures[],
    notes: NoteBook,
    asked: Asked,
  ): Promise<FailureFigures[]> {
    const byRoot = new Map<string, FailureFigures[]>()
    for (const each of figures) {
      const root = notes.rootOf(each.id)
      byRoot.set(root, [...(byRoot.get(root) ?? []), each])
    }
    const result: FailureFigures[] = []
    for (const [root, parts] of byRoot) {
      const [only] = parts
      const ids = [root, ...notes.membersOf(root)]
      const together =
        ids.length === 1 ? only : await this.#parts.reader.failure(environment, ids, asked)
      if (together) result.push({ ...together, id: root })
    }
    return result
  }

  #group(
    figures: FailureFigures,
    notes: NoteBook,
    context: Omit<Parameters<typeof groupOf>[2], 'merged'>,
  ): FailureGroup {
    const { id } = figures
    return groupOf(figures, notes.of(id), { ...context, merged: notes.membersOf(id) })
  }

  async #shown(environment: string, group: string): Promise<FailureGroup> {
    const {
      allQueues: _1,
      topUsers: _2,
      messages: _3,
      sample: _4,
      coverage: _5,
      ...shown
    } = await this.get(environment, group, '24h')
    return shown
  }

  /** Of a group that was split nothing is left: the largest of its parts stands for it. */
  async #partOf(environment: string, root: string): Promise<FailureGroup> {
    const all = { environment, window: '30d', filter: '', status: 'all' } as const
    const { groups } = await this.list({ ...all, sort: 'count', limit: Infinity })
    const part = groups.find(({ splitFrom }) => splitFrom === root)
    return part ?? this.#shown(environment, root)
  }

  /** @throws ConsoleError FAILURE_GROUP_NOT_FOUND for the first that the mirror does not know. */
  async #expectKnown(environment: string, groups: readonly string[]): Promise<void> {
    const asked = { ...rangeOf('30d'), conditions: [] }
    await this.#using(environment, async ({ reader, notes }) => {
      // Those of late all at once: one by one is the longer way.
      const late = groups.length === 1 ? [] : (await reader.failures(environment, asked)).groups
      const known = new Set(late.map(({ id }) => id))
      for (const group of new Set(groups)) {
        // One that was split has nothing left until it is joined again.
        if (known.has(group) || notes.of(group)?.split === true) continue
        const found = await reader.failure(environment, [group], asked)
        if (found === null) throw new ConsoleError('FAILURE_GROUP_NOT_FOUND', { group })
      }
    })
  }

  #using<Result>(
    environment: string,
    use: (parts: { reader: MirrorReader; notes: NoteBook; coverage: Coverage }) => Promise<Result>,
  ): Promise<Result> {
    const { mirrors, reader, notes } = this.#parts
    return mirrors.reading(environment, (coverage) =>
      use({ reader, notes: new NoteBook(notes, environment), coverage }),
    )
  }
}

/** The hours of a window up to the end of this one, since failures are counted by the hour. */
function rangeOf(window: FailureWindow): { from: number; to: number; bars: number } {
  const { hours, bars } = failureWindows[window]
  const to = Math.ceil((Date.now() + 1) / hour) * hour
  return { from: to - hours * hour, to, bars }
}
