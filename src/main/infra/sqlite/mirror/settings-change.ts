import type { MirrorSettings } from '#shared/contract/mirror.ts'
import { extractedFields } from '#shared/domain/extraction/extracted-fields.ts'
import { completedState, failedState } from './states.ts'

/** What changed settings mean for what is already kept. */
export interface SettingsEffect {
  /** Rows whose details are to be read again; null for none, a condition on `job` otherwise. */
  reread: string | null
  /** Rows whose payload is forgotten at once, as a condition on `job` or `gone_job`; null for none. */
  forget: string | null
}

const everyRow = 'true'
export const failedRows = `state = ${failedState}`
const finishedRows = `state IN (${failedState}, ${completedState})`

export function effectOf(before: MirrorSettings, now: MirrorSettings): SettingsEffect {
  const reread = new Set<string>()
  const forget = new Set<string>()
  const mapped = changedPaths(before, now)
  // A result is only there once a job has finished.
  if (mapped.length > 0) {
    const ofResult = mapped.every((path) => path.startsWith('returnvalue.'))
    reread.add(ofResult ? finishedRows : everyRow)
  }
  const [was, is] = [before.payloadText, now.payloadText]
  const otherKeys = before.redaction.join('\n') !== now.redaction.join('\n')
  const otherText = before.payloadBytes !== now.payloadBytes || otherKeys
  // The only extracted value that may be an object.
  if (otherKeys) reread.add('checkpoint IS NOT NULL')
  if (is === 'off') {
    if (was !== 'off') forget.add(everyRow)
  } else {
    const rows = is === 'all' ? everyRow : failedRows
    if (otherText && was !== 'off') forget.add(everyRow)
    if (was === 'all' && is === 'failed') forget.add(`NOT (${failedRows})`)
    if (was === 'off' || (was === 'failed' && is === 'all') || otherText) reread.add(rows)
  }
  return { reread: joined(reread), forget: joined(forget) }
}

function joined(conditions: ReadonlySet<string>): string | null {
  if (conditions.size === 0) return null
  if (conditions.has(everyRow)) return everyRow
  return [...conditions].map((condition) => `(${condition})`).join(' OR ')
}

/** Paths that are looked at now or were before, of fields whose paths are not the same. */
function changedPaths(before: MirrorSettings, now: MirrorSettings): string[] {
  return extractedFields.flatMap((field) => {
    const [was, is] = [before.mapping[field], now.mapping[field]]
    return was.join('\n') === is.join('\n') ? [] : [...was, ...is]
  })
}
