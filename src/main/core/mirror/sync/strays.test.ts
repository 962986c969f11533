import { expect, test } from 'vitest'
import { Strays } from './strays.ts'

test('a stray is looked for again, later each time, and at last taken for one that stays', () => {
  const strays = new Strays()
  let now = 0
  const seen: number[] = []
  strays.note('mail', ['1'], now)
  for (; now < 100_000; now += 500) {
    const due = strays.due(now, 10)
    if (due === null) continue
    expect(due).toEqual({ queue: 'mail', ids: ['1'] })
    seen.push(now)
    strays.note('mail', ['1'], now)
  }
  expect(seen).toEqual([1000, 4000, 34_000])
})

test('one that was found is not looked for', () => {
  const strays = new Strays()
  strays.note('mail', ['1', '2'], 0)
  strays.note('sms', ['1'], 0)
  strays.found('mail', ['1'])
  expect(strays.due(5000, 10)).toEqual({ queue: 'mail', ids: ['2'] })
  strays.found('mail', ['2'])
  expect(strays.due(5000, 10)).toEqual({ queue: 'sms', ids: ['1'] })
})
