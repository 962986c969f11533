import {
  fieldPathSchema,
  type MirrorSettings,
  mirrorSettingsSchema,
} from '#shared/contract/mirror.ts'
import { extractedFields, type ExtractedField } from '#shared/domain/extraction/extracted-fields.ts'
import { checkRedaction } from '#shared/domain/redaction/patterns.ts'

/** The settings while they are edited: what was typed, whether it holds or not. */
export interface Draft {
  retentionDays: string
  payloadText: MirrorSettings['payloadText']
  payloadBytes: number
  redaction: string[]
  mapping: Record<ExtractedField, string[]>
}

export type Problem = 'retention' | 'pattern' | 'patternUnsafe' | 'patternEmpty' | 'path'

/** What does not hold, by where it stands: `retentionDays`, `redaction.2`, `mapping.user.0`. */
export type Problems = ReadonlyMap<string, Problem>

export function draftOf(settings: MirrorSettings): Draft {
  const { retentionDays, mapping, ...rest } = settings
  return {
    ...rest,
    retentionDays: String(retentionDays),
    mapping: mapFields((field) => mapping[field]),
  }
}

/** The settings that a draft without problems stands for. */
export function settingsOf(draft: Draft): MirrorSettings {
  return {
    ...draft,
    retentionDays: Number(draft.retentionDays),
    redaction: draft.redaction.map((pattern) => pattern.trim()),
    mapping: mapFields((field) => draft.mapping[field].map((path) => path.trim())),
  }
}

export function problemsOf(draft: Draft): Problems {
  const problems = new Map<string, Problem>()
  const days = draft.retentionDays.trim()
  if (!/^\d{1,4}$/.test(days) || !holdsDays(Number(days)))
    problems.set('retentionDays', 'retention')
  draft.redaction.forEach((pattern, index) => {
    const problem = problemOfPattern(pattern.trim())
    if (problem !== null) problems.set(`redaction.${index}`, problem)
  })
  for (const field of extractedFields) {
    draft.mapping[field].forEach((path, index) => {
      if (!fieldPathSchema.safeParse(path.trim()).success) {
        problems.set(`mapping.${field}.${index}`, 'path')
      }
    })
  }
  return problems
}

function problemOfPattern(pattern: string): Problem | null {
  if (pattern === '') return 'patternEmpty'
  const [found] = checkRedaction([pattern])
  if (found === undefined) return null
  return found.problem === 'slow' ? 'patternUnsafe' : 'pattern'
}

/** What the console refused, by where it stands. */
export function refusedOf(issues: readonly { path: readonly (string | number)[] }[]): Problems {
  return new Map(
    issues.map(({ path }) => {
      const [first] = path
      const problem =
        first === 'redaction' ? 'patternUnsafe' : first === 'mapping' ? 'path' : 'retention'
      return [path.join('.'), problem]
    }),
  )
}

export function sameSettings(one: MirrorSettings, other: MirrorSettings): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other))
}

/** The list with an element moved by one place; the same list where there is none to move to. */
export function moved<Item>(items: readonly Item[], from: number, by: 1 | -1): Item[] {
  const to = from + by
  const item = items[from]
  if (item === undefined || to < 0 || to >= items.length) return [...items]
  const rest = items.filter((_, index) => index !== from)
  return [...rest.slice(0, to), item, ...rest.slice(to)]
}

const holdsDays = (days: number) => mirrorSettingsSchema.shape.retentionDays.safeParse(days).success

function inOrder(settings: MirrorSettings): unknown {
  const { retentionDays, payloadText, payloadBytes, redaction, mapping } = settings
  return [retentionDays, payloadText, payloadBytes, redaction, mapFields((field) => mapping[field])]
}

function mapFields(pathsOf: (field: ExtractedField) => string[]): Draft['mapping'] {
  return Object.fromEntries(
    extractedFields.map((field) => [field, [...pathsOf(field)]]),
  ) as Draft['mapping']
}
