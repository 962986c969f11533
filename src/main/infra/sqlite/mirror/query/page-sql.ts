import { branchSql, type Branch } from './branch.ts'
import { after, orderBy, sortValue, type Order, type Position } from './order.ts'
import { joined, plain, sql, type Sql } from './sql.ts'
import { tables } from './wanted.ts'

export interface PageParts {
  branches: readonly Branch[]
  order: Order
  cursor: Position | null
  limit: number
  skip: number
}

/** Positions of a page. By key, the branches are merged as far as the page goes and no further. */
export function pageSql({ branches, order, cursor, limit, skip }: PageParts): Sql {
  const value = order.sort === 'at' ? plain('NULL') : sortValue[order.sort]
  const sources = branches.map((branch) =>
    branchSql(
      branch,
      sql`${value} AS value, ${plain(branch.key)} AS key,
        ${plain(String(tables.indexOf(branch.table)))} AS source`,
    ),
  )
  const rows = sql`SELECT value, key, source AS "table" FROM (${joined(sources, ' UNION ALL ')})`
  const where = cursor === null ? plain('') : sql`WHERE ${after(order, cursor)}`
  const end = sql`LIMIT ${limit} OFFSET ${skip}`
  return sql`${rows} ${where} ORDER BY ${orderBy(order)} ${end}`
}
