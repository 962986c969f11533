import { describe, expect, test } from 'vitest'
import { formatBytes } from './bytes.ts'
import { formatCompact, formatCount, formatShare } from './number.ts'
import { formatClock, formatRelative } from './time.ts'

const plain = (text: string) => text.replaceAll(/[\u00A0\u202F]/gu, ' ')

describe('formatBytes', () => {
  test.each([
    [0, '0 B', '0 o'],
    [1023, '1,023 B', '1 023 o'],
    [1024, '1 KB', '1 Ko'],
    [1_258_291, '1.2 MB', '1,2 Mo'],
    [256 * 1024, '256 KB', '256 Ko'],
    [5 * 1024 ** 4, '5 TB', '5 To'],
    [5 * 1024 ** 5, '5,120 TB', '5 120 To'],
  ])('%d bytes read %s in English and %s in French', (bytes, english, french) => {
    expect(plain(formatBytes(bytes, 'en'))).toBe(english)
    expect(plain(formatBytes(bytes, 'fr'))).toBe(french)
  })
})

describe('numbers', () => {
  test('separate thousands as the language does', () => {
    expect(formatCount(98_310, 'en')).toBe('98,310')
    expect(plain(formatCount(98_310, 'fr'))).toBe('98 310')
    expect(formatCompact(1_204_000, 'en')).toBe('1.2M')
  })

  test.each([
    [0, '0%'],
    [0.0004, '< 0.1%'],
    [0.034, '3.4%'],
    [0.5, '50%'],
    [0.9999, '> 99%'],
    [1, '100%'],
  ])('a share of %d reads %s: neither nothing nor all is claimed falsely', (share, text) => {
    expect(plain(formatShare(share, 'en'))).toBe(text)
  })
})

describe('formatRelative', () => {
  const now = Date.UTC(2026, 10, 20, 14, 2)
  test.each([
    [-400, 'now', 'maintenant'],
    [400, 'now', 'maintenant'],
    [-3_000, '3s ago', 'il y a 3 s'],
    [-119_000, '1m ago', 'il y a 1 min'],
    [7_300_000, 'in 2h', 'dans 2 h'],
    [-172_800_000, '2d ago', 'il y a 2 j'],
  ])('%d ms from now reads %s and %s', (offset, english, french) => {
    expect(plain(formatRelative(now + offset, now, 'en'))).toBe(english)
    expect(plain(formatRelative(now + offset, now, 'fr'))).toBe(french)
  })
})

describe('formatClock', () => {
  test('names the day unless it is today', () => {
    const now = new Date(2026, 10, 20, 14, 2).getTime()
    expect(formatClock(new Date(2026, 10, 20, 9, 5).getTime(), now, 'en')).toBe('09:05')
    expect(formatClock(new Date(2026, 10, 19, 9, 5).getTime(), now, 'en')).toContain('19 Nov')
  })
})
