const firstDelay = 200
const longestDelay = 5000
/** After a refusal (wrong password, bad certificate): it needs a person, so hammering is no use. */
const refusedDelay = 15_000

/**
 * Milliseconds before try number `attempt` (from 1): doubling from 0.2 s to at most 5 s, less up to
 * a quarter at random so that consoles do not come back in step.
 */
export function reconnectDelay(attempt: number, refused: boolean, random = Math.random()): number {
  const full = refused ? refusedDelay : Math.min(longestDelay, firstDelay * 2 ** (attempt - 1))
  return Math.round(full * (1 - random / 4))
}
