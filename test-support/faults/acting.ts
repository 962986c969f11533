import type { Stage } from './stage.ts'
import { StreamOfActions } from './stream-of-actions.ts'
import type { WatchedEnvironment } from './watched-environment.ts'
import { FailingWork } from './work.ts'

/** A durable Redis with failed jobs, and an environment on it that is ready to act. */
export async function actingOn(stage: Stage, extra: readonly string[] = []) {
  const server = await stage.redis(extra)
  const redis = stage.client({ port: server.port })
  const work = await FailingWork.start(redis, 120)
  const environment = await stage.environment(at(server.port))
  await environment.recovers(0)
  return { server, redis, work, environment, actions: new StreamOfActions(environment, work) }
}

/** A standalone Redis on this machine. */
export const at = (port: number, host = '127.0.0.1') => ({
  deployment: { type: 'standalone' as const, host, port },
})

/**
 * Acts, lets the fault happen, and acts on until the environment is ready again and some more actions were
 * answered; then looks for lost and doubled ones. Answers what belongs into the table.
 */
export async function through(
  { environment, actions }: { environment: WatchedEnvironment; actions: StreamOfActions },
  fault: {
    /** Resolves when it has begun; until it was seen, where that can be told. */
    begin: () => Promise<unknown>
    /** Resolves with when it was first seen. */
    seen?: (began: number) => Promise<number>
    /** Where nothing ends it, but others take over, left out. */
    end?: () => Promise<unknown>
    /** Answers to wait for before, during and after it. */
    answers?: number
  },
) {
  const { answers = 10 } = fault
  actions.start()
  await actions.answered(answers)
  const began = Date.now()
  await fault.begin()
  const seen = (await fault.seen?.(began)) ?? null
  if (fault.end !== undefined) {
    await actions.answered(answers)
    await fault.end()
  }
  const ended = fault.end === undefined ? began : Date.now()
  const back = await environment.recovers(ended)
  await actions.answered(answers)
  const states = environment.statesSince(began)
  const tally = await actions.expectNoneLostOrTwice()
  return {
    tally,
    row: {
      seen: states,
      seenAfter: seen === null ? null : seen - began,
      backAfter: back - ended,
      actions: tally,
    },
  }
}
