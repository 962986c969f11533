import { tokensOf } from '#shared/domain/filter/tokens.ts'
import { endsWhole } from './chunks.ts'
import { joined } from './read-filter.ts'

/** A filter while it is edited: parts that are whole, and what is being typed behind them. */
export interface Draft {
  parts: readonly string[]
  input: string
}

export function draftOf(text: string): Draft {
  return { parts: tokensOf(text).map(({ source }) => source), input: '' }
}

export function textOfDraft({ parts, input }: Draft): string {
  return joined(...parts, input)
}

/** Takes what was typed: parts that are followed by a space are whole. */
export function typed(draft: Draft, input: string): Draft {
  const sources = tokensOf(input).map(({ source }) => source)
  const whole = endsWhole(input) ? sources : sources.slice(0, -1)
  if (whole.length === 0) return { ...draft, input: input.trimStart() }
  return { parts: [...draft.parts, ...whole], input: sources[whole.length] ?? '' }
}

/** Puts the part at a place into the field, with what was typed there made whole. */
export function edited(draft: Draft, index: number): Draft {
  const parts = draft.parts.filter((_, place) => place !== index)
  const input = draft.input.trim()
  return { parts: input === '' ? parts : [...parts, input], input: draft.parts[index] ?? '' }
}

export function removed(draft: Draft, index: number): Draft {
  return { ...draft, parts: draft.parts.filter((_, place) => place !== index) }
}
