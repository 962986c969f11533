import type { Redis } from 'ioredis'
import { KeyedQueue } from '#core/actions/keyed-queue.ts'
import type { ActionFacts, JobMutations, Recheck } from '#core/actions/ports.ts'
import { retryTarget, scriptMajorOf, type ScriptMajor } from '#core/actions/script-major.ts'
import type { JobAddress } from '#core/services.ts'
import type { JobState } from '#shared/domain/job-state.ts'
import { firstPrefix, isQueueReference } from '#shared/domain/queue-reference.ts'
import { ConsoleError } from '#shared/errors.ts'
import type { RedisLink } from '#infra/redis/link.ts'
import { jobKey, queueKey } from '../keys.ts'
import { onCluster, onConnection, type FactsSource } from './facts-source.ts'
import { ConflictError, refusalOf, ScriptError, TimeoutError } from './errors.ts'
import { readFacts, type ReadFacts } from './read-facts.ts'
import type { RunScript } from './script-client.ts'
import { runRemove, runRetry } from './scripts.ts'
import { executeWatched, replyTimeout, within, type FieldOf } from './transaction.ts'
import { watchAndRead } from './watch.ts'

/** Where the jobs of an environment are. */
export interface MutationTarget {
  connection: Pick<RedisLink, 'clustered' | 'pipeline' | 'run' | 'mutations' | 'consoleError'>
  prefixes: readonly string[]
}

export interface JobMutationsOptions {
  targetOf: (environment: string) => MutationTarget
  /** Without an answer for so many milliseconds, the outcome counts as unknown. */
  replyTimeout?: number
}

/** One change of one job. */
interface Change<Result> {
  address: JobAddress
  /** As found when it began: the environment may be removed before it is over. */
  connection: MutationTarget['connection']
  prefix: string
  recheck: Recheck
  /** A field of the job that goes in the same transaction, beside what the script does. */
  cleared: (facts: ReadFacts) => FieldOf | null
  act: (major: ScriptMajor, facts: ReadFacts, run: RunScript) => Promise<Result>
}

/** How often a change is tried while others keep touching the same job. */
const attempts = 5

/** The only code that writes to Redis: BullMQ's own scripts, each inside a transaction. */
export class BullmqJobMutations implements JobMutations {
  readonly #targetOf: JobMutationsOptions['targetOf']
  readonly #timeout: number
  /** WATCH belongs to a connection, so an environment's changes take turns on theirs. */
  readonly #turns = new KeyedQueue()

  constructor({ targetOf, replyTimeout: timeout = replyTimeout }: JobMutationsOptions) {
    this.#targetOf = targetOf
    this.#timeout = timeout
  }

  async read(address: JobAddress, options: { digest?: boolean } = {}): Promise<ActionFacts> {
    const { connection, prefix } = this.#target(address)
    const from = (source: FactsSource) => readFacts(source, prefix, address, options)
    // In a cluster keys of one job may lie anywhere, which is just what must be found out.
    const reading = connection.clustered
      ? from(onCluster(connection))
      : connection.run(metaKey(prefix, address), (redis) => from(onConnection(redis)))
    const { queue, job } = await reading.catch((error: unknown) => {
      throw refusalOf(error, prefix, address) ?? connection.consoleError(error)
    })
    return { queue, job }
  }

  async retry(
    address: JobAddress,
    { resetAttempts }: { resetAttempts: boolean },
    recheck: Recheck,
  ): Promise<JobState> {
    const { connection, prefix } = this.#target(address)
    const key = jobKey(prefix, address.queue, address.job)
    return this.#change<JobState>({
      address,
      connection,
      prefix,
      recheck,
      cleared: ({ hints }) =>
        resetAttempts && hints?.legacyAttempts ? { key, field: 'attemptsMade' } : null,
      act: async (major, { job, hints }, run) => {
        if (job?.state !== 'failed' && job?.state !== 'completed') throw leftState(address, job)
        const lifo = hints?.lifo === true
        await runRetry(
          major,
          { prefix, ...address },
          { state: job.state, lifo, resetAttempts },
          run,
        )
        return retryTarget(major, job.priority)
      },
    })
  }

  async remove(address: JobAddress, recheck: Recheck): Promise<void> {
    const { connection, prefix } = this.#target(address)
    const removed = await this.#change({
      address,
      connection,
      prefix,
      recheck,
      cleared: () => null,
      act: (major, _facts, run) => runRemove(major, { prefix, ...address }, run),
    })
    if (removed === 0) throw new ConsoleError('JOB_ACTIVE', { job: address.job })
  }

  /** @throws ConsoleError QUEUE_NOT_FOUND for what lies outside the environment's prefixes. */
  #target({ environment, queue }: JobAddress) {
    const { connection, prefixes } = this.#targetOf(environment)
    if (!isQueueReference(prefixes, queue)) throw new ConsoleError('QUEUE_NOT_FOUND', { queue })
    return { connection, prefix: firstPrefix(prefixes) }
  }

  #change<Result>(change: Change<Result>): Promise<Result> {
    const { address, connection, prefix } = change
    return this.#turns.run(address.environment, async () => {
      const redis = await connection.mutations(metaKey(prefix, address))
      try {
        return await this.#attempt(redis, change)
      } catch (error) {
        // Also tells the link, which sees by READONLY and OOM what has become of the server.
        const known = connection.consoleError(error)
        throw refusalOf(error, prefix, address) ?? known
      }
    })
  }

  async #attempt<Result>(redis: Redis, change: Change<Result>): Promise<Result> {
    const { address, cleared, act } = change
    for (let left = attempts; left > 0; left -= 1) {
      let facts: ReadFacts | null = null
      try {
        facts = await this.#watch(redis, change)
        const field = cleared(facts)
        const run: RunScript = (script) =>
          executeWatched(redis, address.job, script, field, this.#timeout)
        const major = scriptMajorOf(facts.queue)
        if (major === null) throw new Error('a change was allowed on a queue without scripts')
        return await act(major, facts, run)
      } catch (error) {
        if (error instanceof ScriptError && facts !== null) {
          await this.#expectUntouched(redis, change, facts)
        }
        if (!(error instanceof ConflictError)) throw error
      }
    }
    throw leftState(address, null)
  }

  /** Looks a last time, so that from here on nothing can change unseen. */
  async #watch(redis: Redis, change: Change<unknown>): Promise<ReadFacts> {
    const { connection, prefix, address, recheck } = change
    const source = onConnection(redis, connection.clustered)
    try {
      const facts = await within(this.#timeout, watchAndRead(redis, source, prefix, address))
      recheck(facts)
      return facts
    } catch (error) {
      // Nothing was sent that changes anything. WATCH must not outlive this look.
      if (error instanceof TimeoutError) redis.disconnect(true)
      else await within(this.#timeout, redis.unwatch()).catch(() => redis.disconnect(true))
      throw error
    }
  }

  /** @throws ConsoleError OUTCOME_UNKNOWN when a script that failed inside left a trace. */
  async #expectUntouched(redis: Redis, change: Change<unknown>, before: ReadFacts) {
    const { connection, prefix, address } = change
    const source = onConnection(redis, connection.clustered)
    const now = await within(this.#timeout, readFacts(source, prefix, address)).catch(() => null)
    if (JSON.stringify(now) !== JSON.stringify(before)) {
      throw new ConsoleError('OUTCOME_UNKNOWN', { job: address.job })
    }
  }
}

/** Decides which server of a cluster has the queue. */
const metaKey = (prefix: string, { queue }: JobAddress) => queueKey(prefix, queue, 'meta')

/** The job is being changed by others again and again, or has gone where it cannot be retried. */
const leftState = ({ job }: JobAddress, facts: ActionFacts['job']) =>
  new ConsoleError('JOB_STATE_CHANGED', {
    job,
    expected: 'failed',
    actual: facts?.state ?? 'unknown',
  })
