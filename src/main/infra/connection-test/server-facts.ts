import type { Redis } from 'ioredis'
import { readInfo } from '../redis/server-info.ts'
import { nameOf, type Visit } from './visit.ts'

const longestValue = 100

/** The lines of an INFO. */
export function fieldsOf(info: string): ReadonlyMap<string, string> {
  const lines = info.matchAll(/^([\w-]+):([^\r\n]*)/gm)
  return new Map(
    [...lines].map(([, name = '', value = '']) => [name, value.slice(0, longestValue)]),
  )
}

export interface ServerFacts {
  redis: Redis
  name: string
  /** Null when Redis does not tell. */
  fields: ReadonlyMap<string, string> | null
}

/** INFO of every server, read once for all the steps that look at it. */
export class ServerLook {
  readonly #visit: Visit
  #facts: Promise<ServerFacts[]> | null = null

  constructor(visit: Visit) {
    this.#visit = visit
  }

  all(): Promise<ServerFacts[]> {
    this.#facts ??= Promise.all(
      this.#visit.servers.map(async ({ redis, place }) => {
        const info = await readInfo(redis)
        return { redis, name: nameOf(place), fields: info === null ? null : fieldsOf(info) }
      }),
    )
    return this.#facts
  }
}

/** A number of INFO; null when it is not there or none. */
export function numberIn(fields: ReadonlyMap<string, string>, name: string): number | null {
  const text = fields.get(name)
  const number = text === undefined || text === '' ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : null
}
