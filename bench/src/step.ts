/** Does a part of a run, and says on stderr how long it took. */
export async function step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now()
  const result = await work()
  console.error(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`)
  return result
}
