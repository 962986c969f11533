import type { MirrorSettings } from '#shared/contract/mirror.ts'
import { checkRedaction } from '#shared/domain/redaction/patterns.ts'
import { ConsoleError } from '#shared/errors.ts'

/** @throws ConsoleError MIRROR_SETTINGS_INVALID naming each part that does not hold. */
export function checkSettings({ redaction }: Pick<MirrorSettings, 'redaction'>): void {
  const issues = checkRedaction(redaction).map(({ index, problem }) => ({
    path: ['redaction', index],
    problem,
  }))
  if (issues.length > 0) throw new ConsoleError('MIRROR_SETTINGS_INVALID', { issues })
}
