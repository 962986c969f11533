import type { Condition } from '#shared/domain/filter/condition.ts'
import type { DictionaryReader } from './dictionary.ts'
import { contains } from './patterns.ts'
import { among, plain, sql, type Sql } from './sql.ts'
import { wordsArgument, type Tokenizer } from './tokens.ts'

/** What a person reads of a group `g`. */
const textOfGroup = plain(
  "(coalesce(g.error_class, '') || char(10) || g.message || char(10) || coalesce(g.frame, ''))",
)

/** Conditions of a list of failures: where they were, on `queue` and `name` of a row, and on groups `g`. */
export interface FailureFilter {
  /** With the alias of rows that have a queue and a name. */
  places: (alias: 'h' | 'j' | 'u') => Sql[]
  groups: Sql[]
  /** By which the jobs of these places are found. */
  index: 'job_failure' | 'job_name' | 'job_queue'
}

interface Place {
  column: 'queue' | 'name'
  ids: number[]
  negated: boolean
}

/** Only queue, name and text say something of a group; the others are the caller's to refuse. */
export function readFailureFilter(
  conditions: readonly Condition[],
  dictionary: DictionaryReader,
  tokenizer: Tokenizer,
): FailureFilter {
  const places: Place[] = []
  const groups: Sql[] = []
  for (const condition of conditions) {
    const { field, negated } = condition
    if (field === 'queue') {
      places.push({ column: field, ids: dictionary.queues(condition.values), negated })
    } else if (field === 'name') {
      places.push({ column: field, ids: dictionary.words(field, condition.values), negated })
    } else if (field === 'text') {
      const words = condition.match === 'words' ? tokenizer.words(condition.text) : []
      const holds =
        words.length > 0
          ? sql`has_words(${textOfGroup}, ${wordsArgument(words)})`
          : contains(textOfGroup, condition.text)
      groups.push(negated ? sql`NOT ${holds}` : holds)
    }
  }
  return {
    places: (alias) =>
      places.map(({ column, ids, negated }) => {
        const holds = among(`${alias}.${column}`, ids)
        return negated ? sql`NOT (${holds})` : holds
      }),
    groups,
    index: indexOf(places),
  }
}

function indexOf(places: readonly Place[]): FailureFilter['index'] {
  const columns = new Set(places.filter(({ negated }) => !negated).map(({ column }) => column))
  if (columns.has('name')) return 'job_name'
  return columns.has('queue') ? 'job_queue' : 'job_failure'
}
