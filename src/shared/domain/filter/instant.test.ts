import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { formatInstant, parseInstant } from './instant.ts'
import { wallClock } from './wall-time.ts'

const now = Date.UTC(2026, 10, 20, 14, 2, 11)

function read(edge: 'since' | 'until', text: string, zone: string): string {
  const at = parseInstant(edge, text, { now, zone, wall: () => wallClock(zone) })
  return typeof at === 'string' ? at : new Date(at).toISOString()
}

function date(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10)
}

test.each([
  ['24h', '2026-11-19T14:02:11.000Z'],
  ['1d12h', '2026-11-19T02:02:11.000Z'],
  ['2w', '2026-11-06T14:02:11.000Z'],
  ['now', '2026-11-20T14:02:11.000Z'],
  ['Today', '2026-11-19T23:00:00.000Z'],
  ['yesterday', '2026-11-18T23:00:00.000Z'],
  ['2026-11-20', '2026-11-19T23:00:00.000Z'],
  ['2026-07-01', '2026-06-30T22:00:00.000Z'],
  ['2026-11-20T08:00', '2026-11-20T07:00:00.000Z'],
  ['2026-11-20 08:00:30.1239', '2026-11-20T07:00:30.123Z'],
  ['2026-11-20t08:00z', '2026-11-20T08:00:00.000Z'],
  ['2026-11-20T08:00+05:30', '2026-11-20T02:30:00.000Z'],
  ['2026-11-20T08:00-0330', '2026-11-20T11:30:00.000Z'],
  ['2026-11-20T08:00+01', '2026-11-20T07:00:00.000Z'],
  ['2028-02-29', '2028-02-28T23:00:00.000Z'],
])('since:%s in Paris begins at %s', (text, instant) => {
  expect(read('since', text, 'Europe/Paris')).toBe(instant)
})

test.each([
  ['2026-11-20', '2026-11-20T23:00:00.000Z'],
  ['today', '2026-11-20T23:00:00.000Z'],
  ['yesterday', '2026-11-19T23:00:00.000Z'],
  ['2026-12-31', '2026-12-31T23:00:00.000Z'],
  ['2026-11-20T08:00', '2026-11-20T07:00:00.000Z'],
  ['24h', '2026-11-19T14:02:11.000Z'],
])('until:%s in Paris ends at %s', (text, instant) => {
  expect(read('until', text, 'Europe/Paris')).toBe(instant)
})

test.each([
  '2026-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-11-00',
  '2026-11-31',
  '2026-11-20T24:00',
  '2026-11-20T08:60',
  '2026-11-20T08:00:60',
  '2026-11-20T08:00+24:00',
  '2026-11-20T08:00+01:60',
  '2026-11-20T08',
  '2026-11-20Z',
  '2026-11',
  '20.11.2026',
  '1700000000000',
  '1969-12-31',
  '3000w',
  '0',
  '-1h',
  'tomorrow',
])('%s is no date', (text) => {
  expect(read('since', text, 'UTC')).toBe('bad-date')
})

test('the last day there is has no end', () => {
  expect(read('until', '9999-12-31', 'UTC')).toBe('bad-date')
  expect(read('since', '9999-12-31', 'UTC')).toBe('9999-12-31T00:00:00.000Z')
})

describe('clocks that change', () => {
  it('takes the first and the last of a time that is shown twice', () => {
    expect(read('since', '2026-10-25T02:30', 'Europe/Paris')).toBe('2026-10-25T00:30:00.000Z')
    expect(read('until', '2026-10-25T02:30', 'Europe/Paris')).toBe('2026-10-25T01:30:00.000Z')
    expect(read('until', '2026-10-25T03:00', 'Europe/Paris')).toBe('2026-10-25T02:00:00.000Z')
  })

  it('takes the moment of the change for a time that is never shown', () => {
    for (const edge of ['since', 'until'] as const) {
      expect(read(edge, '2026-03-29T02:30', 'Europe/Paris')).toBe('2026-03-29T01:00:00.000Z')
      expect(read(edge, '2026-03-29T03:00', 'Europe/Paris')).toBe('2026-03-29T01:00:00.000Z')
      expect(read(edge, '2026-10-04T02:10', 'Australia/Lord_Howe')).toBe('2026-10-03T15:30:00.000Z')
    }
  })

  it('begins a day once, also where its midnight is skipped or shown twice', () => {
    expect(read('since', '2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z')
    expect(read('until', '2018-11-03', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z')
    expect(read('since', '2025-11-02', 'America/Havana')).toBe('2025-11-02T04:00:00.000Z')
    expect(read('until', '2025-11-01', 'America/Havana')).toBe('2025-11-02T04:00:00.000Z')
  })

  it('has no time in a day that a zone left out', () => {
    expect(read('since', '2011-12-30', 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z')
    expect(read('until', '2011-12-30', 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z')
  })

  const zones = ['Europe/Paris', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC']
  const century = fc.integer({ min: Date.UTC(1980), max: Date.UTC(2040) })

  it('finds each instant again by what clocks show then', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), century, (zone, instant) => {
        const clock = wallClock(zone)
        expect(clock).not.toBeNull()
        const shown = new Date(clock?.(instant) ?? 0).toISOString().slice(0, -1)
        const iso = new Date(instant).toISOString()
        const found = [read('since', shown, zone), read('until', shown, zone)]
        expect(found).toContain(iso)
      }),
    )
  })

  it('ends a day where the next one begins', () => {
    const days = fc.integer({ min: 3650, max: 25_000 })
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, (zone, day) => {
        expect(read('until', date(day), zone)).toBe(read('since', date(day + 1), zone))
      }),
    )
  })
})

test('an instant is written as short as it can be and read again', () => {
  expect(formatInstant(Date.UTC(2026, 10, 20, 8))).toBe('2026-11-20T08:00Z')
  expect(formatInstant(Date.UTC(2026, 10, 20, 8, 0, 30))).toBe('2026-11-20T08:00:30Z')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(2200) }), (instant) => {
      expect(read('until', formatInstant(instant), 'none')).toBe(new Date(instant).toISOString())
    }),
  )
})
