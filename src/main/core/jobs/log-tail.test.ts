import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LogTail } from './log-tail.ts'

/** What a reader gives of a log that stands as these lines. */
const pageOf = (log: readonly string[], from: number, limit = 1000) => {
  const start = from < 0 ? Math.max(0, log.length + from) : Math.min(from, log.length)
  return { start, lines: log.slice(start, start + limit), total: log.length }
}

function look(tail: LogTail, log: readonly string[]) {
  const taken = tail.take(pageOf(log, tail.from))
  return taken === 'lost' ? tail.resume(pageOf(log, -1000)) : taken
}

test('every line comes once and with its number, however often the log is trimmed between looks', () => {
  const keep = fc.integer({ min: 3, max: 40 })
  // Fewer lines between two looks than are kept, so that none is lost.
  const bursts = fc.array(fc.nat({ max: 2 }), { maxLength: 60 })
  fc.assert(
    fc.property(keep, bursts, (keep, bursts) => {
      const tail = new LogTail(0)
      const given: string[] = []
      let written = 0
      let log: string[] = []
      for (const count of bursts) {
        for (let line = 0; line < count; line += 1) log.push(`line ${written++}`)
        log = log.slice(-keep)
        const page = look(tail, log)
        if (page === null) continue
        expect(page.start).toBe(given.length)
        given.push(...page.lines)
        expect(page.total).toBe(given.length)
      }
      expect(given).toEqual(Array.from({ length: written }, (_, line) => `line ${line}`))
    }),
  )
})

test('a repeated line is told from an old one by those around it', () => {
  const tail = new LogTail(0)
  look(tail, ['start', 'tick', 'tick'])
  expect(look(tail, ['tick', 'tick', 'tick'])?.lines).toEqual(['tick'])
})

test('a log that only lost its beginning brings nothing new', () => {
  const tail = new LogTail(0)
  look(tail, ['a', 'b', 'c'])
  expect(look(tail, ['b', 'c'])).toBeNull()
  expect(look(tail, ['b', 'c', 'd'])).toEqual({ start: 3, lines: ['d'], total: 4 })
})

test('who asks for lines behind the end of a log is given what there is', () => {
  expect(look(new LogTail(9), ['a', 'b'])).toEqual({ start: 0, lines: ['a', 'b'], total: 2 })
})

test('a page that ends before the new lines is followed by one that begins with them', () => {
  const tail = new LogTail(0)
  const log = Array.from({ length: 30 }, (_, index) => `line ${index}`)
  look(tail, log)
  const longer = [...log, 'new']
  expect(tail.take(pageOf(longer, tail.from, 5))).toBeNull()
  expect(tail.more).toBe(true)
  expect(tail.take(pageOf(longer, tail.from, 5))).toEqual({ start: 30, lines: ['new'], total: 31 })
  expect(tail.more).toBe(false)
})
