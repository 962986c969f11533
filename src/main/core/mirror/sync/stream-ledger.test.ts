import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { StreamLedger } from './stream-ledger.ts'

const entry = (count: number) => `${1000 + Math.floor(count / 3)}-${count % 3}`
const entries = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => entry(from + index + 1))
const position = (added: number) => ({ id: entry(added), added })

test('what was read without a gap is in step with the count of Redis', () => {
  const ledger = new StreamLedger(position(10))
  expect(ledger.read(entries(10, 25))).toBeNull()
  expect(ledger.look({ last: position(25), first: entry(5) })).toBeNull()
  expect(ledger.position).toEqual(position(25))
})

test('a look at what is not yet read waits for it', () => {
  const ledger = new StreamLedger(position(0))
  expect(ledger.look({ last: position(20), first: entry(1) })).toBeNull()
  expect(ledger.read(entries(0, 10))).toBeNull()
  // Entries 11 to 14 were cut off meanwhile.
  expect(ledger.read(entries(14, 25))).toBe(entry(0))
  expect(ledger.position.id).toBe(entry(25))
})

test('entries that were missed are told once', () => {
  const ledger = new StreamLedger(position(0))
  ledger.read(entries(5, 10))
  expect(ledger.look({ last: position(10), first: entry(6) })).toBe(entry(0))
  ledger.read(entries(10, 20))
  expect(ledger.look({ last: position(20), first: entry(11) })).toBeNull()
})

test('a stream that ends before what was read of it is another one', () => {
  const ledger = new StreamLedger(position(30))
  ledger.read(entries(30, 40))
  expect(ledger.look({ last: position(35), first: entry(1) })).toBe(entry(35))
  expect(ledger.position).toEqual(position(35))
})

test('what is read while Redis is asked makes no other stream', () => {
  const ledger = new StreamLedger(position(30))
  ledger.read(entries(30, 40))
  expect(ledger.look({ last: position(35), first: entry(1) }, entry(32))).toBeNull()
})

test('without a count a gap is seen by the oldest entry', () => {
  const uncounted = (count: number) => ({ id: entry(count), added: null })
  const ledger = new StreamLedger(uncounted(10))
  expect(ledger.look({ last: uncounted(20), first: entry(3) })).toBeNull()
  expect(ledger.look({ last: uncounted(40), first: entry(30) })).toBe(entry(10))
  const whole = new StreamLedger(uncounted(10))
  expect(whole.look({ last: uncounted(10), first: null })).toBeNull()
})

test('however reading and looking alternate, a gap is told exactly when entries were missed', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          read: fc.integer({ min: 0, max: 20 }),
          ahead: fc.integer({ min: 0, max: 20 }),
          missed: fc.oneof(
            { arbitrary: fc.constant(0), weight: 4 },
            { arbitrary: fc.integer({ min: 1, max: 9 }), weight: 1 },
          ),
        }),
        { maxLength: 20 },
      ),
      (steps) => {
        const ledger = new StreamLedger(position(0))
        let at = 0
        let missed = false
        let told = false
        const note = (gap: string | null) => {
          told ||= gap !== null
        }
        for (const { read, ahead, missed: lost } of steps) {
          const last = at + lost + read + ahead
          note(ledger.look({ last: position(last), first: entry(1) }, entry(at)))
          note(ledger.read(entries(at + lost, last)))
          // Lost entries with nothing after them to be read are told of by the next look.
          missed ||= lost > 0 && last > at + lost
          at = Math.max(at, last > at + lost ? last : at)
        }
        expect(told).toBe(missed)
      },
    ),
  )
})
