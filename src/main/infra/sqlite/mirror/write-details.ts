import type { ExtractedValues, RawDetails } from '#core/mirror/ports.ts'
import { extractFields } from '#shared/domain/extraction/extract-fields.ts'
import { fingerprintOf } from '#shared/domain/fingerprint/fingerprint.ts'
import { redactText } from '#shared/domain/redaction/redact-text.ts'
import { detail, type DetailColumns, type JobColumns } from './columns.ts'
import type { Parts } from './parts.ts'
import { newestStack } from './read-job.ts'
import { countedOf } from './write-jobs.ts'

/** Writes what was read of jobs after their index: within a transaction. */
export class DetailWriting {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  write(queue: number, details: RawDetails | { id: string; missing: true }): void {
    const { jobs, tally, ungrouped } = this.#parts
    const found = jobs.find(queue, details.id)
    // Gone meanwhile, or moved on: then it is read again.
    if (found === undefined) return
    const old = ungrouped.grouped(found)
    if ('missing' in details) {
      if (old.detailed !== detail.unread) return
      tally.detail(old.detailed, detail.read)
      jobs.updateDetails(found, { ...old, detailed: detail.read })
      return
    }
    const detailed = details.tooLong === true ? detail.tooLong : detail.read
    tally.detail(old.detailed, detailed)
    const row: JobColumns = { ...old, ...this.#extracted(details), detailed }
    if (old.failure !== null) this.#refine(old, row, newestStack(details.stacktrace))
    jobs.updateDetails(found, row)
    const payloadChanged = this.#keepPayload(row, details.data)
    if (payloadChanged || row.user !== old.user) this.#parts.text.renew(row.key)
  }

  #extracted(details: RawDetails): DetailColumns {
    const { words, rules } = this.#parts
    const values = extractFields(details, rules.mapping, rules.redaction)
    const word = (field: 'user' | 'brand' | 'provider' | 'model' | 'variant') =>
      words.maybe(field, textIn(values, field))
    return {
      user: word('user'),
      brand: word('brand'),
      provider: word('provider'),
      model: word('model'),
      variant: word('variant'),
      cost: numberIn(values, 'cost'),
      memory: numberIn(values, 'memory'),
      tokens: numberIn(values, 'tokens'),
      reported: numberIn(values, 'duration'),
      checkpoint: textIn(values, 'checkpoint'),
    }
  }

  /** The stack tells the group better than the message alone; what was counted moves along. */
  #refine(old: JobColumns, row: JobColumns, stack: string | null): void {
    const { groups, rollups } = this.#parts
    const message = row.message ?? ''
    const at = row.finished ?? 0
    row.failure = groups.idOf(fingerprintOf({ message, stack }), message, at)
    const [before, now] = [countedOf(old), countedOf(row)]
    if (before === null || now === null) return
    if (before.failure !== now.failure || before.user !== now.user) {
      rollups.remove(before)
      rollups.add(now)
    }
    if (stack !== null) rollups.keepStack(now.failure, stack, at)
  }

  #keepPayload(row: JobColumns, data: string | null): boolean {
    const { jobs, rules } = this.#parts
    const kept =
      rules.payloadText === 'all' || (rules.payloadText === 'failed' && row.failure !== null)
    const before = jobs.payload(row.key)
    const now =
      kept && data !== null ? redactText(data, rules.redaction, rules.payloadBytes).text : ''
    if (now === (before ?? '')) return false
    jobs.setPayload(row.key, now)
    return true
  }
}

function textIn(values: ExtractedValues, field: keyof ExtractedValues): string | null {
  const value = values[field] ?? null
  return value === null ? null : String(value)
}

function numberIn(values: ExtractedValues, field: keyof ExtractedValues): number | null {
  const value = values[field]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
