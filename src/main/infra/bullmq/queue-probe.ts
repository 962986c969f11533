import type { QueueReading } from '#core/queues/ports.ts'
import type { StateCounts } from '#shared/contract/queues.ts'
import { jobStates } from '#shared/domain/job-state.ts'
import { bullmqVersion, majorOf } from '#shared/domain/library-version.ts'
import { isPermissionReply } from '../redis/failure.ts'
import { type Batch, countOf, idsOf, numberOf, textOf, textsOf } from './batch.ts'
import { FinishedCounts } from './finished-counts.ts'
import { isMarkerId, pausedSuffix, queueKey, stateKeys } from './keys.ts'
import { LineHead } from './line-head.ts'
import { WorkerCheck } from './worker-check.ts'
import type { WorkerCounts } from './workers.ts'

/** A queue's figures, `gone` when none of its keys is left, the error when Redis refused to tell. */
export type ProbeResult = QueueReading | 'gone' | Error

/**
 * Reads one queue again and again. It remembers between readings what need not be asked each time,
 * and asks for rare things (a paused list, Bull's own keys) only where they may be.
 */
export class QueueProbe {
  readonly head: LineHead
  readonly #name: string
  readonly #key: (suffix: string) => string
  readonly #finished: FinishedCounts
  readonly #workers: WorkerCheck
  #library: QueueReading['library'] | null = null
  #version: string | null = null
  #pausedLength: number | null = null
  #prioritized: number | null = null

  constructor(prefix: string, name: string) {
    this.#name = name
    this.#key = (suffix) => queueKey(prefix, name, suffix)
    this.head = new LineHead(prefix, name)
    this.#finished = new FinishedCounts(prefix, name)
    this.#workers = new WorkerCheck(prefix, name)
  }

  /** Adds this queue's commands to a batch; the function it gives reads their replies. */
  ask(batch: Batch, now: number, fresh: boolean): (workers: WorkerCounts) => ProbeResult {
    const key = this.#key
    const old = this.#library !== 'bullmq' || (majorOf(this.#version) ?? 0) < 5
    const counts = jobStates.map((state) => {
      const { suffix, type } = stateKeys[state]
      return [state, batch.add(type === 'list' ? 'llen' : 'zcard', key(suffix))] as const
    })
    const pausedLength = batch.add('llen', key(pausedSuffix))
    const meta = batch.add('hmget', key('meta'), 'version', 'opts.maxLenEvents', 'paused')
    const added = batch.add('get', key('id'))
    const wait = batch.add('lrange', key('wait'), -2, -1)
    const paused = this.#pausedLength === 0 ? null : batch.add('lrange', key(pausedSuffix), -2, -1)
    const prioritized =
      this.#prioritized === 0 ? null : batch.add('zrange', key('prioritized'), 0, 0)
    const front = old ? batch.add('lindex', key('wait'), 0) : null
    const bullPaused = old ? batch.add('exists', key('meta-paused')) : null
    const events = this.#library === 'bullmq' ? null : batch.add('exists', key('events'))
    const takers = [
      this.head.ask(batch),
      this.#finished.ask(batch, now, fresh),
      this.#workers.ask(batch),
    ]

    return (workers) => {
      const needed = [...counts.map(([, reply]) => reply()), meta(), added(), pausedLength()]
      const denied = needed.find((reply): reply is Error => isPermissionReply(reply))
      if (denied !== undefined) return denied

      const [version = null, maxLenEvents = null, pausedMark = null] = textsOf(meta())
      const figures = Object.fromEntries(
        counts.map(([state, reply]) => [state, countOf(reply())]),
      ) as StateCounts
      const counter = numberOf(textOf(added()))
      const pausedByBull = countOf(bullPaused?.()) > 0
      this.#pausedLength = countOf(pausedLength())
      this.#prioritized = figures.prioritized
      const marked = [version, maxLenEvents, pausedMark, counter].some((value) => value !== null)
      const filled = Object.values(figures).some((count) => count > 0) || this.#pausedLength > 0
      if (!marked && !pausedByBull && !filled) return 'gone'

      this.#version = bullmqVersion(version)
      if (version !== null || maxLenEvents !== null || countOf(events?.()) > 0) {
        this.#library = 'bullmq'
      } else this.#library ??= 'bull'

      const ends = [...idsOf(wait()), ...idsOf(paused?.()), textOf(front?.()) ?? '']
      const markers = new Set(ends.filter(isMarkerId)).size
      figures.waiting = Math.max(0, figures.waiting + this.#pausedLength - markers)
      for (const take of takers) take()
      this.head.move([idsOf(wait()), idsOf(paused?.()), idsOf(prioritized?.())])

      return {
        name: this.#name,
        at: now,
        library: this.#library,
        version: this.#version,
        counts: figures,
        paused: pausedMark !== null || pausedByBull,
        // Bull names its connections in ways that count a worker once, thrice or not at all.
        workers: this.#library === 'bull' ? null : this.#workers.count(workers, figures.active),
        added: counter,
        finished: this.#finished.figures,
        oldestWaitingAt: this.head.addedAt,
      }
    }
  }
}
