import { firstLine } from '#shared/domain/first-line.ts'
import type { StateEntry } from '#core/jobs/ports.ts'
import type { JobRow } from '#shared/contract/jobs.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { Batch, countOf, textOf, type PipelineSender } from '../batch.ts'
import { jobKey } from '../keys.ts'
import { progressOf, rowFields, rowHashOf, rowOf } from './job-fields.ts'

/** A longer text is a payload; a list shows that it is there, not what it says. */
const longestText = 16 * 1024

/** A job to make a row of, with the state it stands in. */
export interface RowSubject extends StateEntry {
  queue: string
  state: JobState | 'unknown'
}

/**
 * Rows of jobs in two round trips: small fields with the lengths of the texts, then the texts where
 * they are present and short. Jobs without a hash are left out.
 */
export async function readRows(
  sender: PipelineSender,
  prefix: string,
  subjects: readonly RowSubject[],
): Promise<(JobRow & { queue: string })[]> {
  if (subjects.length === 0) return []
  const batch = new Batch()
  const asked = subjects.map((subject) => {
    const key = jobKey(prefix, subject.queue, subject.id)
    return {
      subject,
      key,
      hash: batch.add('hmget', key, ...rowFields),
      errorSize: batch.add('hstrlen', key, 'failedReason'),
      progressSize: batch.add('hstrlen', key, 'progress'),
    }
  })
  await batch.send(sender)

  const texts = new Batch()
  const fetched = asked.map(({ subject, key, hash, errorSize, progressSize }) => ({
    subject,
    hash: rowHashOf(hash()),
    error: askText(texts, key, 'failedReason', countOf(errorSize())),
    progress: askText(texts, key, 'progress', countOf(progressSize())),
  }))
  await texts.send(sender)

  return fetched.flatMap(({ subject, hash, error, progress }) => {
    if (hash === null) return []
    const { queue, ...entry } = subject
    const message = error()
    const row = rowOf(hash, {
      ...entry,
      error: message === null ? null : firstLine(message),
      progress: progressOf(progress()),
    })
    return [{ ...row, queue }]
  })
}

function askText(batch: Batch, key: string, field: string, size: number): () => string | null {
  if (size === 0) return () => null
  if (size > longestText) return () => `… (${Math.round(size / 1024)} KB)`
  const reply = batch.add('hget', key, field)
  return () => textOf(reply())
}
