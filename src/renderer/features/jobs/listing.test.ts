import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jobStates } from '#shared/domain/job-state.ts'
import {
  addressOf,
  filterOf,
  listingOf,
  queueOf,
  statesOf,
  withQueue,
  withState,
} from './listing.ts'

const knows = (queue: string) => queue === 'mail'

describe('listingOf', () => {
  test('a queue and a state are a list of Redis, and read as a filter too', () => {
    expect(listingOf({ queue: 'mail', state: 'failed' }, knows)).toEqual({
      filter: 'queue:mail state:failed',
      sort: '-at',
      inRedis: { queue: 'mail', state: 'failed' },
    })
    expect(listingOf({ queue: 'mail' }, knows).inRedis).toEqual({ queue: 'mail', state: 'failed' })
  })

  test('so is a filter that says no more, for a queue that is known by this very name', () => {
    const filter = 'state:failed queue:mail'
    expect(listingOf({ filter }, knows).inRedis).toEqual({ queue: 'mail', state: 'failed' })
    expect(listingOf({ filter: 'state:failed queue:MAIL' }, knows).inRedis).toBeNull()
    expect(listingOf({ filter, sort: 'duration' }, knows).inRedis).toBeNull()
  })

  test.each([
    'queue:mail',
    'state:failed',
    'queue:mail,sms state:failed',
    'queue:ma* state:failed',
    '-queue:mail state:failed',
    'queue:mail state:failed,completed',
    'queue:mail -state:failed',
    'queue:mail state:unknown',
    'queue:mail state:failed timeout',
    'queue:mail state:failed foo:bar',
  ])('%s is not', (filter) => {
    expect(listingOf({ filter }, knows).inRedis).toBeNull()
  })

  test('queue and state hold besides a filter', () => {
    expect(listingOf({ queue: 'mail', filter: 'user:42' }, knows).filter).toBe('queue:mail user:42')
  })

  test('no address at all lists everything', () => {
    expect(listingOf({}, knows)).toEqual({ filter: '', sort: '-at', inRedis: null })
  })
})

describe('addressOf', () => {
  test('is the shortest that lists the same', () => {
    expect(addressOf('queue:mail state:failed', '-at', knows)).toEqual({
      queue: 'mail',
      state: 'failed',
    })
    expect(addressOf('queue:mail state:failed', 'duration', knows)).toEqual({
      filter: 'queue:mail state:failed',
      sort: 'duration',
    })
    expect(addressOf('', '-at', knows)).toEqual({})
  })

  test('leads back to the filter it is of', () => {
    const part = fc.constantFrom(
      'queue:mail',
      'state:failed',
      'user:42',
      '"a b"',
      '-name:x',
      'is:gone',
    )
    fc.assert(
      fc.property(fc.uniqueArray(part), (parts) => {
        const filter = parts.join(' ')
        const back = listingOf(addressOf(filter, '-at', knows), knows).filter
        expect(back.split(' ').toSorted()).toEqual(filter.split(' ').toSorted())
      }),
    )
  })
})

test('any name of a queue survives the filter', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (queue) => {
      fc.pre(queue.trim() !== '')
      expect(queueOf(filterOf({ queue, state: 'failed' }))).toBe(queue)
    }),
  )
})

test('queue and state are exchanged, and what else is asked stays as it was typed', () => {
  const filter = 'queue:mail  "a  b" state:failed,active'
  expect(withState(filter, 'delayed')).toBe('queue:mail state:delayed "a  b"')
  expect(withState(filter, null)).toBe('queue:mail "a  b"')
  expect(withQueue(filter, 'sms')).toBe('queue:sms "a  b" state:failed,active')
  expect(statesOf(filter)).toEqual(['active', 'failed'])
  for (const state of jobStates) expect(statesOf(withState(filter, state))).toEqual([state])
})
