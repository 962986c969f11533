import { describe, expect, it } from 'vitest'
import { foldLines } from './stacktrace-folds.ts'
import { parseStack } from './stacktrace.ts'

function bodyOf(...frames: string[]) {
  return parseStack(['Error: x', ...frames].join('\n')).sections[0]?.body ?? []
}

describe('foldLines', () => {
  it('folds neighbouring library and runtime frames and names their packages once', () => {
    const body = bodyOf(
      '  at f (/srv/a.js:1:2)',
      '  at g (/srv/node_modules/undici/a.js:1:2)',
      '  at h (/srv/node_modules/undici/b.js:1:2)',
      '  at i (node:events:1:2)',
      '  at j (/srv/b.js:1:2)',
      '  at k (node:events:1:2)',
    )
    expect(foldLines(body)).toMatchObject([
      { type: 'frame', function: 'f' },
      { type: 'fold', frames: [{}, {}, {}], packages: ['undici', 'node'] },
      { type: 'frame', function: 'j' },
      { type: 'fold', frames: [{}], packages: ['node'] },
    ])
  })

  it('folds nothing when no frame is of the application', () => {
    const body = bodyOf('  at g (/srv/node_modules/undici/a.js:1:2)', '  at i (node:events:1:2)')
    expect(foldLines(body)).toEqual(body)
  })

  it('keeps text between frames where it stood', () => {
    const body = bodyOf(
      '  at f (/srv/a.js:1:2)',
      '  ... 3 lines matching',
      '  at i (node:events:1:2)',
    )
    expect(foldLines(body).map((line) => line.type)).toEqual(['frame', 'text', 'fold'])
  })
})
