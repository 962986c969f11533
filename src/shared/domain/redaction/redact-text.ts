import type { RedactionPatterns } from './patterns.ts'
import { redactJson } from './redact-json.ts'
import { redactPlain, type Redacted } from './redact-plain.ts'
import { cutToBytes } from './utf8.ts'

export type { Redacted } from './redact-plain.ts'

/**
 * A payload as it is kept for search: compact, the values of keys that `hides` holds for replaced by `[redacted]`,
 * at most `cap` bytes. `text` is JSON, also JSON that was cut, or any text. Linear; never throws.
 */
export function redactText(text: string, hides: RedactionPatterns, cap: number): Redacted {
  const { text: result, redacted } = redactJson(text, hides, cap) ?? redactPlain(text, hides, cap)
  return { text: cutToBytes(result, cap), redacted }
}
