import { Buffer } from 'node:buffer'
import type { LogPage } from '#shared/contract/jobs.ts'
import { Batch, countOf, type PipelineSender } from '../batch.ts'
import { jobKey, jobPartKey } from '../keys.ts'
import { sizeText } from '../long-text.ts'
import { askMemory } from '../memory.ts'
import { isFetched, textUpTo } from './job-values.ts'

/** A longer line is cut here; this and the following in bytes. */
const longestLine = 64 * 1024
/** Text of a page. */
const pageSize = 4 * 1024 * 1024
/** Fetched for a page, what is then cut off included. */
const fetchedSize = 16 * 1024 * 1024
/** Fetched in one round trip, as far as the average line tells. */
const tripSize = 4 * 1024 * 1024
/** Lines asked for first where Redis does not tell how large they are. */
const unknownLines = 10

/**
 * Log lines from `start` on, counted from the end when negative. A page ends early when its lines are
 * large: at its end, or, counted from the end, at its beginning. Null when there is no such job.
 *
 * Redis tells the size of a list, not of a line. So lines that take more than 8 MB on average are not
 * fetched at all; a single one of that size among many short ones is, and cut afterwards.
 */
export async function readLogs(
  sender: PipelineSender,
  prefix: string,
  { queue, job }: { queue: string; job: string },
  { start, limit }: { start: number; limit: number },
): Promise<LogPage | null> {
  const key = jobPartKey(prefix, queue, job, 'logs')
  const batch = new Batch()
  const isJob = batch.add('hexists', jobKey(prefix, queue, job), 'timestamp')
  const length = batch.add('llen', key)
  const memory = askMemory(batch, key, 0)
  await batch.send(sender)
  if (countOf(isJob()) === 0) return null
  const total = countOf(length())
  const first = start < 0 ? Math.max(0, total + start) : Math.min(start, total)
  const end = Math.min(total, first + limit)
  const size = memory()
  const average = size === null ? null : Math.max(1, size / total)
  if (average !== null && !isFetched(average)) {
    const lines = Array.from({ length: end - first }, () => sizeText(average))
    return { start: first, lines, total }
  }
  const range = { first, end, newestFirst: start < 0 }
  const lines = await readLines(sender, key, range, average)
  return { start: range.newestFirst ? end - lines.length : first, lines, total }
}

interface Range {
  first: number
  /** The index behind the last. */
  end: number
  /** Where to begin, and so what is left out of a page that grows too large. */
  newestFirst: boolean
}

async function readLines(
  sender: PipelineSender,
  key: string,
  { first, end, newestFirst }: Range,
  average: number | null,
): Promise<string[]> {
  const lines: string[] = []
  const seen = { size: 0, lines: 0 }
  let kept = 0
  while (first + seen.lines < end && seen.size < fetchedSize) {
    const expected =
      average ?? (seen.lines === 0 ? tripSize / unknownLines : seen.size / seen.lines)
    const left = end - first - seen.lines
    const count = Math.min(left, Math.max(1, Math.floor(tripSize / Math.max(1, expected))))
    const from = newestFirst ? first + left - count : first + seen.lines
    const found = await fetchLines(sender, key, from, count)
    for (const bytes of newestFirst ? found.toReversed() : found) {
      const line = cutLine(bytes)
      kept += Math.min(bytes.length, longestLine)
      if (kept > pageSize && lines.length > 0) return inOrder(lines, newestFirst)
      lines.push(line)
      seen.size += bytes.length
    }
    // The log was trimmed meanwhile.
    if (found.length < count) break
    seen.lines += count
  }
  return inOrder(lines, newestFirst)
}

const inOrder = (lines: string[], reversed: boolean) => (reversed ? lines.toReversed() : lines)

async function fetchLines(
  sender: PipelineSender,
  key: string,
  from: number,
  count: number,
): Promise<Buffer[]> {
  const batch = new Batch()
  const reply = batch.add('lrangeBuffer', key, from, from + count - 1)
  await batch.send(sender)
  const lines: unknown = reply()
  return Array.isArray(lines) ? lines.filter((line) => Buffer.isBuffer(line)) : []
}

function cutLine(bytes: Buffer): string {
  if (bytes.length <= longestLine) return bytes.toString('utf8')
  return `${textUpTo(bytes, longestLine)}${sizeText(bytes.length)}`
}
