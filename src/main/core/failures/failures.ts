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
import type { FailureDetail, FailureFigures, MirrorReader } from '../mirror/ports.ts'
import type { Actor, FailureChange, FailureQuery, FailureService } from '../services.ts'
import { changedNote, mergedNotes, unmergedNotes } from './change-notes.ts'
import { refuseOtherFields } from './fields.ts'
import { groupOf } from './group-of.ts'
import { NoteBook } from './note-book.ts'
import type { FailureNoteStore } from './ports.ts'

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

  async list(query: FailureQuery, signal?: AbortSignal): Promise<FailureList> {
    const { environment, window, filter, ...picking } = query
    const conditions = conditionsOf(filter, undefined)
    refuseOtherFields(filter, conditions)
    const range = rangeOf(window)
    return this.#using(environment, async ({ reader, notes, coverage }) => {
      const merged = notes.merged()
      const noted = notes.noted()
      const asked = { ...range, conditions, ...picking, merged, noted }
      const page = await reader.failures(environment, asked, signal)
      const { total, failures, counts, trend } = page
      const groups = page.groups.map((each) =>
        this.#group(each, notes, { sums: page, window: range }),
      )
      return { groups, total, failures, counts, trend, coverage }
    })
  }

  async get(
    environment: string,
    group: string,
    window: FailureWindow,
    signal?: AbortSignal,
  ): Promise<FailureGroupDetail> {
    const asked = { ...rangeOf(window), conditions: [] }
    return this.#using(environment, async ({ reader, notes, coverage }) => {
      const root = notes.rootOf(group)
      const ids = [root, ...notes.membersOf(root)]
      const detail = await reader.failure(environment, ids, asked, signal)
      if (detail === null) throw new ConsoleError('FAILURE_GROUP_NOT_FOUND', { group })
      const { sums, allQueues, topUsers, messages, sample } = detail
      const shown = this.#group({ ...detail, id: root }, notes, { sums, window: asked })
      const parts = shown.merged.map((id) => partOf(id, notes, detail))
      return { ...shown, parts, allQueues, topUsers, messages, sample, coverage }
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
      parts: _0,
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
    const part = await this.#using(environment, ({ reader }) =>
      reader.largestPart(environment, root),
    )
    return this.#shown(environment, part ?? root)
  }

  /** @throws ConsoleError FAILURE_GROUP_NOT_FOUND for the first that the mirror does not know. */
  async #expectKnown(environment: string, groups: readonly string[]): Promise<void> {
    await this.#using(environment, async ({ reader, notes }) => {
      const known = new Set(await reader.knownFailures(environment, groups))
      for (const group of groups) {
        // One that was split has nothing left until it is joined again.
        if (known.has(group) || notes.of(group)?.split === true) continue
        throw new ConsoleError('FAILURE_GROUP_NOT_FOUND', { group })
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

/** One of the groups that were merged, as it is by itself. */
function partOf(
  id: string,
  notes: NoteBook,
  { parts }: FailureDetail,
): FailureGroupDetail['parts'][number] {
  const known = parts.find((part) => part.id === id)
  const { errorClass = null, message = null, count = 0, lastSeenAt = null } = known ?? {}
  return { id, name: notes.of(id)?.name ?? null, errorClass, message, count, lastSeenAt }
}

/** The hours of a window up to the end of this one, since failures are counted by the hour. */
function rangeOf(window: FailureWindow): { from: number; to: number; bars: number } {
  const { hours, bars } = failureWindows[window]
  const to = Math.ceil((Date.now() + 1) / hour) * hour
  return { from: to - hours * hour, to, bars }
}
