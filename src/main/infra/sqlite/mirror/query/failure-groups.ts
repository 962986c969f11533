import type { FailureFigures, FailureQuery, FailureSums } from '#core/mirror/ports.ts'
import { jobStates } from '#shared/domain/job-state.ts'
import type { DictionaryReader } from './dictionary.ts'
import { readFailureFilter, type FailureFilter } from './failure-filter.ts'
import { endOfHour, FailureSum, FailureWindow, type Place } from './failure-sums.ts'
import { among, every, plain, sql, type Sql } from './sql.ts'
import type { Statements } from './statements.ts'
import type { Tokenizer } from './tokens.ts'

export interface GroupRecord {
  id: number
  fingerprint: string
  errorClass: string | null
  message: string
  frame: string | null
  splitFrom: string | null
  firstSeenAt: number
  lastSeenAt: number
  stack: string | null
  stackAt: number | null
}

const groupColumns = plain(`
  id, fingerprint, error_class AS errorClass, message, frame, split_from AS splitFrom,
  first_seen AS firstSeenAt, last_seen AS lastSeenAt`)

const failedState = jobStates.indexOf('failed')

/** Places that a list shows of a group. */
const shownPlaces = 5

/** Failures by what went wrong, out of the sums that are kept per hour. */
export class FailureGroups {
  readonly #statements: Statements
  readonly #dictionary: DictionaryReader
  readonly #tokenizer: Tokenizer

  constructor(statements: Statements, dictionary: DictionaryReader, tokenizer: Tokenizer) {
    this.#statements = statements
    this.#dictionary = dictionary
    this.#tokenizer = tokenizer
  }

  /** Groups by themselves, in no order. */
  figures(ids: readonly number[], query: FailureQuery): FailureFigures[] {
    if (ids.length === 0) return []
    const window = new FailureWindow(query)
    const filter = this.filter(query)
    const sums = new Map(ids.map((id) => [id, new FailureSum(window)]))
    for (const [failure, hour, queue, name, count] of this.#places(window, filter, ids)) {
      sums.get(failure)?.addAt(hour, { queue, name }, count)
    }
    const failedNow = this.#counts(this.#failedNow(ids, filter))
    const users = this.users(ids, query)
    return this.#records(among('id', ids)).map((group) => {
      const sum = sums.get(group.id) ?? new FailureSum(window)
      return {
        ...described(group),
        ...this.placesOf(sum),
        count: sum.count,
        trend: sum.trend,
        failedNow: failedNow.get(group.id) ?? 0,
        users: users.get(group.id) ?? null,
        previousAt: this.#previousAt([group], window),
      }
    })
  }

  /** Failures of the window: the group, the hour, how many. */
  hours(query: FailureQuery): Iterable<readonly [group: number, hour: number, count: number]> {
    const filter = this.filter(query)
    const conditions = this.#within(new FailureWindow(query), filter, filter.groups)
    const rows =
      filter.groups.length === 0
        ? sql`failure_hour AS h INDEXED BY failure_hour_hour`
        : sql`failure_group AS g CROSS JOIN failure_hour AS h ON h.failure = g.id`
    return this.#statements.arrays<[number, number, number]>(
      sql`SELECT h.failure, h.hour, h.count FROM ${rows} WHERE ${conditions}`,
    )
  }

  /** Different users since the window began, of these groups or of all. */
  users(ids: readonly number[] | null, query: FailureQuery): ReadonlyMap<number, number> {
    const conditions = every([
      ...(ids === null ? [] : [among('u.failure', ids)]),
      ...this.#sinceIn(query),
    ])
    return this.#counts(sql`
      SELECT failure, count(DISTINCT user) AS count FROM failure_user AS u
      WHERE ${conditions} GROUP BY failure`)
  }

  /** When each group was seen first and last. */
  spans(): Iterable<readonly [group: number, fingerprint: string, first: number, last: number]> {
    return this.#statements.arrays<[number, string, number, number]>(
      sql`SELECT id, fingerprint, first_seen, last_seen FROM failure_group`,
    )
  }

  /** All failures of a window. */
  sums(query: Pick<FailureQuery, 'from' | 'to' | 'bars'>): FailureSums {
    const { firstHour, endHour } = new FailureWindow(query)
    const [failures] = this.#statements.column<number | null>(sql`
      SELECT sum(count) FROM failure_hour WHERE hour >= ${firstHour} AND hour < ${endHour}`)
    return { failures: failures ?? 0, knownSince: this.knownSince() }
  }

  /** Of the groups that this one was split into, that with the most failures. */
  largestPart(fingerprint: string): string | null {
    const [largest] = this.#statements.column<string>(sql`
      SELECT fingerprint FROM failure_group AS g WHERE split_from = ${fingerprint}
      ORDER BY (SELECT sum(count) FROM failure_hour WHERE failure = g.id) DESC, id LIMIT 1`)
    return largest ?? null
  }

  knownSince(): number | null {
    return (
      this.#statements.column<number | null>(sql`SELECT min(first_seen) FROM failure_group`)[0] ??
      null
    )
  }

  /** The groups of these fingerprints, in their order; those that are not known are left out. */
  known(fingerprints: readonly string[]): GroupRecord[] {
    const found = this.#records(
      sql`fingerprint IN (SELECT value FROM json_each(${JSON.stringify(fingerprints)}))`,
      true,
    )
    return found.sort(
      (one, other) =>
        fingerprints.indexOf(one.fingerprint) - fingerprints.indexOf(other.fingerprint),
    )
  }

  /** Several groups as one: told by the first of them. */
  together(
    groups: readonly [GroupRecord, ...GroupRecord[]],
    query: FailureQuery,
  ): { figures: FailureFigures; sum: FailureSum; counts: ReadonlyMap<number, number> } {
    const window = new FailureWindow(query)
    const filter = this.filter(query)
    const ids = groups.map(({ id }) => id)
    const sum = new FailureSum(window)
    const counts = new Map<number, number>()
    for (const [failure, hour, queue, name, count] of this.#places(window, filter, ids)) {
      sum.addAt(hour, { queue, name }, count)
      counts.set(failure, (counts.get(failure) ?? 0) + count)
    }
    const failedNow = [...this.#counts(this.#failedNow(ids, filter)).values()]
    const users = this.#statements.column<number>(sql`
      SELECT count(DISTINCT user) FROM failure_user AS u
      WHERE ${every([among('u.failure', ids), ...this.#sinceIn(query)])}`)[0]
    return {
      sum,
      counts,
      figures: {
        ...described(groups[0]),
        ...this.placesOf(sum),
        count: sum.count,
        trend: sum.trend,
        failedNow: failedNow.reduce((total, count) => total + count, 0),
        users: users || null,
        firstSeenAt: Math.min(...groups.map(({ firstSeenAt }) => firstSeenAt)),
        lastSeenAt: Math.max(...groups.map(({ lastSeenAt }) => lastSeenAt)),
        previousAt: this.#previousAt(groups, window),
      },
    }
  }

  /** Names of places. */
  named(places: readonly Place[]): { queue: string; name: string; count: number }[] {
    return places.map(({ queue, name, count }) => ({
      queue:
        this.#statements.column<string>(sql`SELECT name FROM queue WHERE id = ${queue}`)[0] ?? '',
      name: this.#statements.column<string>(sql`SELECT text FROM word WHERE id = ${name}`)[0] ?? '',
      count,
    }))
  }

  filter({ conditions }: FailureQuery): FailureFilter {
    return readFailureFilter(conditions, this.#dictionary, this.#tokenizer)
  }

  placesOf(sum: FailureSum): Pick<FailureFigures, 'queues' | 'places'> {
    const { places } = sum
    return { queues: this.named(places.slice(0, shownPlaces)), places: places.length }
  }

  /** As `hours` of these groups, with the places. */
  #places(window: FailureWindow, filter: FailureFilter, ids: readonly number[]) {
    return this.#statements.arrays<[number, number, number, number, number]>(sql`
      SELECT h.failure, h.hour, h.queue, h.name, h.count
      FROM failure_group AS g CROSS JOIN failure_hour AS h ON h.failure = g.id
      WHERE ${this.#within(window, filter, [among('g.id', ids)])}`)
  }

  #within(window: FailureWindow, filter: FailureFilter, groups: readonly Sql[]): Sql {
    return every([
      sql`h.hour >= ${window.firstHour} AND h.hour < ${window.endHour}`,
      ...filter.places('h'),
      ...groups,
    ])
  }

  /** Conditions on users `u`. */
  #sinceIn(query: FailureQuery): Sql[] {
    return [sql`last >= ${new FailureWindow(query).start}`, ...this.filter(query).places('u')]
  }

  /** Rows have a failure only while they stand as failed. */
  #failedNow(ids: readonly number[], { places, index }: FailureFilter): Sql {
    const inPlaces = places('j')
    if (inPlaces.length === 0) {
      // Group by group, which is counted twice as fast as all of them sorted out.
      return sql`
        SELECT g.id AS failure, (
          SELECT count(*) FROM job AS j INDEXED BY job_failure WHERE j.failure = g.id
        ) AS count
        FROM failure_group AS g WHERE ${among('g.id', ids)}`
    }
    const conditions = every([
      among('j.failure', ids),
      ...(index === 'job_failure' ? [] : [sql`j.state = ${failedState}`]),
      ...inPlaces,
    ])
    return sql`
      SELECT failure, count(*) AS count FROM job AS j INDEXED BY ${plain(index)}
      WHERE ${conditions} GROUP BY failure`
  }

  #counts(query: Sql): Map<number, number> {
    const rows = this.#statements.all<{ failure: number; count: number }>(query)
    return new Map(rows.map(({ failure, count }) => [failure, count]))
  }

  #records(where: Sql, stacks = false): GroupRecord[] {
    const stack = plain(stacks ? 'stack, stack_at AS stackAt' : 'NULL AS stack, NULL AS stackAt')
    return this.#statements.all<GroupRecord>(
      sql`SELECT ${groupColumns}, ${stack} FROM failure_group WHERE ${where}`,
    )
  }

  /** As exact as sums per hour can tell: the end of that hour. */
  #previousAt(groups: readonly GroupRecord[], window: FailureWindow): number | null {
    const before = groups.filter(({ firstSeenAt }) => firstSeenAt < window.start)
    const times = before.map(({ id, firstSeenAt }) => {
      const hour = this.#statements.column<number | null>(
        sql`SELECT max(hour) FROM failure_hour WHERE failure = ${id} AND hour < ${window.firstHour}`,
      )[0]
      return hour === null || hour === undefined ? firstSeenAt : endOfHour(hour)
    })
    return times.length === 0 ? null : Math.max(...times)
  }
}

function described(group: GroupRecord) {
  const { fingerprint, errorClass, message, frame, splitFrom, firstSeenAt, lastSeenAt } = group
  return { id: fingerprint, errorClass, message, frame, splitFrom, firstSeenAt, lastSeenAt }
}
