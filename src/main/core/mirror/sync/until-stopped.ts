import { ConsoleError } from '#shared/errors.ts'
import type { MirrorSource } from '../ports.ts'

/**
 * The same source, whose readings fail once the signal aborts. Background work waits for its part of the
 * budget as long as there is no connection, and an end must not wait with it.
 */
export function untilStopped(
  source: MirrorSource,
  signal: AbortSignal,
  environment: string,
): MirrorSource {
  const reading = new Set<(error: ConsoleError) => void>()
  const stopped = () =>
    new ConsoleError('ENVIRONMENT_UNREACHABLE', { environment, reason: 'disconnected' })
  signal.addEventListener('abort', () => reading.forEach((reject) => reject(stopped())), {
    once: true,
  })
  const orStopped =
    <Given extends unknown[], Result>(read: (...given: Given) => Promise<Result>) =>
    (...given: Given) =>
      new Promise<Result>((resolve, reject) => {
        if (signal.aborted) {
          reject(stopped())
          return
        }
        reading.add(reject)
        void read(...given)
          .then(resolve, reject)
          .finally(() => reading.delete(reject))
      })
  return {
    census: orStopped((...given) => source.census(...given)),
    ids: orStopped((...given) => source.ids(...given)),
    idsByScore: orStopped((...given) => source.idsByScore(...given)),
    scores: orStopped((...given) => source.scores(...given)),
    buckets: orStopped((...given) => source.buckets(...given)),
    fields: orStopped((...given) => source.fields(...given)),
    packed: orStopped((...given) => source.packed(...given)),
    places: orStopped((...given) => source.places(...given)),
    details: orStopped((...given) => source.details(...given)),
    follow: (...given) => source.follow(...given),
  }
}
