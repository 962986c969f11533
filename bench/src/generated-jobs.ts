import type { Redis } from 'ioredis'
import { orderOf, type JobTemplate } from './real-jobs.ts'
import { encode, encodeWord, RedisStream } from './redis-stream.ts'

type Slot = 'order' | 'timestamp' | 'processedOn' | 'finishedOn'
const slots: readonly Slot[] = ['order', 'timestamp', 'processedOn', 'finishedOn']
/** Stands for a slot while a template is cut up; in no text a worker writes. */
const mark = '\u0000'

/** A job's fields in Redis' protocol, cut at the places that differ from job to job. */
class EncodedTemplate {
  readonly #words: number
  readonly #texts: string[]
  readonly #slots: Slot[]

  constructor(template: JobTemplate) {
    this.#words = 2 + template.fields.length * 2
    const marked = (slot: Slot) => `${mark}${slots.indexOf(slot)}${mark}`
    const body = template.fields
      .map(([name, value]) => {
        const whole = slots.find((slot) => slot === name)
        return `${encodeWord(name)}${
          whole === undefined
            ? encodeWord(value).replaceAll(template.order, marked('order'))
            : encodeWord(value).replace(value, marked(whole))
        }`
      })
      .join('')
    const parts = body.split(mark)
    this.#texts = parts.filter((_, index) => index % 2 === 0)
    this.#slots = parts.flatMap((part, index) => {
      const slot = slots[Number(part)]
      return index % 2 === 1 && slot !== undefined ? [slot] : []
    })
  }

  command(key: string, values: Record<Slot, string>): string {
    let text = `*${this.#words}\r\n$4\r\nHSET\r\n${encodeWord(key)}${this.#texts[0]}`
    for (let index = 0; index < this.#slots.length; index += 1) {
      const slot = this.#slots[index]
      if (slot !== undefined) text += `${values[slot]}${this.#texts[index + 1]}`
    }
    return text
  }
}

export interface GeneratedQueue {
  prefix: string
  queue: string
  count: number
  state?: 'failed' | 'completed'
  /** The first and last job's end, in milliseconds since the epoch. */
  from: number
  to: number
}

const zaddBatch = 500

/**
 * Loads jobs as a worker would have left them: same fields, same sizes, their own order number and
 * times. Ids count from 1, as BullMQ's do; one job in twenty ends in the same millisecond as the one
 * before.
 */
export async function loadJobs(
  port: number,
  templates: readonly JobTemplate[],
  { prefix, queue, count, state = 'failed', from, to }: GeneratedQueue,
): Promise<void> {
  const encoded = templates.map((template) => new EncodedTemplate(template))
  const stream = await RedisStream.open(port)
  const step = (to - from) / count
  let scored: string[] = []
  for (let id = 1; id <= count; id += 1) {
    const finished = Math.floor(from + step * (id % 20 === 0 ? id - 1 : id))
    const duration = 40 + ((id * 7919) % 2500)
    const wait = 5 + ((id * 104_729) % 60_000)
    await stream.write(
      encoded[id % encoded.length]?.command(`${prefix}:${queue}:${id}`, {
        order: orderOf(id),
        finishedOn: String(finished),
        processedOn: String(finished - duration),
        timestamp: String(finished - duration - wait),
      }) ?? '',
    )
    scored.push(String(finished), String(id))
    if (scored.length >= zaddBatch * 2 || id === count) {
      await stream.write(encode(['ZADD', `${prefix}:${queue}:${state}`, ...scored]))
      scored = []
    }
  }
  await stream.write(encode(['HSET', `${prefix}:${queue}:meta`, ...metaFields]))
  await stream.write(encode(['INCRBY', `${prefix}:${queue}:id`, String(count)]))
  await stream.end()
}

/** As BullMQ 6 writes it when a queue is opened. */
const metaFields = ['opts.maxLenEvents', '10000', 'version', 'bullmq:6.7.0'] as const

/** Throws unless generated jobs equal the real ones they were made from, in fields and sizes. */
export async function checkGeneratedJobs(
  redis: Redis,
  templates: readonly JobTemplate[],
  { prefix, queue, count, state = 'failed' }: GeneratedQueue,
): Promise<void> {
  const total = await redis.zcard(`${prefix}:${queue}:${state}`)
  if (total !== count) throw new Error(`${queue} has ${total} jobs instead of ${count}`)
  const every = Math.max(1, Math.floor(count / 500))
  for (let id = 1; id <= count; id += every) {
    const template = templates[id % templates.length]
    const hash = await redis.hgetall(`${prefix}:${queue}:${id}`)
    const real = sizes(template?.fields ?? [])
    const generated = sizes(Object.entries(hash))
    if (generated !== real) {
      throw new Error(`Job ${id} of ${queue} has ${generated}; a real one has ${real}`)
    }
    const score = await redis.zscore(`${prefix}:${queue}:${state}`, String(id))
    if (score !== hash['finishedOn']) throw new Error(`Job ${id} of ${queue} has a wrong score`)
    JSON.parse(hash['data'] ?? '')
    JSON.parse(hash['stacktrace'] ?? '')
  }
}

function sizes(fields: Iterable<readonly [string, string]>): string {
  return [...fields]
    .map(([name, value]) => `${name} ${Buffer.byteLength(value)}`)
    .sort()
    .join(', ')
}
