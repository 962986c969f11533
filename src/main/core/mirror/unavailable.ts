import type { MirrorProblem } from '#shared/contract/mirror.ts'
import { ConsoleError } from '#shared/errors.ts'

export const mirrorUnavailable = (environment: string, problem: MirrorProblem, cause?: Error) =>
  new ConsoleError('MIRROR_UNAVAILABLE', { environment, problem }, { cause })
