import type { NumberField } from '#shared/domain/filter/condition.ts'
import { jobStates } from '#shared/domain/job-state.ts'
import { plain, type Sql } from './sql.ts'

/** Of a hash that is in no state. */
export const unknownState = jobStates.length

/** Clocks of several machines meet here: a negative time is none. */
export const duration = plain('(CASE WHEN j.finished >= j.started THEN j.finished - j.started END)')

/** What a number of a filter is compared with; NULL where it is unknown. */
export const columnOfNumber: Record<NumberField, { sql: Sql; columns: readonly string[] }> = {
  duration: { sql: duration, columns: ['started', 'finished'] },
  wait: column('wait'),
  attempts: column('attempts'),
  priority: column('priority'),
  cost: column('cost'),
  memory: column('memory'),
  tokens: column('tokens'),
}

function column(name: string): { sql: Sql; columns: readonly string[] } {
  return { sql: plain(`j.${name}`), columns: [name] }
}
