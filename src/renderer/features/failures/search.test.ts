import { expect, test } from 'vitest'
import { failuresSearchSchema, listingOf, othersOf, toggledOther } from './search.ts'

test('what an address leaves out is the last day of open groups, newest first', () => {
  expect(listingOf(failuresSearchSchema.parse({ window: 'a year', status: 'lost' }))).toEqual({
    window: '24h',
    filter: '',
    status: 'open',
    sort: 'last',
  })
})

test('environments come beside and go again', () => {
  const one = toggledOther({}, 'staging')
  const two = toggledOther(one, 'eu-west')
  expect(othersOf(two)).toEqual(['staging', 'eu-west'])
  expect(toggledOther(two, 'staging').with).toBe('eu-west')
  expect(toggledOther(one, 'staging').with).toBeUndefined()
})
