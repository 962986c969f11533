import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFrame } from './stacktrace-frame.ts'
import { linesOf, parseStack, readStacks } from './stacktrace.ts'

const plain = [
  'Error: SMTP refused the message',
  'second line',
  '    at Mailer.send (/srv/app/src/mailer.js:10:5)',
  '    at async Worker.processJob (/srv/app/node_modules/bullmq/dist/cjs/classes/worker.js:462:28)',
  '    at async file:///srv/app/src/index.mjs:5:7',
  '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
].join('\n')

function sectionsOf(text: string) {
  return parseStack(text).sections.map(({ relation, depth, name, message }) => ({
    relation,
    depth,
    name,
    message,
  }))
}

describe('parseStack', () => {
  it('tells message from frames and frames of the application from the rest', () => {
    const [section] = parseStack(plain).sections
    expect(section).toMatchObject({
      name: 'Error',
      message: 'SMTP refused the message\nsecond line',
    })
    expect(section?.body).toMatchObject([
      { kind: 'application', function: 'Mailer.send', line: 10, column: 5, async: false },
      { kind: 'library', package: 'bullmq', async: true },
      { kind: 'application', function: null, file: 'file:///srv/app/src/index.mjs', async: true },
      { kind: 'runtime', package: null },
    ])
  })

  it('keeps a code in brackets with the name', () => {
    expect(sectionsOf('TypeError [ERR_INVALID_ARG_TYPE]: bad')).toMatchObject([
      { name: 'TypeError [ERR_INVALID_ARG_TYPE]', message: 'bad' },
    ])
  })

  it('leaves text that is no stack as one message', () => {
    const text = 'job stalled more than allowable limit\nlook at the end: nothing'
    expect(parseStack(text)).toMatchObject({
      traced: false,
      sections: [{ message: text, name: null }],
    })
  })

  it('keeps a message that is JSON in one piece, brackets and all', () => {
    const issues = JSON.stringify([{ code: 'invalid_type', path: ['title'] }], null, 2)
    const [section, ...others] = parseStack(
      `ZodError: ${issues}\n    at Parser.parse (/srv/app/src/parser.ts:3:9)`,
    ).sections
    expect(others).toEqual([])
    expect(section).toMatchObject({ name: 'ZodError', message: issues })
    expect(section?.body).toHaveLength(1)
  })

  it('reads what inspect prints of nested causes', () => {
    const text = [
      'Error: top',
      '    at f (/srv/a.js:1:2) {',
      "  code: 'E1',",
      '  [cause]: TypeError: deep',
      '  second',
      '      at g (/srv/b.js:1:2)',
      '      ... 4 lines matching cause stack trace ...',
      '      at h (/srv/c.js:1:2) {',
      '    [cause]: RangeError: deeper',
      '        at i (/srv/d.js:1:2)',
      '  }',
      '}',
    ].join('\n')
    expect(sectionsOf(text)).toEqual([
      { relation: 'thrown', depth: 0, name: 'Error', message: 'top' },
      { relation: 'cause', depth: 1, name: 'TypeError', message: 'deep\nsecond' },
      { relation: 'cause', depth: 2, name: 'RangeError', message: 'deeper' },
    ])
    expect(parseStack(text).sections[1]?.body.map((line) => line.type)).toEqual([
      'frame',
      'text',
      'frame',
    ])
  })

  it('reads the members of an AggregateError, with and without frames', () => {
    const text = [
      'AggregateError: all failed',
      '    at f (/srv/a.js:1:2) {',
      '  [cause]: Error: root',
      '      at g (/srv/b.js:1:2),',
      '  [errors]: [',
      '    Error: refused',
      '    second line',
      '        at h (/srv/c.js:1:2) {',
      "      code: 'E',",
      '      [cause]: Error: why',
      '          at i (/srv/d.js:1:2)',
      '    },',
      '    TypeError: x',
      '        at j (/srv/e.js:1:2),',
      "    'mere text'",
      '  ]',
      '}',
    ].join('\n')
    expect(sectionsOf(text)).toEqual([
      { relation: 'thrown', depth: 0, name: 'AggregateError', message: 'all failed' },
      { relation: 'cause', depth: 1, name: 'Error', message: 'root' },
      { relation: 'member', depth: 1, name: 'Error', message: 'refused\nsecond line' },
      { relation: 'cause', depth: 2, name: 'Error', message: 'why' },
      { relation: 'member', depth: 1, name: 'TypeError', message: 'x' },
      { relation: 'member', depth: 1, name: null, message: "'mere text'" },
    ])
  })

  it('reads an AggregateError that has no frames of its own', () => {
    const text = [
      '[AggregateError: All promises were rejected] {',
      '  [errors]: [',
      '    Error: a',
      '        at f (/a.js:1:2),',
      '    Error: b',
      '        at g (/b.js:1:2)',
      '  ]',
      '}',
    ].join('\n')
    expect(sectionsOf(text)).toMatchObject([
      { name: 'AggregateError', message: 'All promises were rejected' },
      { relation: 'member', depth: 1, message: 'a' },
      { relation: 'member', depth: 1, message: 'b' },
    ])
  })

  it('reads a chain of "Caused by:" at one indentation as cause of cause', () => {
    const text = [
      'Error: a',
      '    at f (/a.js:1:2)',
      'Caused by: Error: b',
      '    at g (/b.js:1:2)',
      'Caused by: Error: c',
      '    at h (/c.js:1:2)',
    ].join('\n')
    expect(sectionsOf(text).map(({ depth, message }) => [depth, message])).toEqual([
      [0, 'a'],
      [1, 'b'],
      [2, 'c'],
    ])
  })

  it('loses no line of any text', () => {
    const line = fc.oneof(
      fc.constantFrom(
        ...plain.split('\n'),
        '  [errors]: [',
        '    Error: a',
        '  [cause]: Error: b',
        'Caused by: x',
        '},',
        '  ]',
        '',
        '      code: 1',
      ),
      fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' ')),
    )
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        expect(linesOf(parseStack(lines.join('\n')))).toEqual(lines.join('\n').split('\n'))
      }),
    )
  })

  it.each([
    ['one long line', 'a'.repeat(1_000_000)],
    ['open parentheses', `    at ${'('.repeat(1_000_000)})`],
    ['closing parentheses', `    at a (${')'.repeat(1_000_000)}`],
    ['spaced parentheses', `    at ${' ('.repeat(500_000)}:1:1)`],
    [
      'nested evals',
      `    at a (${'eval at a ('.repeat(90_000)}/x.js:1:1${'), <anonymous>:1:1'.repeat(9_000)})`,
    ],
    ['colons and digits', `    at ${':1'.repeat(500_000)}x`],
    ['spaces', `${' '.repeat(1_000_000)}at`],
    ['short lines', '\n'.repeat(1_000_000)],
    [
      'ever deeper causes',
      Array.from({ length: 1_300 }, (_, depth) => `${' '.repeat(depth)}[cause]: Error`).join('\n'),
    ],
    ['many causes', '[cause]: Error: x\n'.repeat(55_000)],
    ['member lists', '  [errors]: [\n    x\n'.repeat(50_000)],
    ['names', `${'Error'.repeat(200_000)}: x`],
  ])(
    'takes 1 MB of %s apart, where quadratic time would take hours',
    { timeout: 60_000 },
    (_, text) => {
      expect(linesOf(parseStack(text)).length).toBe(text.split('\n').length)
    },
  )
})

describe('parseFrame', () => {
  it.each([
    ['at new Foo (/srv/a.js:1:2)', { function: 'new Foo', file: '/srv/a.js', line: 1, column: 2 }],
    ['at Foo.bar [as baz] (/srv/a.js:1:2)', { function: 'Foo.bar [as baz]' }],
    [
      'at Object.<anonymous> (/srv/a.js:1:2)',
      { function: 'Object.<anonymous>', kind: 'application' },
    ],
    ['at async f (/srv/(group)/a b.js:1:2)', { async: true, file: '/srv/(group)/a b.js' }],
    ['at f (/srv/odd)name.js:1:2)', { function: 'f', file: '/srv/odd)name.js' }],
    ['at C:\\app\\src\\a.js:1:2', { file: 'C:\\app\\src\\a.js', line: 1, kind: 'application' }],
    [
      'at f (C:\\app\\node_modules\\@scope\\pkg\\a.js:1:2)',
      { package: '@scope/pkg', kind: 'library' },
    ],
    ['at f (file:///C:/app/a.mjs:1:2)', { file: 'file:///C:/app/a.mjs', kind: 'application' }],
    [
      'at f (/app/node_modules/.pnpm/ioredis@6.0.0/node_modules/ioredis/built/x.js:1:2)',
      { package: 'ioredis' },
    ],
    [
      'at f (webpack-internal:///./src/a.js:1:2)',
      { file: 'webpack-internal:///./src/a.js', kind: 'application' },
    ],
    [
      'at f (webpack-internal:///(rsc)/./node_modules/next/a.js:1:2)',
      { package: 'next', kind: 'library' },
    ],
    ['at Array.map (<anonymous>)', { function: 'Array.map', file: null, kind: 'runtime' }],
    ['at JSON.parse (native)', { kind: 'runtime' }],
    ['at async Promise.all (index 0)', { function: 'Promise.all', async: true, kind: 'runtime' }],
    ['at emit (events.js:200:13)', { kind: 'runtime' }],
    ['at node:internal/main/run_main_module:17:47', { kind: 'runtime', line: 17 }],
    ['at wasm://wasm/0001a2:wasm-function[3]:0x1f', { kind: 'library', line: null }],
    ['at f (wasm://wasm/0001a2:wasm-function[3]:0x1f)', { function: 'f', kind: 'library' }],
    [
      'at eval (eval at run (/srv/a.js:3:4), <anonymous>:1:8)',
      {
        function: 'eval',
        file: '/srv/a.js',
        line: 3,
        column: 4,
        evaluated: true,
        kind: 'application',
      },
    ],
    [
      'at q (eval at a (eval at b (/srv/node_modules/x/a.js:3:4)), <anonymous>:1:8)',
      { file: '/srv/node_modules/x/a.js', line: 3, evaluated: true, package: 'x' },
    ],
    ['at <anonymous>:1:8', { file: null, line: 1, kind: 'application' }],
    ['at last (/srv/a.js:1:2) {', { function: 'last', column: 2 }],
    ['at last (/srv/a.js:1:2),', { function: 'last', column: 2 }],
  ])('reads %s', (raw, expected) => {
    expect(parseFrame(`    ${raw}`)).toMatchObject({ raw: `    ${raw}`, ...expected })
  })

  it.each([
    'at the end of the day',
    'at noon (almost)',
    'at 2026-11-20T08:30:15',
    'at',
    'attention (/a.js:1:2)',
  ])('does not take "%s" for a frame', (raw) => {
    expect(parseFrame(raw)).toBeNull()
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseFrame(`at ${text}`)?.raw ?? `at ${text}`).toBe(`at ${text}`)
      }),
    )
  })
})

describe('readStacks', () => {
  it('gives one stack per failed attempt, with a gap where an attempt left none', () => {
    expect(readStacks(JSON.stringify([plain, null]))).toEqual({
      stacks: [plain, null],
      complete: true,
    })
  })

  it('keeps what is not a list of strings as text', () => {
    expect(readStacks('not json')).toEqual({ stacks: ['not json'], complete: false })
    expect(readStacks('{"a":1}').stacks).toEqual(['{\n  "a": 1\n}'])
  })

  it('recovers every stack from a value cut at any place', () => {
    const stacks = ['Error: "quoted" \\ é \u0007\n    at f (/a.js:1:2)', 'Error: two']
    const whole = JSON.stringify(stacks)
    fc.assert(
      fc.property(fc.integer({ min: 4, max: whole.length - 1 }), (length) => {
        const read = readStacks(whole.slice(0, length))
        expect(read.complete).toBe(false)
        read.stacks.forEach((text, index) => {
          expect(stacks[index]?.startsWith(text ?? '?')).toBe(true)
        })
      }),
    )
  })
})
