import { z } from 'zod'
import type { Sort } from '../../ui/table/index.ts'

/** Narrowings of the queue list, each one a toggle. */
export const onlyOptions = ['failures', 'paused', 'no-workers'] as const
export type Only = (typeof onlyOptions)[number]

const text = z.string().max(200).optional().catch(undefined)

/** What the address says about the queue list. Whatever does not read is left out, never an error. */
export const queuesSearchSchema = z.object({
  q: text,
  /** `failures,paused` */
  only: text,
  /** `name` or `-failed`, descending; absent means trouble first. */
  sort: text,
})
export type QueuesSearch = z.infer<typeof queuesSearchSchema>

export function onlyOf({ only = '' }: QueuesSearch): Only[] {
  const named = only.split(',')
  return onlyOptions.filter((option) => named.includes(option))
}

/** The search with one toggle turned over. */
export function toggled(search: QueuesSearch, option: Only): QueuesSearch {
  const before = onlyOf(search)
  const after = onlyOptions.filter((each) => before.includes(each) !== (each === option))
  return { ...search, only: after.length === 0 ? undefined : after.join(',') }
}

export function sortOf({ sort = '' }: QueuesSearch): Sort | null {
  const descending = sort.startsWith('-')
  const column = descending ? sort.slice(1) : sort
  return column === '' ? null : { column, descending }
}

export function sortText({ column, descending }: Sort): string {
  return descending ? `-${column}` : column
}
