import type { Database } from 'better-sqlite3'
import type { Facets } from '#shared/contract/job-search.ts'
import type {
  FailureDetail,
  FailurePage,
  FailurePicking,
  FailureQuery,
  SearchQuery,
  SearchResult,
} from '#core/mirror/ports.ts'
import { DictionaryReader } from './dictionary.ts'
import { FacetCounts, type FacetQuery } from './facets.ts'
import { FailureDetails } from './failure-detail.ts'
import { FailureGroups } from './failure-groups.ts'
import { FailurePages } from './failure-page.ts'
import { goOn, registerGoing } from './going-on.ts'
import { registerFolding } from './patterns.ts'
import { planLimits } from './plan-limits.ts'
import { PieceReader } from './pieces.ts'
import { Planner } from './plan.ts'
import { readFilter } from './read-filter.ts'
import { JobPages } from './search.ts'
import { ShapeReader } from './shapes.ts'
import { sql } from './sql.ts'
import { Statements } from './statements.ts'
import type { Words } from './text-terms.ts'
import { registerWords, Tokenizer } from './tokens.ts'
import { Vocabulary } from './vocabulary.ts'
import type { Wanted } from './wanted.ts'

/**
 * What is asked of one mirror file, over a connection that only reads. Synchronous: each call takes the
 * thread it runs on, and sees the file as it was at one moment. Close it before its connection.
 */
export class MirrorQueries {
  readonly #statements: Statements
  readonly #tokenizer = new Tokenizer()
  readonly #words: Words
  readonly #dictionary: DictionaryReader
  readonly #pages: JobPages
  readonly #facets: FacetCounts
  readonly #groups: FailureGroups
  readonly #lists: FailurePages
  readonly #details: FailureDetails

  constructor(database: Database, limits = planLimits, going = goOn()) {
    registerGoing(database, going)
    registerFolding(database)
    registerWords(database)
    this.#statements = new Statements(database)
    const planner = new Planner(this.#statements, limits)
    this.#words = {
      tokenizer: this.#tokenizer,
      vocabulary: new Vocabulary(database, this.#statements),
      shapes: new ShapeReader(this.#statements, this.#tokenizer),
      pieces: new PieceReader(this.#statements),
    }
    this.#dictionary = new DictionaryReader(this.#statements)
    this.#pages = new JobPages(this.#statements, planner)
    this.#facets = new FacetCounts(this.#statements, planner)
    this.#groups = new FailureGroups(this.#statements, this.#dictionary, this.#tokenizer)
    this.#lists = new FailurePages(this.#groups)
    this.#details = new FailureDetails(this.#statements, this.#groups)
  }

  /** @throws InvalidCursor */
  search(query: SearchQuery): SearchResult {
    return this.#statements.atOnce(() => this.#pages.search(this.#wanted(query), query))
  }

  facets(query: Pick<SearchQuery, 'conditions'> & FacetQuery): Pick<Facets, 'facets' | 'total'> {
    return this.#statements.atOnce(() => this.#facets.facets(this.#wanted(query), query))
  }

  /** Groups with failures in the window, as they are to be listed; those that were merged are read as one. */
  failures(query: FailureQuery & FailurePicking): FailurePage {
    return this.#statements.atOnce(() => this.#lists.page(query))
  }

  /** Of all these groups together; null when none is known. */
  failure(groups: readonly string[], query: FailureQuery): FailureDetail | null {
    return this.#statements.atOnce(() => this.#details.detail(groups, query))
  }

  /** Those of these groups that are known. */
  knownFailures(groups: readonly string[]): string[] {
    return this.#groups.known(groups).map(({ fingerprint }) => fingerprint)
  }

  /** Of the groups that this one was split into, the largest; null when there is none. */
  largestPart(group: string): string | null {
    return this.#groups.largestPart(group)
  }

  close(): void {
    this.#tokenizer.close()
  }

  #spill(): number {
    const [spill = 0] = this.#statements.column<number>(
      sql`SELECT CAST(value AS INTEGER) FROM fact WHERE name = 'spill'`,
    )
    return spill
  }

  #wanted({ conditions, merged }: Pick<SearchQuery, 'conditions' | 'merged'>): Wanted {
    return readFilter(conditions, {
      dictionary: this.#dictionary,
      words: this.#words,
      merged,
      spill: this.#spill(),
    })
  }
}
