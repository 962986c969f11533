import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scanJson } from './json-scanner.ts'
import {
  allContainers,
  copyOf,
  findNodes,
  initiallyOpen,
  keyOf,
  pathOf,
  readTree,
  sourceOf,
  visibleNodes,
  type JsonTree,
} from './json-tree.ts'

function treeOf(text: string, cut = false): JsonTree {
  const tree = readTree(text, cut)
  if (!tree) {
    throw new Error(`not read: ${text}`)
  }
  return tree
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const json = fc.jsonValue({ stringUnit: 'binary' })

describe('scanJson', () => {
  it('reads every valid JSON and copies it back unchanged in meaning', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 1, 3), (value, space) => {
        const text = JSON.stringify(value, null, space)
        const tree = treeOf(text)
        const copy = copyOf(tree, 0)
        expect(typeof value === 'string' ? copy : JSON.parse(copy)).toEqual(
          JSON.parse(text) as unknown,
        )
      }),
    )
  })

  it('agrees with JSON.parse on what is valid', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '1',
        '-',
        '0',
        '.5',
        'e9',
        'true',
        'nul',
      ),
      fc.constantFrom(' ', '"', '\\', '\\u12', '\u0001', '\uFEFF', 'null', '\n'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const text = pieces.join('')
        const scan = scanJson(text)
        expect(scan.valid && scan.complete).toBe(isJson(text))
      }),
      { numRuns: 5_000 },
    )
  })

  it('reads the beginning of every JSON that was cut', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json, { minKeys: 1 }), fc.nat(), (value, at) => {
        const text = JSON.stringify(value)
        const cut = text.slice(0, 1 + (at % (text.length - 1)))
        const tree = treeOf(cut, true)
        expect(tree.complete).toBe(false)
        expect(allContainers(tree).has(0)).toBe(true)
      }),
    )
  })

  it('reads nesting of any depth', () => {
    const depth = 100_000
    const tree = treeOf(`${'['.repeat(depth)}${']'.repeat(depth)}`)
    expect(tree.nodes.depth.at(-1)).toBe(depth - 1)
    expect(visibleNodes(tree, allContainers(tree))).toHaveLength(depth)
    expect(pathOf(tree, 3, 'data')).toBe('data[0][0][0]')
  })

  it('reads 8 MB, where quadratic time would take hours', { timeout: 60_000 }, () => {
    const text = JSON.stringify(
      Array.from({ length: 130_000 }, (_, id) => ({
        id,
        name: `user ${id}`,
        ok: true,
        tags: ['a', 'b'],
      })),
    )
    const tree = treeOf(text)
    expect(visibleNodes(tree, allContainers(tree)).length).toBeGreaterThan(800_000)
  })
})

describe('the tree', () => {
  const text =
    '{"id": 12345678901234567890, "user": {"name": "Zo\\u00eb", "name": "again"}, "a b": [1, {"x": null}], "empty": {}}'
  const tree = treeOf(text)

  it('keeps digits, order and duplicate keys as written', () => {
    expect(sourceOf(tree, 1)).toBe('12345678901234567890')
    expect(copyOf(tree, 2)).toBe('{\n  "name": "Zo\\u00eb",\n  "name": "again"\n}')
    expect(copyOf(tree, 9)).toBe('{}')
  })

  it('copies a string as its text', () => {
    expect(copyOf(tree, 3)).toBe('Zoë')
  })

  it('shows what open containers hold', () => {
    expect(visibleNodes(tree, new Set()).map((node) => keyOf(tree, node))).toEqual([null])
    expect(visibleNodes(tree, new Set([0])).map((node) => keyOf(tree, node))).toEqual([
      null,
      'id',
      'user',
      'a b',
      'empty',
    ])
  })

  it('opens small values whole and large ones one level deep', () => {
    expect(initiallyOpen(tree)).toEqual(allContainers(tree))
    const large = treeOf(JSON.stringify(Array.from({ length: 1_000 }, () => [1, 2])))
    expect(initiallyOpen(large)).toEqual(new Set([0]))
  })

  it('writes paths as code would', () => {
    expect(pathOf(tree, 7, 'data')).toBe('data["a b"][1]')
    expect(pathOf(tree, 8, 'data')).toBe('data["a b"][1].x')
    expect(pathOf(tree, 0, 'data')).toBe('data')
  })

  it('finds keys and decoded values whatever their case', () => {
    expect(findNodes(tree, 'ZOË')).toEqual([3])
    expect(findNodes(tree, 'name')).toEqual([3, 4])
    expect(findNodes(tree, '')).toEqual([])
  })

  it('is none for text that is not JSON, cut or not', () => {
    expect(readTree('oops', false)).toBeNull()
    expect(readTree('{"a": oops', true)).toBeNull()
    expect(readTree('{"a": "unfinished', false)).toBeNull()
  })
})
