import { Buffer } from 'node:buffer'
import { expect, test } from 'vitest'
import { PackedReader } from '../../redis/packed-replies.ts'
import { unpackJobs } from './unpack-jobs.ts'

/** A part in which each job has one field. */
function part(...texts: (string | null)[]) {
  const replies = texts.map((text) =>
    text === null ? '*1\r\n$-1\r\n' : `*1\r\n$${text.length}\r\n${text}\r\n`,
  )
  const packed = new PackedReader(texts.length, 0).take(Buffer.from(replies.join('')))
  if (packed === null) throw new Error('There is more to come')
  return packed
}

test('jobs come last first, each with its own fields and score, without those that are left out', () => {
  const jobs = unpackJobs({
    state: 'failed',
    ids: ['a', 'b', 'c', 'd', 'e'],
    scores: Float64Array.of(5, 4, Number.NaN, 2, 1),
    fields: { parts: [part('A', 'B'), part('C', null, 'E')], absent: [3] },
    except: [3, 1],
  })
  expect([...jobs]).toEqual([
    { id: 'e', state: 'failed', score: 1, fields: ['E'] },
    { id: 'c', state: 'failed', score: null, fields: ['C'] },
    { id: 'a', state: 'failed', score: 5, fields: ['A'] },
  ])
})
