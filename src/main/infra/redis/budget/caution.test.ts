import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Caution } from './caution.ts'

/** A PING each second. */
function pinging(caution: Caution) {
  let now = 0
  return (latency: number, times = 1) => {
    for (let index = 0; index < times; index += 1) {
      now += 1000
      caution.observe(latency, now)
    }
    return caution.part
  }
}

/** The least latency that makes it cautious after two minutes of the usual one. */
function slowFrom(usual: number): number {
  for (let latency = usual; ; latency += 0.5) {
    const ping = pinging(new Caution())
    ping(usual, 120)
    if (ping(latency, 2) < 1) return latency
  }
}

test.each([0.2, 8, 60])('steady answers of %d ms are no cause, however slow', (latency) => {
  const ping = pinging(new Caution())
  expect(ping(latency, 600)).toBe(1)
})

test('one slow answer is chance, two within a minute halve it', () => {
  const ping = pinging(new Caution())
  ping(0.3, 60)
  expect(ping(40)).toBe(1)
  ping(0.3, 70)
  expect(ping(40)).toBe(1)
  ping(0.3, 20)
  expect(ping(40)).toBe(0.5)
})

test('slow is three times the usual, or 20 ms above it, but nothing under 10 ms', () => {
  expect(slowFrom(0.5)).toBe(10.5)
  expect(slowFrom(4)).toBe(12.5)
  expect(slowFrom(50)).toBe(70.5)
})

test('while it stays slow it is halved again, down to a sixteenth', () => {
  const ping = pinging(new Caution())
  ping(0.3, 60)
  expect(ping(30, 6)).toBe(0.5)
  expect(ping(30, 1)).toBe(0.25)
  expect(ping(30, 60)).toBe(1 / 16)
})

test('a quarter of a minute of calm doubles it, until it is whole again', () => {
  const ping = pinging(new Caution())
  ping(0.3, 60)
  ping(30, 60)
  // What was slow since the last step still counts once.
  const parts = [20, 15, 15, 15].map((seconds) => ping(0.3, seconds))
  expect(parts).toEqual([1 / 8, 1 / 4, 1 / 2, 1])
  expect(ping(0.3, 60)).toBe(1)
})

test('whatever the answers, it stays in its bounds and comes back with calm', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 5000, noNaN: true })), (latencies) => {
      const caution = new Caution()
      const ping = pinging(caution)
      for (const latency of latencies) {
        ping(latency)
        expect(caution.part).toBeGreaterThanOrEqual(1 / 16)
        expect(caution.part).toBeLessThanOrEqual(1)
      }
      expect(ping(0, 240)).toBe(1)
    }),
  )
})
