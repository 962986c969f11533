import { describe, expect, it } from 'vitest'
import { onlyOf, queuesSearchSchema, sortOf, sortText, toggled } from './search.ts'

describe('the address of the queue list', () => {
  it('turns toggles on and off', () => {
    const failures = toggled({}, 'failures')
    expect(failures.only).toBe('failures')
    expect(toggled(failures, 'paused').only).toBe('failures,paused')
    expect(toggled(failures, 'failures').only).toBeUndefined()
  })

  it('writes and reads a sort', () => {
    expect(sortOf({ sort: sortText({ column: 'failed', descending: true }) })).toEqual({
      column: 'failed',
      descending: true,
    })
    expect(sortOf({})).toBeNull()
  })

  it('leaves out what does not read', () => {
    expect(queuesSearchSchema.parse({ q: 'x'.repeat(999), only: 3 })).toEqual({})
    expect(onlyOf({ only: 'failures,nonsense' })).toEqual(['failures'])
  })
})
