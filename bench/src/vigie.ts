import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { webNodeFlags } from '../../scripts/lib/web-node-flags.ts'
import type { Cost } from '../../src/shared/contract/connections.ts'
import { defaultBudget, type Budget } from '../../src/shared/contract/profiles.ts'
import { profileFor } from '../../test-support/profiles.ts'
import { HttpClient, type Reply } from './http.ts'
import { Server } from './server.ts'

const root = resolve(import.meta.dirname, '../..')
const token = 'bench-access-token-of-this-run'
/** Requests as fast as they come would be held back by the ceiling a guest keeps to. */
const ample: Budget = { commandsPerSecond: 100_000, bytesPerSecond: 1_000_000_000 }

export interface VigieQueues {
  queues: { name: string; counts: Record<string, number>; workers: number | null }[]
  discovery: { state: string; finishedAt: number | null }
}

export interface VigieMirror {
  state: string
  rows: number
  gone: number
  behind: number
  gaps: number
  bytes: number
  syncedAt: number | null
  queues: { queue: string; follow: string }[]
  backfill: { done: number; total: number } | null
  details: { done: number; total: number } | null
  text: { done: number; total: number } | null
}

export interface VigiePage {
  items: { id: string }[]
  cursor: string | null
  total: number
}

export interface PageQuery {
  queue: string
  state: string
  size: number
  cursor?: string | undefined
}

/** The built web entry in a process of its own, asked over its HTTP API. */
export class Vigie {
  readonly server: Server
  readonly origin: string
  readonly #client: HttpClient
  readonly #data: string
  readonly #streams = new AbortController()
  #environment = ''

  private constructor(server: Server, data: string) {
    this.server = server
    this.origin = `http://127.0.0.1:${server.printed[1]}`
    this.#client = new HttpClient(this.origin, { authorization: `Bearer ${token}` })
    this.#data = data
  }

  /** Of its window on a list of jobs, opened from outside. */
  jobsAddress(queue: string, state: string): string {
    return `${this.origin}/?token=${token}#/e/${this.#environment}/jobs?queue=${queue}&state=${state}`
  }

  /** Of its window on what a filter finds, opened from outside. */
  foundAddress(filter: string): string {
    return `${this.origin}/?token=${token}#/e/${this.#environment}/jobs?filter=${encodeURIComponent(filter)}`
  }

  /** `budget`: what it may cost Redis; `default` as an operator who changes nothing has it. */
  static async start(
    redisPort: number,
    prefix: string,
    budget: 'default' | 'ample',
  ): Promise<Vigie> {
    const vigie = await Vigie.#on(await mkdtemp(join(tmpdir(), 'vigie-bench-')))
    const profile = profileFor({
      name: 'Benchmarks',
      deployment: { type: 'standalone', host: '127.0.0.1', port: redisPort },
      prefixes: [prefix],
      access: 'view-only',
      budget: budget === 'default' ? defaultBudget : ample,
    })
    const created = await vigie.#client.send('/api/environments', 'POST', { profile })
    vigie.#environment = (JSON.parse(created.body) as { id: string }).id
    await vigie.#connected()
    return vigie
  }

  static async #on(data: string): Promise<Vigie> {
    const server = await Server.start(join(root, 'out/main/serve.js'), {
      ready: /http:\/\/127\.0\.0\.1:(\d+)\/\?token=/,
      args: ['--no-open', '--port=0', `--data=${data}`],
      environment: { VIGIE_TOKEN: token },
      execArgv: webNodeFlags,
    })
    return new Vigie(server, data)
  }

  /** Ends it as `kill -9` does. @returns another one on the same data folder, at another address. */
  async killed(): Promise<Vigie> {
    this.#streams.abort()
    this.#client.close()
    await this.server.kill()
    const next = await Vigie.#on(this.#data)
    next.#environment = this.#environment
    return next
  }

  async #connected() {
    for (let tries = 0; tries < 300; tries += 1) {
      const environments =
        await this.#client.json<{ health: { state: string } }[]>('/api/environments')
      if (environments[0]?.health.state === 'ready') return
      await delay(100)
    }
    throw new Error('Vigie did not reach Redis within 30 seconds')
  }

  overview(): Promise<Reply> {
    return this.#client.send(`/api/environments/${this.#environment}/queues`)
  }

  /** Waits until these queues, and only these, are found and no scan runs any more. */
  async discovered(expected: readonly string[]): Promise<VigieQueues> {
    const wanted = expected.toSorted().join()
    for (let tries = 0; tries < 120; tries += 1) {
      const list = JSON.parse((await this.overview()).body) as VigieQueues
      const found = list.queues.map(({ name }) => name).toSorted()
      const scanned = list.discovery.state === 'idle' && list.discovery.finishedAt !== null
      if (scanned && found.join() === wanted) return list
      // Each look at all queues is charged to the budget that the scan waits for.
      await delay(1000)
    }
    throw new Error(`Vigie did not find the ${expected.length} queues within two minutes`)
  }

  page({ queue, state, size, cursor }: PageQuery): Promise<Reply> {
    const parameters = new URLSearchParams({ state, limit: String(size) })
    if (cursor !== undefined) parameters.set('cursor', cursor)
    return this.#client.send(
      `/api/environments/${this.#environment}/queues/${queue}/jobs?${parameters.toString()}`,
    )
  }

  /** The cursor that continues after the newest `depth` jobs, reached as a reader reaches it. */
  async cursorAt(query: Omit<PageQuery, 'size' | 'cursor'>, depth: number): Promise<string> {
    let cursor: string | undefined
    for (let seen = 0; seen < depth;) {
      const page = pageOf(await this.page({ ...query, size: Math.min(200, depth - seen), cursor }))
      seen += page.items.length
      if (page.cursor === null) throw new Error(`${query.queue} ends after ${seen} jobs`)
      cursor = page.cursor
    }
    if (cursor === undefined) throw new Error('The depth is zero')
    return cursor
  }

  connect(): Promise<unknown> {
    return this.#client.send(`/api/environments/${this.#environment}/connect`, 'POST', {})
  }

  /** Leaves Redis alone until it is told to connect again. */
  disconnect(): Promise<unknown> {
    return this.#client.send(`/api/environments/${this.#environment}/disconnect`, 'POST', {})
  }

  /** Opens the stream of the queue table with these rows on screen; `first` resolves with its first part. */
  async watchQueues(
    shown: readonly string[],
  ): Promise<{ first: Promise<void>; close: () => void }> {
    const closed = new AbortController()
    const rows = shown.map((queue, index) => `visible[${index}]=${encodeURIComponent(queue)}`)
    const body = await this.#stream(`queues/live?${rows.join('&')}`, closed.signal)
    const first = Promise.withResolvers<void>()
    void (async () => {
      for await (const _ of body) first.resolve()
    })().catch(() => undefined)
    return { first: first.promise, close: () => closed.abort() }
  }

  /** Opens the streams a window holds: the queue table and a list of jobs. Answers how to count what came. */
  async openStreams(queue: string, state: string): Promise<() => number> {
    let bytes = 0
    const paths = [
      `queues/live?visible[0]=${queue}`,
      `queues/${queue}/live?state=${state}&limit=50`,
    ]
    for (const path of paths) {
      const body = await this.#stream(path, this.#streams.signal)
      void (async () => {
        for await (const chunk of body) bytes += chunk.length
      })().catch(() => undefined)
    }
    return () => bytes
  }

  async #stream(path: string, signal: AbortSignal) {
    const response = await fetch(`${this.origin}/api/environments/${this.#environment}/${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal,
    })
    if (!response.ok || response.body === null) {
      throw new Error(`${path} answered ${response.status}`)
    }
    return response.body
  }

  mirror(): Promise<VigieMirror> {
    return this.#client.json(`/api/environments/${this.#environment}/mirror`)
  }

  /** What it costs Redis, and whether it gives way. */
  async cost(): Promise<Cost> {
    const path = `/api/environments/${this.#environment}/health`
    return (await this.#client.json<{ cost: Cost }>(path)).cost
  }

  /** Paused, nothing is read for it while something else is measured. */
  tellMirror(what: 'pause' | 'resume' | 'rebuild'): Promise<Reply> {
    return this.#client.send(`/api/environments/${this.#environment}/mirror/${what}`, 'POST', {})
  }

  /** Waits until all that was there is in the mirror, with its details and its text. */
  async mirrored(): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
      const { backfill, details, text, rows } = await this.mirror()
      if (rows > 0 && backfill === null && details === null && text === null) return
      await delay(1000)
    }
    throw new Error('The mirror was not complete within five minutes')
  }

  /** `what` below the environment, such as `jobs?filter=…` or `failures?window=30d`. */
  ask(what: string): Promise<Reply> {
    return this.#client.send(`/api/environments/${this.#environment}/${what}`)
  }

  async stop() {
    this.#streams.abort()
    this.#client.close()
    await this.server.stop()
    await rm(this.#data, { recursive: true, force: true })
  }
}

export function pageOf(reply: Reply): VigiePage {
  return JSON.parse(reply.body) as VigiePage
}
