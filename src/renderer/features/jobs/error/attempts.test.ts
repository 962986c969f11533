import { describe, expect, it } from 'vitest'
import { failedAttempts } from './attempts.ts'

const stacks = JSON.stringify(['Error: one', null])

describe('failedAttempts', () => {
  it('numbers the stacks that were kept back from the last attempt', () => {
    expect(failedAttempts({ state: 'failed', attemptsMade: 5 }, stacks)).toEqual({
      attempts: [
        { number: 4, stack: 'Error: one' },
        { number: 5, stack: null },
      ],
      lost: 3,
    })
  })

  it('does not count the attempt that succeeded', () => {
    expect(failedAttempts({ state: 'completed', attemptsMade: 3 }, stacks)).toMatchObject({
      attempts: [{ number: 1 }, { number: 2 }],
      lost: 0,
    })
  })

  it('speaks of nothing lost where no stack was ever kept', () => {
    expect(failedAttempts({ state: 'failed', attemptsMade: 3 }, null)).toEqual({
      attempts: [],
      lost: 0,
    })
  })
})
