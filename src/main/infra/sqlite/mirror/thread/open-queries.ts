import type { Database } from 'better-sqlite3'
import { MirrorError } from '#core/mirror/ports.ts'
import { fileIdentity } from '../mirror-path.ts'
import { mirrorError } from '../mirror-problem.ts'
import { openMirrorForReading } from '../open-mirror.ts'
import type { Going } from '../query/going-on.ts'
import { planLimits } from '../query/plan-limits.ts'
import { MirrorQueries } from '../query/queries.ts'

interface OpenQueries {
  database: Database
  queries: MirrorQueries
  identity: string
}

/** Files that are kept open for queries. */
const kept = 8

/** Mirror files open for queries in one thread: opened when asked for, and anew when replaced. */
export class QueryFiles {
  /** The one that was asked last at the end. */
  readonly #open = new Map<string, OpenQueries>()
  readonly #going: Going

  constructor(going: Going) {
    this.#going = going
  }

  /** @throws MirrorError, and what the query throws. */
  ask<Answer>(file: string, query: (queries: MirrorQueries) => Answer): Answer {
    try {
      return query(this.#queriesOf(file))
    } catch (error) {
      throw mirrorError(error, file)
    }
  }

  release(file: string): void {
    const open = this.#open.get(file)
    this.#open.delete(file)
    open?.queries.close()
    open?.database.close()
  }

  close(): void {
    for (const file of this.#open.keys()) this.release(file)
  }

  #queriesOf(file: string): MirrorQueries {
    const identity = fileIdentity(file)
    const known = this.#open.get(file)
    if (known !== undefined && known.identity === identity) {
      this.#open.delete(file)
      this.#open.set(file, known)
      return known.queries
    }
    this.release(file)
    if (identity === null) throw new MirrorError('unavailable', `There is no mirror ${file}`)
    const database = openMirrorForReading(file)
    try {
      const queries = new MirrorQueries(database, planLimits, this.#going)
      this.#open.set(file, { database, queries, identity })
      const [oldest] = this.#open.keys()
      if (this.#open.size > kept && oldest !== undefined) this.release(oldest)
      return queries
    } catch (error) {
      if (this.#open.get(file) === undefined) database.close()
      throw error
    }
  }
}
