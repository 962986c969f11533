import type { Condition, HasValue, IsValue } from '#shared/domain/filter/condition.ts'
import { patternParts } from '#shared/domain/filter/pattern.ts'
import { jobStates } from '#shared/domain/job-state.ts'
import type { DictionaryReader } from './dictionary.ts'
import { caselessText, longestPart, matchesAny } from './patterns.ts'
import { columnOfNumber, unknownState } from './columns.ts'
import { among, plain, some, sql, type Sql } from './sql.ts'
import { exactText, pieceHint, wordsHint, wordsText, type Words } from './text-terms.ts'
import {
  firstKeyAt,
  tables,
  type SetColumn,
  type Table,
  type Term,
  type TextTerm,
  type Wanted,
} from './wanted.ts'

export interface FilterParts {
  dictionary: DictionaryReader
  words: Words
  /** Milliseconds that a key is at most later than its row. */
  spill: number
  /** Groups that stand for others. */
  merged: Readonly<Record<string, readonly string[]>>
}

/** Resolves a filter in one mirror: words become ids, times become ranges of keys, the rest SQL. */
export function readFilter(conditions: readonly Condition[], parts: FilterParts): Wanted {
  const reading = new FilterReading(parts)
  for (const condition of conditions) reading.read(condition)
  return reading.wanted()
}

class FilterReading {
  readonly #parts: FilterParts
  readonly #sets = new Map<SetColumn, readonly number[]>()
  readonly #terms: Term[] = []
  readonly #texts: TextTerm[] = []
  #ids: readonly string[] | null = null
  #from: number | null = null
  #below: number | null = null
  #withGone = false
  #onlyGone = false
  #notGone = false

  constructor(parts: FilterParts) {
    this.#parts = parts
  }

  wanted(): Wanted {
    const listed: Record<Table, boolean> = {
      job: !this.#onlyGone,
      gone_job: (this.#withGone || this.#onlyGone) && !this.#notGone,
    }
    return {
      tables: tables.filter((table) => listed[table]),
      from: this.#from,
      below: this.#below,
      sets: this.#sets,
      terms: this.#terms,
      texts: this.#texts,
      ids: this.#ids,
    }
  }

  read(condition: Condition): void {
    const { field, negated } = condition
    switch (field) {
      case 'state':
        return this.#oneOf('state', condition.values.map(stateCode), negated)
      case 'queue':
        return this.#oneOf('queue', this.#parts.dictionary.queues(condition.values), negated)
      case 'name':
      case 'user':
      case 'brand':
      case 'provider':
      case 'model':
      case 'variant':
        return this.#oneOf(field, this.#parts.dictionary.words(field, condition.values), negated)
      case 'scheduler': {
        const ids = this.#parts.dictionary.words(field, condition.values)
        return this.#must(among('j.scheduler', ids), negated, ['scheduler'])
      }
      case 'group': {
        const { dictionary, merged } = this.#parts
        return this.#oneOf('failure', dictionary.groups(condition.values, merged), negated)
      }
      case 'id':
        return this.#id(condition.values, negated)
      case 'error':
        this.#hint(condition.values, negated)
        return this.#must(matchesAny(plain('j.message'), condition.values), negated, ['message'])
      case 'parent':
        return this.#must(parentMatches(condition.values), negated, ['parent'])
      case 'since':
      case 'until':
        return this.#when((field === 'since') === negated ? 'below' : 'from', condition.at)
      case 'is':
        return this.#is(condition.value, negated)
      case 'has':
        return this.#must(has[condition.value], negated, hasColumns[condition.value])
      case 'with':
        this.#withGone ||= !negated
        return undefined
      case 'text': {
        const term =
          condition.match === 'words'
            ? wordsText(condition.text, negated, this.#parts.words)
            : exactText(condition.text, negated, this.#parts.words)
        if ('match' in term) this.#texts.push(term)
        else this.#terms.push(term)
        return undefined
      }
      default: {
        const { sql: value, columns } = columnOfNumber[field]
        const holds =
          condition.operator === '..'
            ? sql`${value} BETWEEN ${condition.from} AND ${condition.to}`
            : sql`${value} ${plain(condition.operator)} ${condition.value}`
        return this.#must(holds, negated, columns)
      }
    }
  }

  #oneOf(column: SetColumn, ids: readonly number[], negated: boolean): void {
    if (negated) return this.#must(among(`j.${column}`, ids), true, [column])
    const before = this.#sets.get(column)
    const values = new Set(ids)
    this.#sets.set(
      column,
      before === undefined ? [...values] : before.filter((id) => values.has(id)),
    )
    return undefined
  }

  /** A condition on what is NULL does not hold; its opposite then does. */
  #must(holds: Sql, negated: boolean, columns: readonly string[]): void {
    const term = negated ? sql`(${holds}) IS NOT TRUE` : sql`(${holds}) IS TRUE`
    this.#terms.push({ sql: term, columns })
  }

  #when(edge: 'from' | 'below', at: number): void {
    const { spill } = this.#parts
    const [key, last] = [firstKeyAt(at), firstKeyAt(at + spill)]
    if (edge === 'from') this.#from = Math.max(this.#from ?? key, key)
    else this.#below = Math.min(this.#below ?? last, last)
    if (spill === 0) return
    // Looks into rows only near the edge, so that it counts as one on the key alone.
    const time = plain('coalesce(j.finished, j.started, j.added, 0)')
    const holds =
      edge === 'from'
        ? sql`j.key >= ${last} OR ${time} >= ${at}`
        : sql`j.key < ${key} OR ${time} < ${at}`
    this.#must(holds, false, [])
  }

  #id(values: readonly string[], negated: boolean): void {
    const texts = values.map(caselessText)
    if (!negated && this.#ids === null && texts.every((text) => text !== null)) {
      this.#ids = texts
      return
    }
    this.#hint(values, negated)
    this.#must(matchesAny(plain('j.id'), values), negated, ['id'])
  }

  /** The text index finds rows that may have such an id or error. */
  #hint(values: readonly string[], negated: boolean): void {
    const [value = ''] = values
    if (negated || values.length !== 1) return
    const hint =
      patternParts(value).length === 1
        ? wordsHint(patternParts(value).join(''), this.#parts.words)
        : pieceHint(longestPart(value), this.#parts.words)
    if (hint !== null) this.#texts.push(hint)
  }

  #is(value: IsValue, negated: boolean): void {
    if (value !== 'gone') return this.#must(is[value].sql, negated, is[value].columns)
    this.#onlyGone ||= !negated
    this.#notGone ||= negated
    return undefined
  }
}

const stateCode = (state: (typeof jobStates)[number] | 'unknown') =>
  state === 'unknown' ? unknownState : jobStates.indexOf(state)

const failed = jobStates.indexOf('failed')

const is: Record<Exclude<IsValue, 'gone'>, Term> = {
  resumable: {
    sql: sql`j.state = ${failed} AND j.checkpoint IS NOT NULL`,
    columns: ['state', 'checkpoint'],
  },
  scheduled: { sql: plain('j.scheduler IS NOT NULL'), columns: ['scheduler'] },
  stalled: { sql: plain('j.stalled > 0'), columns: ['stalled'] },
  // The run that is to come, or under way, counts as one.
  retried: {
    sql: plain('j.attempts + (j.finished IS NULL) > 1'),
    columns: ['attempts', 'finished'],
  },
  child: { sql: plain('j.parent IS NOT NULL'), columns: ['parent'] },
  orphan: { sql: sql`j.state = ${unknownState}`, columns: ['state'] },
}

const hasColumns: Record<HasValue, readonly string[]> = {
  metrics: ['cost', 'memory', 'tokens', 'reported'],
  error: ['message'],
  user: ['user'],
  brand: ['brand'],
  checkpoint: ['checkpoint'],
  parent: ['parent'],
  progress: ['progress'],
}

const has = Object.fromEntries(
  Object.entries(hasColumns).map(([value, columns]) => [
    value,
    some(columns.map((column) => plain(`j.${column} IS NOT NULL`))),
  ]),
) as Record<HasValue, Sql>

/** A parent is kept as its queue and id in two lines; it is typed as its id, or as `queue/id`. */
function parentMatches(values: readonly string[]): Sql {
  return some([
    matchesAny(plain('substr(j.parent, instr(j.parent, char(10)) + 1)'), values),
    matchesAny(plain("replace(j.parent, char(10), '/')"), values),
  ])
}
