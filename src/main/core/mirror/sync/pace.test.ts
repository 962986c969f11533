import { expect, test } from 'vitest'
import { Pace } from './pace.ts'

/** Steps at so many jobs a second. @returns how many each had. */
function stepsAt(pace: Pace, rate: number): number[] {
  return Array.from({ length: 8 }, () => {
    const { jobs } = pace
    pace.took(jobs, (jobs * 1000) / rate)
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
  pace.took(10, 1)
  expect(pace.jobs).toBe(1000)
})
