import type { Extracted, FieldMapping } from '../../contract/mirror.ts'
import type { RedactionPatterns } from '../redaction/patterns.ts'
import { redactText } from '../redaction/redact-text.ts'
import { extractedFields, type ExtractedField } from './extracted-fields.ts'

/** Texts of JSON as they stand in Redis; null where there is none. */
export interface ExtractionSource {
  data: string | null
  returnvalue: string | null
  progress: string | null
}

type SourceName = keyof ExtractionSource

interface Path {
  source: SourceName
  steps: readonly string[]
}

/** Which paths lead to each field, ready for many jobs. */
export type CompiledMapping = readonly { field: ExtractedField; paths: readonly Path[] }[]

const numeric = new Set<ExtractedField>(['cost', 'memory', 'tokens', 'duration'])
const longestText = 200
const longestCheckpoint = 500

/** Paths are those that the contract allows; others lead nowhere. */
export function compileMapping(mapping: FieldMapping): CompiledMapping {
  return extractedFields.flatMap((field) => {
    const paths = (mapping[field] ?? []).flatMap((path) => pathOf(path) ?? [])
    return paths.length === 0 ? [] : [{ field, paths }]
  })
}

function pathOf(text: string): Path | null {
  const [source = '', ...steps] = text.split('.')
  const isSource = source === 'data' || source === 'returnvalue' || source === 'progress'
  return isSource && steps.length > 0 ? { source, steps } : null
}

/**
 * The values that a mapping finds in a job: of each field the first path that leads to one, null where none does.
 * Cost, memory, tokens and duration are numbers, a checkpoint may be an object as compact JSON, without the values
 * of keys that `hides` holds for; all else is text.
 * Never throws: what is no JSON has no values.
 */
export function extractFields(
  source: ExtractionSource,
  mapping: CompiledMapping,
  hides: RedactionPatterns,
): Extracted {
  const values = new Map<SourceName, unknown>()
  const rootOf = (name: SourceName): unknown => {
    if (!values.has(name)) values.set(name, parsed(source[name]))
    return values.get(name)
  }
  const result = Object.fromEntries(extractedFields.map((field) => [field, null])) as Extracted
  for (const { field, paths } of mapping) {
    for (const { source: name, steps } of paths) {
      const value = asValue(field, follow(rootOf(name), steps), hides)
      if (value === null) continue
      result[field] = value
      break
    }
  }
  return result
}

function parsed(text: string | null): unknown {
  if (text === null || text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Own properties of objects, and elements of lists by their index. */
function follow(root: unknown, steps: readonly string[]): unknown {
  let value = root
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    if (Array.isArray(value) && !/^\d{1,9}$/.test(step)) return undefined
    value = (value as Record<string, unknown>)[step]
  }
  return value
}

function asValue(
  field: ExtractedField,
  value: unknown,
  hides: RedactionPatterns,
): string | number | null {
  if (numeric.has(field)) return asNumber(value)
  if (field === 'checkpoint') return asText(compact(value, hides), longestCheckpoint)
  return asText(value, longestText)
}

function asNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string') return null
  const text = value.slice(0, 60).trim()
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(text) ? Number(text) : NaN
  return Number.isFinite(number) ? number : null
}

function compact(value: unknown, hides: RedactionPatterns): unknown {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : value
  return typeof text === 'string' ? redactText(text, hides, 4 * longestCheckpoint).text : text
}

function asText(value: unknown, longest: number): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string' || value.trim() === '') return null
  if (value.length <= longest) return value
  // A pair of surrogates is one character: it is not cut in two.
  const cut = value.slice(0, longest)
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut
}
