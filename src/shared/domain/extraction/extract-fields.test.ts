import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultMapping, type FieldMapping } from '../../contract/mirror.ts'
import { compileMapping, extractFields } from './extract-fields.ts'
import { extractedFields } from './extracted-fields.ts'

const none = Object.fromEntries(
  extractedFields.map((field) => [field, [] as string[]]),
) as FieldMapping

const hidesNothing = () => false

function text(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

function paths(path: string): Partial<FieldMapping> {
  return { user: [path] }
}

function extract(
  source: { data?: unknown; returnvalue?: unknown; progress?: unknown },
  mapping: Partial<FieldMapping> = defaultMapping,
) {
  return extractFields(
    {
      data: text(source.data),
      returnvalue: text(source.returnvalue),
      progress: text(source.progress),
    },
    compileMapping({ ...none, ...mapping }),
    hidesNothing,
  )
}

const checkpointAt = (path: string) => compileMapping({ ...defaultMapping, checkpoint: [path] })
const hidesTokens = (key: string) => key === 'token'

describe('extractFields', () => {
  it('finds what the mapping at first looks for', () => {
    expect(
      extract({
        data: { userId: 42, brandId: 'acme', provider: 'openai', model: 'gpt-4o', abVariant: 'B' },
        returnvalue: {
          metrics: { cost_usd: 0.012, memory_usage_mb: '128.5', execution_time_ms: 900 },
          usage: { total_tokens: 812 },
        },
        progress: { checkpoint: { step: 3, done: ['a'] } },
      }),
    ).toEqual({
      user: '42',
      brand: 'acme',
      provider: 'openai',
      model: 'gpt-4o',
      variant: 'B',
      cost: 0.012,
      memory: 128.5,
      tokens: 812,
      duration: 900,
      checkpoint: '{"step":3,"done":["a"]}',
    })
  })

  it('takes the first path that leads to a value', () => {
    const mapping = { user: ['data.a', 'data.b.c', 'returnvalue.d'] }
    expect(
      extract({ data: { a: null, b: { c: 'x' } }, returnvalue: { d: 'y' } }, mapping).user,
    ).toBe('x')
    expect(extract({ data: { a: {}, b: 7 }, returnvalue: { d: 'y' } }, mapping).user).toBe('y')
    expect(extract({ data: { a: ' ' } }, mapping).user).toBeNull()
    expect(extract({ data: { a: false } }, mapping).user).toBe('false')
  })

  it.each([
    ['12.5', 12.5],
    [' -3 ', -3],
    ['1e3', 1000],
    ['12 USD', null],
    ['NaN', null],
    ['Infinity', null],
    ['0x10', null],
    ['', null],
    [true, null],
    [[1], null],
  ])('reads %j as a cost of %j', (cost, expected) => {
    expect(extract({ data: { cost } }, { cost: ['data.cost'] }).cost).toBe(expected)
  })

  it('looks at own properties only, and at elements by index', () => {
    expect(extract({ data: {} }, paths('data.constructor.name')).user).toBeNull()
    expect(extract({ data: {} }, paths('data.__proto__.x')).user).toBeNull()
    expect(extract({ data: [{ id: 'a' }, { id: 'b' }] }, paths('data.1.id')).user).toBe('b')
    expect(extract({ data: { list: [1, 2] } }, paths('data.list.length')).user).toBeNull()
    expect(extract({ data: { name: 'abc' } }, paths('data.name.0')).user).toBeNull()
    const hostile = compileMapping({ ...none, user: ['data.__proto__.id'] })
    const source = { data: '{"__proto__":{"id":"own"}}', returnvalue: null, progress: null }
    expect(extractFields(source, hostile, hidesNothing).user).toBe('own')
  })

  it('cuts texts, but no character in two', () => {
    expect(extract({ data: { userId: 'x'.repeat(500) } }).user).toHaveLength(200)
    expect(extract({ data: { userId: `${'x'.repeat(199)}😀` } }).user).toBe('x'.repeat(199))
    expect(extract({ progress: { checkpoint: ['x'.repeat(900)] } }).checkpoint).toHaveLength(500)
  })

  it('finds nothing in what is no JSON', () => {
    const nothing = Object.fromEntries(extractedFields.map((field) => [field, null]))
    const mapping = compileMapping(defaultMapping)
    for (const text of ['', '{"userId":', 'text', '7', 'null', '[]']) {
      expect(
        extractFields({ data: text, returnvalue: text, progress: null }, mapping, hidesNothing),
      ).toEqual(nothing)
    }
  })

  it('hides in a checkpoint what is hidden in a payload', () => {
    const data = JSON.stringify({ userId: 'u', checkpoint: { at: 1, token: 'hunter2' } })
    const source = { data, returnvalue: null, progress: '{"checkpoint":"page=2 token=hunter2"}' }
    expect(extractFields(source, checkpointAt('data.checkpoint'), hidesTokens)).toMatchObject({
      user: 'u',
      checkpoint: '{"at":1,"token":"[redacted]"}',
    })
    expect(extractFields(source, checkpointAt('progress.checkpoint'), hidesTokens).checkpoint).toBe(
      'page=2 token=[redacted]',
    )
  })

  it('gives for any job each field as null, a finite number or a short text', () => {
    const json = fc.json({ maxDepth: 4 })
    const path = fc
      .tuple(
        fc.constantFrom('data', 'returnvalue', 'progress'),
        fc.array(
          fc.oneof(fc.constantFrom('0', '__proto__', 'constructor', 'length'), fc.string()),
          {
            minLength: 1,
            maxLength: 3,
          },
        ),
      )
      .map(([source, steps]) => [source, ...steps].join('.'))
    fc.assert(
      fc.property(json, json, fc.array(path, { maxLength: 5 }), (data, returnvalue, paths) => {
        const mapping = Object.fromEntries(
          extractedFields.map((field) => [field, paths]),
        ) as FieldMapping
        const values = extractFields(
          { data, returnvalue, progress: data },
          compileMapping(mapping),
          hidesNothing,
        )
        for (const field of extractedFields) {
          const value = values[field]
          const isNumber = ['cost', 'memory', 'tokens', 'duration'].includes(field)
          expect(
            value === null || (isNumber ? Number.isFinite(value) : String(value).length <= 500),
          ).toBe(true)
        }
      }),
    )
  })
})
