/*
 * A real producer and worker in one process: so many jobs a second, some of which fail, are retried, are
 * removed at once or by hand; every few seconds old ones are cleaned and the queue is paused for a moment.
 * In the end, where it is told to, some are left waiting, put off and prioritized. What fails since Redis is gone
 * is tried on. Arguments: the library, the port of Redis, the key prefix, the queue, jobs a second, seconds,
 * whether to leave some.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Library } from '../../test-support/mirror-load.ts'
import { bullProducer } from './bull-producer.ts'
import { bullmqProducer } from './bullmq-producer.ts'
import type { AddedJob, ProducerOptions } from './producer.ts'

export interface ChurnResult {
  added: number
  completed: number
  failed: number
  cleaned: number
  /** Jobs a second while it added some. */
  rate: number
  /** Commands that failed, as while Redis was down. */
  refused: number
}

const tick = 50
/** What is left waiting at the end. */
const leftOver = 30
const patience = 60_000

const [library = '', port = '', prefix = '', name = '', rate = '', seconds = '', leave = ''] =
  process.argv.slice(2)
const result: ChurnResult = { added: 0, completed: 0, failed: 0, cleaned: 0, rate: 0, refused: 0 }
const options: ProducerOptions = {
  library: library as Library,
  port: Number(port),
  prefix,
  queue: name,
  async work({ data: { order }, attemptsMade }) {
    if (order % 10 === 0) throw new Error(`Card declined for ord_${order}: insufficient_funds`)
    if (order % 7 === 0 && attemptsMade === 0)
      throw new Error(`connect ETIMEDOUT 10.0.0.${order % 250}:443`)
    return { order }
  },
  completed: () => (result.completed += 1),
  failed: () => (result.failed += 1),
}
const producer =
  options.library === 'bull4' ? bullProducer(options) : bullmqProducer(options.library, options)

const started = Date.now()
const elapsed = () => (Date.now() - started) / 1000
for (let beat = 1; elapsed() < Number(seconds); beat += 1) {
  await orRefused(() => addDue())
  await orRefused(() => disturb(beat))
  await delay(tick)
}
result.rate = result.added / elapsed()
await workedOff()
await producer.stopWorking()
if (leave === 'true') {
  await producer.pause()
  await producer.add(Array.from({ length: leftOver }, (_, index) => leftJob(index)))
}
await producer.close()
process.send?.(result)
process.disconnect?.()

async function addDue(): Promise<void> {
  const due = Math.floor(elapsed() * Number(rate)) - result.added
  if (due <= 0) return
  await producer.add(Array.from({ length: due }, (_, index) => jobOf(result.added + index)))
  result.added += due
}

function jobOf(order: number): AddedJob {
  return {
    name: order % 3 === 0 ? 'charge-card' : 'send-confirmation',
    data: { order },
    opts: {
      ...(order % 7 === 0 ? { attempts: 2, backoff: 200 } : {}),
      ...(order % 5 === 0 ? { removeOnComplete: true } : {}),
      ...(order % 11 === 0 ? { delay: 500 } : {}),
      ...(order % 13 === 0 ? { priority: 1 + (order % 4) } : {}),
    },
  }
}

function leftJob(index: number): AddedJob {
  return {
    name: 'left-over',
    data: { order: index },
    opts: index % 3 === 0 ? {} : index % 3 === 1 ? { delay: 3_600_000 } : { priority: 1 + index },
  }
}

async function disturb(beat: number): Promise<void> {
  if (beat % 100 === 0) result.cleaned += await producer.cleanCompleted()
  if (beat % 130 === 0) await producer.retryFailed()
  if (beat % 170 === 0) {
    await producer.pause()
    await delay(300)
    await producer.resume()
  }
  if (beat % 40 === 0) await producer.removeNewestFailed()
}

/** Until all that waits or is put off has been worked on. */
async function workedOff(): Promise<void> {
  // A pause may have been cut short.
  await producer.resume()
  const until = Date.now() + patience
  for (;;) {
    const left = await producer.left()
    if (left === 0) return
    if (Date.now() > until) throw new Error(`${left} jobs were never worked on`)
    await delay(20)
  }
}

async function orRefused(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch {
    result.refused += 1
  }
}
