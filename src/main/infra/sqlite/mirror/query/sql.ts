/** A piece of SQL with the values that are bound in it, in their order. */
export interface Sql {
  readonly text: string
  readonly values: readonly Bound[]
}
export type Bound = string | number | null

/** SQL out of a template: a piece of SQL is put in as it stands, any other value is bound. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | Bound)[]): Sql {
  let [text = ''] = strings
  const values: Bound[] = []
  parts.forEach((part, index) => {
    if (part !== null && typeof part === 'object') {
      text += part.text
      values.push(...part.values)
    } else {
      text += '?'
      values.push(part)
    }
    text += strings[index + 1]
  })
  return { text, values }
}

/** Text of our own as SQL: never what anybody typed. */
export const plain = (text: string): Sql => ({ text, values: [] })

export function joined(
  parts: readonly Sql[],
  between: ' AND ' | ' OR ' | ', ' | ' UNION ALL ',
): Sql {
  return {
    text: parts.map(({ text }) => text).join(between),
    values: parts.flatMap(({ values }) => values),
  }
}

/** All of them; true when there are none. */
export function every(parts: readonly Sql[]): Sql {
  return parts.length === 0 ? plain('TRUE') : joined(parts, ' AND ')
}

/** Any of them; false when there are none. */
export function some(parts: readonly Sql[]): Sql {
  return parts.length === 0 ? plain('FALSE') : sql`(${joined(parts, ' OR ')})`
}

/** Longer lists are bound as one value, so that a statement stays small and few are made. */
const longestList = 32

export function among(column: string, ids: readonly number[]): Sql {
  if (ids.length === 1) return sql`${plain(column)} = ${ids[0] ?? null}`
  return ids.length <= longestList
    ? sql`${plain(column)} IN (${joined(
        ids.map((id) => sql`${id}`),
        ', ',
      )})`
    : sql`${plain(column)} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`
}
