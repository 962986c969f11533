/** What a stream last said, and when. */
interface LastEvent {
  data: unknown
  at: number
}

/** Streams remembered; a screen has a handful of them. */
const most = 400

const events = new Map<string, LastEvent>()

/**
 * Keeps the last event of a stream after its screen is gone, so that coming back, as to another
 * environment, shows at once what was seen there last.
 */
export function rememberEvent(stream: string, data: unknown, at: number): void {
  events.delete(stream)
  events.set(stream, { data, at })
  const oldest = events.size > most ? events.keys().next().value : undefined
  if (oldest !== undefined) events.delete(oldest)
}

export function lastEvent(stream: string): LastEvent | undefined {
  return events.get(stream)
}
