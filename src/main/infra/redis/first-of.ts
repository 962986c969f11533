/**
 * The first success of several tries. The next one begins when the one before has failed, or has taken
 * `patience` milliseconds without an end; when one succeeds the others are aborted. Once all have
 * failed, rejects with an AggregateError of their failures in the order of the tries.
 */
export async function firstOf<Result>(
  tries: readonly ((signal: AbortSignal) => Promise<Result>)[],
  patience: number,
  signal: AbortSignal,
): Promise<Result> {
  const end = new AbortController()
  const each = AbortSignal.any([signal, end.signal])
  const failures: unknown[] = []
  const from = async (index: number): Promise<Result> => {
    const attempt = tries[index]
    if (attempt === undefined) throw new AggregateError(failures)
    const running = attempt(each).catch((error: unknown) => {
      failures[index] = error
      throw error
    })
    const next = failedOrLate(running, patience).then(() => {
      // It may be the success of another that made this one fail.
      if (each.aborted) throw new AggregateError(failures)
      return from(index + 1)
    })
    return Promise.any([running, next])
  }
  try {
    return await from(0)
  } catch {
    throw new AggregateError(failures)
  } finally {
    end.abort()
  }
}

/** Resolves when it has failed or takes too long; never when it succeeds in time. */
function failedOrLate(running: Promise<unknown>, patience: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patience)
    running.then(
      () => clearTimeout(timer),
      () => {
        clearTimeout(timer)
        resolve()
      },
    )
  })
}
