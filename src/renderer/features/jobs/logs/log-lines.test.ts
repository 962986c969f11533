import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addPage, noLines, type LogLines } from './log-lines.ts'

const all = Array.from({ length: 100 }, (_, index) => `line ${index}`)
const page = (start: number, end: number, total = all.length) => ({
  start,
  lines: all.slice(start, end),
  total,
})

describe('addPage', () => {
  it('adds new lines at the end and earlier ones at the beginning', () => {
    const shown = addPage(addPage(addPage(noLines, page(40, 60)), page(60, 62)), page(20, 40))
    expect(shown).toEqual({ first: 20, lines: all.slice(20, 62), total: 100 })
  })

  it('does not repeat lines that came twice', () => {
    const shown = addPage(addPage(noLines, page(40, 60)), page(50, 70))
    expect(shown.lines).toEqual(all.slice(40, 70))
  })

  it('starts again at the end rather than leave a hole', () => {
    expect(addPage(addPage(noLines, page(0, 10)), page(50, 60)).first).toBe(50)
  })

  it('starts again when the log was trimmed', () => {
    expect(addPage(addPage(noLines, page(40, 60)), page(0, 5, 5))).toEqual({
      first: 0,
      lines: all.slice(0, 5),
      total: 5,
    })
  })

  it('always shows the lines of the log in order and without a hole', () => {
    const range = fc.tuple(fc.nat({ max: 100 }), fc.nat({ max: 100 }))
    fc.assert(
      fc.property(fc.array(range), (ranges) => {
        const shown = ranges.reduce<LogLines>(
          (lines, [one, other]) => addPage(lines, page(Math.min(one, other), Math.max(one, other))),
          noLines,
        )
        expect(shown.lines).toEqual(all.slice(shown.first, shown.first + shown.lines.length))
      }),
    )
  })
})
