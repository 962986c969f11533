import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { anyText } from '#test-support/filters.ts'
import { longestFilter, parseFilter } from './parse.ts'

const now = Date.UTC(2026, 10, 20, 14, 2, 11)
const context = { now, zone: 'Europe/Paris' }

function conditionsOf(text: string) {
  const { conditions, problems } = parseFilter(text, context)
  expect(problems).toEqual([])
  return conditions.map(({ span, negated, ...statement }) => {
    expect(text.slice(span.start, span.end).startsWith('-')).toBe(negated)
    return negated ? { not: statement } : statement
  })
}

function problemOf(text: string) {
  const { problems } = parseFilter(text, context)
  expect(problems).toHaveLength(1)
  const [found] = problems
  return [found?.problem, found?.text, found?.suggestion]
}

describe('what holds', () => {
  it('reads the example of every field', () => {
    const text =
      'state:failed queue:mail,sms name:send-* user:42 brand:9 "connection reset" since:24h ' +
      'until:2026-11-20T08:00 duration:>2s wait:>1m attempts:>=3 cost:>0.01 memory:>128 ' +
      'priority:<5 is:resumable has:metrics parent:7 -name:probe timeout -"by hand"'
    expect(conditionsOf(text)).toEqual([
      { field: 'state', values: ['failed'] },
      { field: 'queue', values: ['mail', 'sms'] },
      { field: 'name', values: ['send-*'] },
      { field: 'user', values: ['42'] },
      { field: 'brand', values: ['9'] },
      { field: 'text', match: 'exact', text: 'connection reset' },
      { field: 'since', at: now - 86_400_000 },
      { field: 'until', at: Date.UTC(2026, 10, 20, 7) },
      { field: 'duration', operator: '>', value: 2000 },
      { field: 'wait', operator: '>', value: 60_000 },
      { field: 'attempts', operator: '>=', value: 3 },
      { field: 'cost', operator: '>', value: 0.01 },
      { field: 'memory', operator: '>', value: 128 },
      { field: 'priority', operator: '<', value: 5 },
      { field: 'is', value: 'resumable' },
      { field: 'has', value: 'metrics' },
      { field: 'parent', values: ['7'] },
      { not: { field: 'name', values: ['probe'] } },
      { field: 'text', match: 'words', text: 'timeout' },
      { not: { field: 'text', match: 'exact', text: 'by hand' } },
    ])
  })

  test.each([
    ['', []],
    [' \n\t ', []],
    [
      'STATE:Failed,waiting-children,UNKNOWN',
      [{ field: 'state', values: ['failed', 'waiting-children', 'unknown'] }],
    ],
    ['name:"a, b",c', [{ field: 'name', values: ['a, b', 'c'] }]],
    [String.raw`name:"say \"hi\""`, [{ field: 'name', values: ['say "hi"'] }]],
    [
      String.raw`id:C:\temp,"\\srv\*"`,
      [{ field: 'id', values: [String.raw`C:\\temp`, String.raw`\\srv\*`] }],
    ],
    ['id:repeat:abc:17', [{ field: 'id', values: ['repeat:abc:17'] }]],
    ['error:http://x/?a=b', [{ field: 'error', values: ['http://x/?a=b'] }]],
    ['name:-a', [{ field: 'name', values: ['-a'] }]],
    [String.raw`"a\"b\\c\d"`, [{ field: 'text', match: 'exact', text: String.raw`a"b\c\d` }]],
    ['127.0.0.1:6379', [{ field: 'text', match: 'words', text: '127.0.0.1:6379' }]],
    ['a,b', [{ field: 'text', match: 'words', text: 'a,b' }]],
    ['attempts:3', [{ field: 'attempts', operator: '=', value: 3 }]],
    [
      '-duration:1s..1m30s',
      [{ not: { field: 'duration', operator: '..', from: 1000, to: 90_000 } }],
    ],
    ['cost:.5..1e2', [{ field: 'cost', operator: '..', from: 0.5, to: 100 }]],
    ['wait:"<=500ms"', [{ field: 'wait', operator: '<=', value: 500 }]],
    ['duration:0', [{ field: 'duration', operator: '=', value: 0 }]],
    [
      'with:gone is:gone',
      [
        { field: 'with', value: 'gone' },
        { field: 'is', value: 'gone' },
      ],
    ],
    [
      'user:* user:a*',
      [
        { field: 'user', values: ['*'] },
        { field: 'user', values: ['a*'] },
      ],
    ],
    ['since:7d', [{ field: 'since', at: now - 7 * 86_400_000 }]],
  ])('reads %j', (text, statements) => {
    expect(conditionsOf(text)).toEqual(statements)
  })
})

describe('what does not hold', () => {
  test.each([
    ['foo:bar', 'unknown-field', 'foo', '"foo:bar"'],
    ['-foo:bar', 'unknown-field', 'foo', '-"foo:bar"'],
    ['https://x.y/z', 'unknown-field', 'https', '"https://x.y/z"'],
    ['stat:failed', 'unknown-field', 'stat', 'state:failed'],
    ['quuee:"a b"', 'unknown-field', 'quuee', 'queue:"a b"'],
    ['userId:7', 'unknown-field', 'userId', 'user:7'],
    ['status:nothing', 'unknown-field', 'status', '"status:nothing"'],
    [
      'TypeError: x is not a function',
      'unknown-field',
      'TypeError',
      '"TypeError: x is not a function"',
    ],
    ['stat: failed soon', 'unknown-field', 'stat', 'state:failed soon'],
    ['Foo:\n  bar', 'unknown-field', 'Foo', '"Foo:\n  bar"'],
    ['-Foo: bar', 'unknown-field', 'Foo', '-"Foo: bar"'],
    ['error: socket hang up', 'empty-value', 'error:', '"error: socket hang up"'],
    ['state:', 'empty-value', 'state:', undefined],
    ['state: failed', 'empty-value', 'state:', 'state:failed'],
    ['cost:> 0.5', 'empty-value', 'cost:>', 'cost:>0.5'],
    ['queue:mail, sms', 'empty-value', 'queue:mail,', 'queue:mail,sms'],
    ['queue:mail,', 'empty-value', 'queue:mail,', 'queue:mail'],
    ['queue:,"",sms', 'empty-value', 'queue:,"",sms', 'queue:sms'],
    ['""', 'empty-value', '""', undefined],
    ['state:failde', 'unknown-value', 'failde', 'state:failed'],
    ['state:failed,done', 'unknown-value', 'done', 'state:failed,completed'],
    ['-state:stalled', 'unknown-value', 'stalled', '-is:stalled'],
    ['is:failed', 'unknown-value', 'failed', 'state:failed'],
    ['has:everything', 'unknown-value', 'everything', undefined],
    ['state:paused', 'paused-state', 'paused', 'state:waiting'],
    ['is:stalled,gone', 'one-value', 'is:stalled,gone', undefined],
    ['-is:stalled,gone', 'one-value', '-is:stalled,gone', '-is:stalled -is:gone'],
    ['cost:>0,5', 'one-value', 'cost:>0,5', 'cost:>0.5'],
    ['attempts:1,5', 'one-value', 'attempts:1,5', undefined],
    ['since:1h,2h', 'one-value', 'since:1h,2h', undefined],
    ['attempts:many', 'bad-number', 'many', undefined],
    ['attempts:1.5', 'bad-number', '1.5', undefined],
    ['cost:-1', 'bad-number', '-1', undefined],
    ['cost:1e999', 'bad-number', '1e999', undefined],
    ['duration:>20', 'bad-duration', '20', 'duration:>20ms'],
    ['duration:>2x', 'bad-duration', '2x', undefined],
    ['duration:1..5s', 'bad-duration', '1', 'duration:1s..5s'],
    ['duration:5s..1s', 'bad-range', '5s..1s', 'duration:1s..5s'],
    ['cost:1..', 'bad-range', '1..', 'cost:>=1'],
    ['cost:..1', 'bad-range', '..1', 'cost:<=1'],
    ['cost:>1..2', 'bad-range', '>1..2', 'cost:1..2'],
    ['since:soon', 'bad-date', 'soon', undefined],
    ['since:>24h', 'bad-date', '>24h', 'since:24h'],
    ['until:2026-11-20 08:00', 'bad-date', '2026-11-20 08:00', 'until:2026-11-20T08:00'],
    ['"abc', 'unclosed-quote', '"abc', '"abc"'],
    [
      'name:"a, b state:failed',
      'unclosed-quote',
      'name:"a, b state:failed',
      'name:"a, b state:failed"',
    ],
    ['"a\\', 'unclosed-quote', '"a\\', '"a\\\\"'],
    ['it"s', 'stray-quote', 'it"s', String.raw`"it\"s"`],
    ['"a"b', 'stray-quote', '"a"b', '"a" b'],
    ['name:x,a"b', 'stray-quote', 'a"b', String.raw`name:x,"a\"b"`],
    ['--verbose', 'double-negation', '--verbose', '"--verbose"'],
    ['-with:gone', 'not-negatable', '-with:gone', undefined],
    ['=>', 'no-word', '=>', '"=>"'],
    ['-', 'no-word', '-', '"-"'],
    ['-!', 'no-word', '-!', '-"!"'],
    ['since:1h until:2h', 'since-after-until', 'until:2h', undefined],
    ['until:1h since:1h', 'since-after-until', 'since:1h', undefined],
  ])('refuses %j', (text, problem, part, suggestion) => {
    expect(problemOf(text)).toEqual([problem, part, suggestion])
  })

  it('tells each part that does not hold, and reads the rest', () => {
    const text = 'foo:1 user:42 attempts:x "open'
    const { conditions, problems } = parseFilter(text, context)
    expect(conditions).toMatchObject([{ field: 'user', span: { start: 6, end: 13 } }])
    expect(problems).toMatchObject([
      { start: 0, end: 5, problem: 'unknown-field' },
      { start: 14, end: 24, problem: 'bad-number', field: 'attempts' },
      { start: 25, end: 30, problem: 'unclosed-quote' },
    ])
  })

  it('refuses a text that is too long as a whole', () => {
    expect(conditionsOf('a'.repeat(longestFilter))).toHaveLength(1)
    expect(parseFilter('a'.repeat(longestFilter + 1), context)).toMatchObject({
      conditions: [],
      problems: [{ start: 0, end: longestFilter + 1, problem: 'too-long' }],
    })
  })

  it('needs a zone that is known where a date has none, and there only', () => {
    const zone = 'Europe/Nowhere'
    const problemsOf = (text: string) => parseFilter(text, { now, zone }).problems
    expect(problemsOf('state:failed since:24h until:2026-11-20T08:00Z')).toEqual([])
    expect(problemsOf('since:2026-11-20')).toMatchObject([{ problem: 'bad-zone', text: zone }])
    expect(problemsOf('since:today')).toMatchObject([{ problem: 'bad-zone', text: zone }])
  })
})

describe('any text', () => {
  it('is taken apart without a rest', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { conditions, problems } = parseFilter(text, context)
        const spans = [...conditions.map(({ span }) => span), ...problems]
        spans.sort((one, other) => one.start - other.start)
        let read = 0
        for (const { start, end } of [...spans, { start: text.length, end: text.length + 1 }]) {
          expect(start).toBeGreaterThanOrEqual(read)
          expect(end).toBeGreaterThan(start)
          expect(text.slice(read, start).trim()).toBe('')
          read = end
        }
      }),
      { numRuns: 500 },
    )
  })

  it('gets suggestions that hold in their place', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { problems } = parseFilter(text, context)
        for (const { start, end, suggestion } of problems) {
          if (suggestion === undefined) continue
          const mended = text.slice(0, start) + suggestion + text.slice(end)
          const after = parseFilter(mended, context).problems
          const inPlace = ({ start: from, end: to }: { start: number; end: number }) =>
            from < start + suggestion.length && to > start
          // Two times may contradict each other only once both hold.
          expect(
            after.filter(inPlace).filter(({ problem }) => problem !== 'since-after-until'),
          ).toEqual([])
        }
      }),
      { numRuns: 500 },
    )
  })

  it('is read whatever the moment and the zone', () => {
    const anything = { now: fc.double(), zone: fc.oneof(fc.string(), fc.constant('Asia/Tokyo')) }
    fc.assert(
      fc.property(anyText, fc.record(anything), (text, context) => {
        expect(parseFilter(text, context)).toHaveProperty('problems')
      }),
    )
  })
})
