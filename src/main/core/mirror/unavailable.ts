import type { MirrorProblem } from '#shared/contract/mirror.ts'
import { ConsoleError } from '#shared/errors.ts'
import { MirrorError } from './ports.ts'

export const mirrorUnavailable = (environment: string, problem: MirrorProblem) =>
  new ConsoleError('MIRROR_UNAVAILABLE', { environment, problem })

/** What was thrown about a mirror, as the catalogue has it; anything else comes back unchanged. */
export function knownFailure(environment: string, error: unknown): unknown {
  if (!(error instanceof MirrorError)) return error
  const known = mirrorUnavailable(environment, error.problem)
  known.cause = error
  return known
}

/** Runs what uses a mirror, and throws as `knownFailure` says. */
export async function usingMirror<Result>(
  environment: string,
  use: () => Promise<Result>,
): Promise<Result> {
  try {
    return await use()
  } catch (error) {
    throw knownFailure(environment, error)
  }
}
