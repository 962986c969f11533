import type { MirrorSettings } from '#shared/contract/mirror.ts'
import { ConsoleError } from '#shared/errors.ts'

/** @throws ConsoleError MIRROR_SETTINGS_INVALID naming each part that does not hold. */
export function checkSettings({ redaction }: Pick<MirrorSettings, 'mapping' | 'redaction'>): void {
  const issues = redaction.flatMap((pattern, index) =>
    isRegularExpression(pattern) ? [] : [{ path: ['redaction', index], problem: 'pattern' }],
  )
  if (issues.length > 0) throw new ConsoleError('MIRROR_SETTINGS_INVALID', { issues })
}

function isRegularExpression(pattern: string): boolean {
  try {
    void new RegExp(pattern, 'i')
    return true
  } catch {
    return false
  }
}
