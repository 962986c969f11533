import type { JobValue } from '#shared/contract/jobs.ts'
import type { Extracted, MirrorSettings } from '#shared/contract/mirror.ts'
import { extractedFields } from '#shared/domain/extraction/extracted-fields.ts'
import { compileMapping, extractFields } from '#shared/domain/extraction/extract-fields.ts'
import { compileRedaction } from '#shared/domain/redaction/patterns.ts'
import { redactText } from '#shared/domain/redaction/redact-text.ts'
import { ConsoleError } from '#shared/errors.ts'
import type { JobReader } from '../jobs/ports.ts'

/** States of the newest job, those first whose jobs have the most to show: a result, then a start. */
const tellingStates = [
  'completed',
  'failed',
  'active',
  'waiting',
  'prioritized',
  'delayed',
  'waiting-children',
] as const

/**
 * What settings would keep of a real job, read live: of the newest one of the queue where none is named.
 *
 * @throws ConsoleError QUEUE_NOT_FOUND, JOB_NOT_FOUND, ENVIRONMENT_UNREACHABLE.
 */
export async function previewOf(
  reader: JobReader,
  { queue, job }: { queue: string; job?: string | undefined },
  settings: Pick<MirrorSettings, 'mapping' | 'payloadBytes' | 'redaction'>,
): Promise<{ job: string; extracted: Extracted; payload: string; redacted: number }> {
  const id = job ?? (await newestOf(reader, queue))
  const detail = await reader.detail(queue, id)
  if (detail === null) {
    if (await reader.queueExists(queue)) throw new ConsoleError('JOB_NOT_FOUND', { queue, job: id })
    throw new ConsoleError('QUEUE_NOT_FOUND', { queue })
  }
  const { data, result, progressValue } = detail
  const texts = { data: whole(data), returnvalue: whole(result), progress: whole(progressValue) }
  const hides = compileRedaction(settings.redaction)
  const found = extractFields(texts, compileMapping(settings.mapping), hides)
  const extracted = Object.fromEntries(
    extractedFields.map((field) => [field, found[field] ?? null]),
  ) as Extracted
  const { text, redacted } = redactText(data?.text ?? '', hides, settings.payloadBytes)
  return { job: id, extracted, payload: text, redacted }
}

/** A value that was cut is no JSON any more. */
const whole = (value: JobValue | null): string | null =>
  value === null || value.cut ? null : value.text

async function newestOf(reader: JobReader, queue: string): Promise<string> {
  for (const state of tellingStates) {
    const page = await reader.page({ queue, state, limit: 1, after: null })
    if (page === null) throw new ConsoleError('QUEUE_NOT_FOUND', { queue })
    const [newest] = page.entries
    if (newest !== undefined) return newest.id
  }
  throw new ConsoleError('JOB_NOT_FOUND', { queue, job: '' })
}
