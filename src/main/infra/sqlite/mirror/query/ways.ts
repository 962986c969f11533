import { range, restSql, type Branch, type Rest, type TextMode } from './branch.ts'
import { unknownState } from './columns.ts'
import { among, every, plain, sql, type Sql } from './sql.ts'
import type { PlanLimits } from './plan-limits.ts'
import type { Statements } from './statements.ts'
import type { SetColumn, Table, TextTerm, Wanted } from './wanted.ts'

const allStates = Array.from({ length: unknownState + 1 }, (_, code) => code)

/** A way to the rows that one condition asks for, with the other conditions looked at on the way. */
export interface Way {
  /** Rows on it, counted up to a limit. */
  estimate(): number
  /** Each branch goes by key. */
  ordered: boolean
  /** In the order of the keys, where it is `ordered`. */
  merged(mode: TextMode): Branch[]
  /** In any order, in few branches. */
  whole(mode: TextMode): Branch[]
}

export interface IndexShape {
  name: string
  lead: SetColumn
  /** Its second column is the state. */
  state: boolean
}

/** Indexes that end in the key. */
export const orderedIndexes: readonly IndexShape[] = [
  { name: 'job_failure', lead: 'failure', state: false },
  { name: 'job_user', lead: 'user', state: false },
  { name: 'job_name', lead: 'name', state: true },
  { name: 'job_queue', lead: 'queue', state: true },
  { name: 'job_state', lead: 'state', state: false },
]

const indexed = (name: string, table: Table = 'job') => plain(`${table} AS j INDEXED BY ${name}`)

function without(wanted: Wanted, ...columns: SetColumn[]): Rest {
  const sets = new Map(wanted.sets)
  for (const column of columns) sets.delete(column)
  return { ...wanted, sets }
}

/** All rows of a table, by key. */
export function scan(table: Table, wanted: Wanted): Way {
  const branches = (mode: TextMode): Branch[] => [
    {
      table,
      from: plain(`${table} AS j NOT INDEXED`),
      where: [...range('j.key', wanted), ...restSql(wanted, mode)],
      key: 'j.key',
    },
  ]
  return { estimate: () => Infinity, ordered: true, merged: branches, whole: branches }
}

/** Rows with one of some values, by an index that is ordered by key within each. */
export function byIndex(
  statements: Statements,
  shape: IndexShape,
  wanted: Wanted,
  limits: PlanLimits,
): Way {
  const values = wanted.sets.get(shape.lead) ?? allStates
  const states = shape.state ? wanted.sets.get('state') : undefined
  const from = indexed(shape.name)
  const rest = without(wanted, shape.lead, ...(shape.state ? (['state'] as const) : []))
  // A range of keys is only found by the index where all before it in the index is told.
  const ranged = shape.state && (wanted.from !== null || wanted.below !== null)
  const statesAsked = states ?? (ranged ? allStates : undefined)
  const seek = [
    among(`j.${shape.lead}`, values),
    ...(statesAsked === undefined ? [] : [among('j.state', statesAsked)]),
    ...range('j.key', wanted),
  ]
  const streams = () =>
    values.flatMap((value) =>
      (shape.state ? (states ?? allStates) : [null]).map((state) => [
        among(`j.${shape.lead}`, [value]),
        ...(state === null ? [] : [among('j.state', [state])]),
        ...range('j.key', wanted),
      ]),
    )
  return {
    estimate: () => countUpTo(statements, from, seek, limits),
    ordered: values.length * (shape.state ? (states ?? allStates).length : 1) <= limits.merged,
    merged: (mode) =>
      streams()
        .filter((where) => exists(statements, from, where))
        .map((where) => ({
          table: 'job',
          from,
          where: [...where, ...restSql(rest, mode)],
          key: 'j.key',
        })),
    whole: (mode) => [
      { table: 'job', from, where: [...seek, ...restSql(rest, mode)], key: 'j.key' },
    ],
  }
}

const extractedColumns = ['brand', 'provider', 'model', 'variant'] as const
export const hasExtracted = plain(
  `(${extractedColumns.map((column) => `j.${column} IS NOT NULL`).join(' OR ')})`,
)

/** Rows by what was extracted of them: all four stand in one index, which is not ordered by key. */
export function byExtracted(
  statements: Statements,
  wanted: Wanted,
  limits: PlanLimits,
): Way | null {
  const columns = extractedColumns.filter((column) => wanted.sets.has(column))
  if (columns.length === 0) return null
  const from = indexed('job_extracted')
  const seek = [
    hasExtracted,
    ...columns.map((column) => among(`j.${column}`, wanted.sets.get(column) ?? [])),
    ...range('j.key', wanted),
  ]
  const branches = (mode: TextMode): Branch[] => [
    {
      table: 'job',
      from,
      where: [...seek, ...restSql(without(wanted, ...columns), mode)],
      key: 'j.key',
    },
  ]
  return {
    estimate: () => countUpTo(statements, from, seek, limits),
    ordered: false,
    merged: branches,
    whole: branches,
  }
}

/** Rows with one of these ids, in whatever queue. */
export function byId(table: Table, wanted: Wanted): Way | null {
  if (wanted.ids === null) return null
  const queues = wanted.sets.get('queue')
  const branches = (mode: TextMode): Branch[] => [
    {
      table,
      from: indexed(`${table}_id`, table),
      where: [
        queues === undefined
          ? plain('j.queue IN (SELECT id FROM queue)')
          : among('j.queue', queues),
        sql`j.id IN (SELECT value FROM json_each(${JSON.stringify(wanted.ids)}))`,
        ...range('j.key', wanted),
        ...restSql(without(wanted, 'queue'), mode),
      ],
      key: 'j.key',
    },
  ]
  return { estimate: () => 0, ordered: false, merged: branches, whole: branches }
}

/** Rows whose text holds something: those the index finds, and those not yet in it that do. */
export function byText(
  statements: Statements,
  index: 'words' | 'pieces',
  wanted: Wanted,
  allIndexed: boolean,
  limits: PlanLimits,
): Way | null {
  const own = wanted.texts.filter((text) => text.index === index && !text.negated)
  if (own.length === 0) return null
  const { match, sure, doubtful } = together(own)
  const key = `${index}.rowid` as const
  const asked = (text: string) => [sql`${plain(index)} MATCH ${text}`, ...range(key, wanted)]
  const rest: Rest = { ...wanted, texts: wanted.texts.filter((text) => !own.includes(text)) }
  const hit = (text: string, conditions: readonly Sql[]): Branch => ({
    table: 'job',
    from: plain(conditions.length === 0 ? index : `${index} CROSS JOIN job AS j ON j.key = ${key}`),
    where: [...asked(text), ...conditions],
    key,
  })
  const branches = (mode: TextMode): Branch[] => {
    const conditions = restSql(rest, mode)
    const looked = [...conditions, ...doubtful]
    const hits =
      doubtful.length === 0
        ? [hit(match, conditions)]
        : sure === null
          ? [hit(match, looked)]
          : [hit(sure, conditions), hit(`(${match}) NOT (${sure})`, looked)]
    if (allIndexed) return hits
    const others: Branch = {
      table: 'job',
      from: plain('unindexed AS u CROSS JOIN job AS j ON j.key = u.key'),
      where: [...range('u.key', wanted), ...restSql(wanted, 'each')],
      key: 'u.key',
    }
    return [...hits, others]
  }
  return {
    estimate: () =>
      countUpTo(statements, plain(index), asked(match), limits) +
      (allIndexed ? 0 : countUpTo(statements, plain('unindexed'), [], limits)),
    ordered: true,
    merged: branches,
    whole: branches,
  }
}

const allOf = (parts: readonly string[]) => parts.map((part) => `(${part})`).join(' AND ')

/** Rows that have all of the texts; and what is to be looked at in those that are not sure to. */
function together(texts: readonly TextTerm[]): {
  match: string
  sure: string | null
  doubtful: Sql[]
} {
  const sures = texts.flatMap(({ hint, match, sure }) => (hint ? match : (sure ?? [])))
  return {
    match: allOf(texts.map(({ match }) => match)),
    sure: sures.length === texts.length ? allOf(sures) : null,
    doubtful: texts
      .filter(({ hint, match, sure }) => !hint && sure !== match)
      .map(({ each }) => each),
  }
}

function countUpTo(
  statements: Statements,
  from: Sql,
  where: readonly Sql[],
  { estimate }: PlanLimits,
): number {
  return (
    statements.column<number>(
      sql`SELECT count(*) FROM (SELECT 1 FROM ${from} WHERE ${every(where)} LIMIT ${estimate})`,
    )[0] ?? 0
  )
}

function exists(statements: Statements, from: Sql, where: readonly Sql[]): boolean {
  return (
    statements.column<number>(sql`SELECT 1 FROM ${from} WHERE ${every(where)} LIMIT 1`)[0] !==
    undefined
  )
}
