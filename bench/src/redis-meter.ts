import type { Redis } from 'ioredis'

/** What Redis has done so far, or in between two readings. */
export interface RedisWork {
  /** Commands called, those inside scripts included. */
  commands: number
  /** Network bytes Redis received and sent. */
  input: number
  output: number
  /** Redis' own CPU time, in milliseconds. */
  cpu: number
}

export interface MeterReading extends RedisWork {
  /** Bytes of this reading's own reply: Redis counts them only after it was read. */
  own: number
}

const sections = ['stats', 'commandstats', 'cpu'] as const
/** `*4 $4 INFO $5 stats $12 commandstats $3 cpu`, with line ends. */
const requestBytes =
  `*4\r\n$4\r\ninfo\r\n${sections.map((name) => `$${name.length}\r\n${name}\r\n`).join('')}`.length

/** Reads Redis' counters (needs Redis 7 for several sections in one INFO). */
export async function readMeter(redis: Redis): Promise<MeterReading> {
  const text = await redis.info(...sections)
  const value = (name: string) => {
    const found = new RegExp(`^${name}:([\\d.]+)`, 'm').exec(text)?.[1]
    if (found === undefined) throw new Error(`INFO has no ${name}`)
    return Number(found)
  }
  let commands = 0
  for (const [, name, calls] of text.matchAll(/^cmdstat_(\S+):calls=(\d+)/gm)) {
    if (name !== 'info') commands += Number(calls)
  }
  const length = Buffer.byteLength(text)
  return {
    commands,
    input: value('total_net_input_bytes'),
    output: value('total_net_output_bytes'),
    cpu: (value('used_cpu_user') + value('used_cpu_sys')) * 1000,
    // RESP3 answers INFO as a verbatim string: `=<length> \r\n txt: ... \r\n`.
    own: length + 4 + `=${length + 4}\r\n\r\n`.length,
  }
}

/** The work in between, without that of reading the meter itself. */
export function workBetween(before: MeterReading, after: MeterReading): RedisWork {
  return {
    commands: after.commands - before.commands,
    input: after.input - before.input - requestBytes,
    output: after.output - before.output - before.own,
    cpu: after.cpu - before.cpu,
  }
}
