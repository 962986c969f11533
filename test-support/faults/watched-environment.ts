import { randomUUID } from 'node:crypto'
import { vi } from 'vitest'
import type { AuditPage, AuditRecord } from '../../src/shared/contract/audit.ts'
import type { Health, Lock, Rights } from '../../src/shared/contract/connections.ts'
import type { Profile, Secrets } from '../../src/shared/contract/profiles.ts'
import { profileFor } from '../profiles.ts'
import type { TestConsole } from '../web-console.ts'

export type JobActionName = 'retry' | 'remove'

/** What the API said to an action: `ok`, or the code of its refusal. */
export interface Answer {
  status: number
  code: string
}

type Expected = Partial<Pick<Health, 'state' | 'reason' | 'server'>>
type ConsoleAccess = Pick<TestConsole, 'fetch'>

/** Between two looks at health: shorter than the shortest pause before a reconnect. */
const lookEvery = 25
const patience = { timeout: 60_000, interval: 20 }

/** One environment as a program sees it over HTTP, with every state it has been seen in. */
export class WatchedEnvironment {
  readonly id: string
  readonly #console: ConsoleAccess
  readonly #seen: { at: number; health: Health }[] = []
  #timer: NodeJS.Timeout | null = null
  #closed = false

  /** Adds an environment by `POST /api/environments`, with its secrets in memory. */
  static async add(
    console: ConsoleAccess,
    profile: Partial<Profile>,
    secrets: Secrets = {},
  ): Promise<WatchedEnvironment> {
    // No two environments of a console have one name.
    const name = `Test ${randomUUID().slice(0, 8)}`
    const body = { profile: profileFor({ name, ...profile }), secrets, keepSecrets: 'memory' }
    const { id } = await ask<{ id: string }>(console, 'POST', '/api/environments', body)
    return new WatchedEnvironment(console, id)
  }

  /** Of a console that already has it. */
  constructor(console: ConsoleAccess, id: string) {
    this.#console = console
    this.id = id
    this.#look()
  }

  close(): void {
    this.#closed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  /** What `GET .../health` says now. */
  vitals(): Promise<{ health: Health; rights: Rights }> {
    return ask(this.#console, 'GET', `${this.#path}/health`)
  }

  async lock(): Promise<Lock> {
    return (await ask<{ lock: Lock }>(this.#console, 'GET', this.#path)).lock
  }

  change(profile: Partial<Profile>, secrets: Secrets = {}): Promise<unknown> {
    return ask(this.#console, 'PATCH', this.#path, { profile, secrets, keepSecrets: 'memory' })
  }

  post(path: 'unlock' | 'connect', body: object): Promise<unknown> {
    return ask(this.#console, 'POST', `${this.#path}/${path}`, body)
  }

  /** Resolves with the instant at which it was first seen so, at `since` or later. */
  reaches(expected: Expected, since: number): Promise<number> {
    return vi.waitFor(() => {
      const found = this.#seen.find(({ at, health }) => at >= since && matches(health, expected))
      if (found !== undefined) return found.at
      throw new Error(`not ${JSON.stringify(expected)}: ${this.statesSince(since).join(', ')}`)
    }, patience)
  }

  /** Resolves with the instant at which it was seen ready because of an answer after `since`. */
  recovers(since: number, expected: Expected = { state: 'ready', reason: null }): Promise<number> {
    return vi.waitFor(() => {
      const last = this.#seen.at(-1)
      if (last !== undefined && matches(last.health, expected)) {
        if ((last.health.lastAnswerAt ?? 0) >= since) return last.at
      }
      throw new Error(`not back: ${this.statesSince(since).join(', ')}`)
    }, patience)
  }

  /** Resolves when so many PINGs were answered: the console knows by then what is usual here. */
  answers(count: number): Promise<void> {
    return vi.waitFor(() => {
      const answers = new Set(this.#seen.map(({ health }) => health.lastAnswerAt))
      if (answers.size < count) throw new Error(`${answers.size} of ${count} PINGs answered`)
    }, patience)
  }

  /** Each state with its reason, as they followed one another. */
  statesSince(since: number): string[] {
    const states = this.#seen
      .filter(({ at }) => at >= since)
      .map(({ health: { state, reason } }) => (reason === null ? state : `${state}/${reason}`))
    return states.filter((state, index) => state !== states[index - 1])
  }

  async act(action: JobActionName, queue: string, job: string): Promise<Answer> {
    const path = `${this.#path}/queues/${encodeURIComponent(queue)}/jobs/${job}`
    const response =
      action === 'retry'
        ? await send(this.#console, 'POST', `${path}/retry`, {})
        : await send(this.#console, 'DELETE', path)
    const { code } = (await response.json()) as { code?: string }
    return { status: response.status, code: response.status === 200 ? 'ok' : (code ?? 'none') }
  }

  /** The number of failed jobs on a page, as a screen would read it. */
  async read(queue: string): Promise<{ status: number; jobs: number }> {
    const path = `${this.#path}/queues/${encodeURIComponent(queue)}/jobs?state=failed&limit=200`
    const response = await send(this.#console, 'GET', path)
    const { items = [] } = (await response.json()) as { items?: unknown[] }
    return { status: response.status, jobs: items.length }
  }

  /** All records of actions on a queue, oldest first. */
  async audit(queue: string): Promise<AuditRecord[]> {
    const records: AuditRecord[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = new URLSearchParams({ queue, limit: '200', ...(cursor && { cursor }) })
      const path = `${this.#path}/audit?${query.toString()}`
      const page: AuditPage = await ask(this.#console, 'GET', path)
      records.push(...page.items)
      ;({ cursor } = page)
    }
    return records.toReversed()
  }

  get #path(): string {
    return `/api/environments/${this.id}`
  }

  #look(): void {
    this.vitals()
      .then(({ health }) => this.#seen.push({ at: Date.now(), health }))
      // The console is closing, or stopped.
      .catch(() => {})
      .finally(() => {
        if (!this.#closed) this.#timer = setTimeout(() => this.#look(), lookEvery)
      })
  }
}

function matches(health: Health, expected: Expected): boolean {
  return Object.entries(expected).every(([name, value]) => health[name as keyof Health] === value)
}

function send(console: ConsoleAccess, method: string, path: string, body?: object) {
  const json = body === undefined ? {} : { body: JSON.stringify(body) }
  return console.fetch(path, { method, headers: { 'content-type': 'application/json' }, ...json })
}

async function ask<Result>(
  console: ConsoleAccess,
  method: string,
  path: string,
  body?: object,
): Promise<Result> {
  const response = await send(console, method, path, body)
  if (!response.ok)
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Result
}
