import type { FailureDetail, FailureQuery } from '#core/mirror/ports.ts'
import { keyTies } from '../schema.ts'
import type { FailureGroups, GroupRecord } from './failure-groups.ts'
import { among, sql } from './sql.ts'
import type { Statements } from './statements.ts'

/** Of so many of the newest failed jobs the messages are counted: a group may have a million. */
const looked = 2000
const shownMessages = 20
const shownUsers = 10

/** All that is known of one failure group, or of several that were merged. */
export class FailureDetails {
  readonly #statements: Statements
  readonly #groups: FailureGroups

  constructor(statements: Statements, groups: FailureGroups) {
    this.#statements = statements
    this.#groups = groups
  }

  detail(fingerprints: readonly string[], query: FailureQuery): FailureDetail | null {
    const [first, ...others] = this.#groups.known(fingerprints)
    if (first === undefined) return null
    const groups = [first, ...others] as const
    const ids = groups.map(({ id }) => id)
    const { figures, sum, counts } = this.#groups.together(groups, query)
    const newest = this.#newest(ids)
    return {
      ...figures,
      sums: this.#groups.sums(query),
      parts: groups.map(({ id, fingerprint, errorClass, message, lastSeenAt }) => ({
        id: fingerprint,
        errorClass,
        message,
        count: counts.get(id) ?? 0,
        lastSeenAt,
      })),
      allQueues: this.#groups.named(sum.places),
      topUsers: this.#topUsers(ids),
      messages: this.#messages(newest),
      sample: this.#sample(ids, newest, newestStack(groups)),
    }
  }

  /** Keys of the newest failed jobs, the newest first. */
  #newest(ids: readonly number[]): number[] {
    const keys = ids.flatMap((id) =>
      this.#statements.column<number>(
        sql`SELECT key FROM job INDEXED BY job_failure WHERE failure = ${id}
          ORDER BY key DESC LIMIT ${looked}`,
      ),
    )
    return keys.sort((one, other) => other - one).slice(0, looked)
  }

  #topUsers(ids: readonly number[]): FailureDetail['topUsers'] {
    return this.#statements.all<FailureDetail['topUsers'][number]>(sql`
      SELECT (SELECT text FROM word WHERE id = top.user) AS user, count FROM (
        SELECT user, sum(count) AS count FROM failure_user WHERE ${among('failure', ids)}
        GROUP BY user ORDER BY sum(count) DESC, user LIMIT ${shownUsers}
      ) AS top`)
  }

  #messages(keys: readonly number[]): FailureDetail['messages'] {
    return this.#statements.all<FailureDetail['messages'][number]>(sql`
      SELECT message, count(*) AS count FROM job
      WHERE key IN (SELECT value FROM json_each(${JSON.stringify(keys)})) AND message IS NOT NULL
      GROUP BY message ORDER BY count(*) DESC, max(key) DESC LIMIT ${shownMessages}`)
  }

  #sample(
    ids: readonly number[],
    [newest]: readonly number[],
    stack: string | null,
  ): FailureDetail['sample'] {
    const row =
      newest === undefined
        ? sql`gone_job AS j WHERE ${among('j.failure', ids)} ORDER BY j.key DESC LIMIT 1`
        : sql`job AS j WHERE j.key = ${newest}`
    const sample = this.#statements.all<Omit<NonNullable<FailureDetail['sample']>, 'stack'>>(sql`
      SELECT (SELECT name FROM queue WHERE id = j.queue) AS queue, j.id AS job,
        coalesce(j.finished, j.key / ${keyTies}) AS failedAt, coalesce(j.message, '') AS message
      FROM ${row}`)[0]
    return sample === undefined ? null : { ...sample, stack }
  }
}

function newestStack(groups: readonly GroupRecord[]): string | null {
  const newest = groups
    .filter(({ stack }) => stack !== null)
    .sort((one, other) => (other.stackAt ?? 0) - (one.stackAt ?? 0))[0]
  return newest?.stack ?? null
}
