/** What several sources give, in the order they give it; ends with all of them, throws with the first. */
export async function* merged<Value>(
  sources: readonly AsyncGenerator<Value, void, undefined>[],
): AsyncGenerator<Value, void, undefined> {
  const next = (source: AsyncGenerator<Value, void, undefined>) =>
    source.next().then((result) => ({ source, result }))
  const waiting = new Map(sources.map((source) => [source, next(source)]))
  try {
    while (waiting.size > 0) {
      const { source, result } = await Promise.race(waiting.values())
      if (result.done === true) {
        waiting.delete(source)
        continue
      }
      yield result.value
      waiting.set(source, next(source))
    }
  } finally {
    for (const pending of waiting.values()) pending.catch(() => {})
    // Those that wait end when their signal aborts: not waited for here.
    for (const source of waiting.keys()) source.return().catch(() => {})
  }
}
