import type { MirrorProblem } from '#shared/contract/mirror.ts'
import { ConsoleError } from '#shared/errors.ts'
import { MirrorError } from './ports.ts'

export const mirrorUnavailable = (environment: string, problem: MirrorProblem) =>
  new ConsoleError('MIRROR_UNAVAILABLE', { environment, problem })

/** Runs what uses a mirror; what is wrong with the mirror is thrown as the catalogue has it. */
export async function usingMirror<Result>(
  environment: string,
  use: () => Promise<Result>,
): Promise<Result> {
  try {
    return await use()
  } catch (error) {
    if (!(error instanceof MirrorError)) throw error
    const known = mirrorUnavailable(environment, error.problem)
    known.cause = error
    throw known
  }
}
