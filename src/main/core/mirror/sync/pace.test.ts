import { expect, test } from 'vitest'
import { Pace } from './pace.ts'

/** Steps at so many jobs a second, of so many bytes each. @returns how many each had. */
function stepsAt(pace: Pace, rate: number, bytes: number | null = 300): number[] {
  return Array.from({ length: 8 }, () => {
    const { jobs } = pace
    pace.took(jobs, (jobs * 1000) / rate, bytes === null ? null : jobs * bytes)
    return jobs
  })
}

test('steps grow while they are quick, and shrink where the budget makes them slow', () => {
  const pace = new Pace()
  expect(stepsAt(pace, 80_000)).toEqual([1000, 2000, 4000, 4000, 4000, 4000, 4000, 4000])
  expect(stepsAt(pace, 5000)).toEqual([4000, 2000, 1000, 1000, 1000, 1000, 1000, 1000])
  expect(stepsAt(pace, 300).at(-1)).toBe(500)
})

test('a step that had less to read than it may says nothing', () => {
  const pace = new Pace()
  pace.took(10, 1, 10)
  expect(pace.jobs).toBe(1000)
})

test('steps stay small where jobs are large, or where nobody knows', () => {
  expect(stepsAt(new Pace(), 80_000, 16_000).at(-1)).toBe(500)
  expect(stepsAt(new Pace(), 80_000, 1000)).toContain(4000)
  expect(stepsAt(new Pace(), 80_000, null).at(-1)).toBe(1000)
  const grown = new Pace()
  stepsAt(grown, 80_000)
  expect(stepsAt(grown, 80_000, null)).toEqual([4000, ...Array.from({ length: 7 }, () => 1000)])
})
