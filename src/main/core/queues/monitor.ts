import type { QueueList } from '#shared/contract/queues.ts'
import { isReadable } from '#shared/contract/connections.ts'
import { isConsoleError } from '#shared/errors.ts'
import type { EnvironmentLink } from '../environments/ports.ts'
import { LiveValue } from '../live-value.ts'
import type { Log } from '../services.ts'
import type { QueueBook } from './queue-book.ts'

const second = 1000
/** Queues nobody looks at are read this many times less often, in the background. */
const hiddenEvery = 10
/** At most four updates a second for each subscriber. */
const updateGap = 250

/**
 * Reads the queues of one environment for all who watch them: one timer, one round trip a second,
 * whatever the number of watchers. Without a watcher nothing runs. While Redis is away, or background
 * work has to wait, the watchers stay, and what they last saw keeps its time of reading.
 */
export class QueueMonitor {
  readonly #book: QueueBook
  readonly #link: EnvironmentLink
  readonly #log: Log
  readonly #watchers = new Set<{ visible: ReadonlySet<string>; live: LiveValue<QueueList> }>()
  #stop: (() => void) | null = null
  #ticks = 0
  #reading = false
  #readingHidden = false
  #readOnce = false

  constructor(parts: { book: QueueBook; link: EnvironmentLink; log: Log }) {
    this.#book = parts.book
    this.#link = parts.link
    this.#log = parts.log
    this.#book.onChange(() => this.#push())
  }

  async *watch(
    visible: readonly string[],
    signal: AbortSignal,
  ): AsyncGenerator<QueueList, void, undefined> {
    const watcher = { visible: new Set(visible), live: new LiveValue<QueueList>() }
    this.#watchers.add(watcher)
    this.#start()
    try {
      yield* watcher.live.values(signal, updateGap)
    } finally {
      this.#watchers.delete(watcher)
      if (this.#watchers.size === 0) this.close()
    }
  }

  close(): void {
    this.#stop?.()
    this.#stop = null
  }

  /** Ends all watchers: the environment is gone or opened anew, and whoever still wants it asks again. */
  end(): void {
    for (const { live } of this.#watchers) live.end()
    this.close()
  }

  /** A newcomer sees everything at once, whatever the others have been looking at. */
  #start(): void {
    this.#ticks = 0
    this.#stop ??= this.#run()
    void this.#tick()
  }

  /** Each second, and at once when Redis is there (again). */
  #run(): () => void {
    const timer = setInterval(() => void this.#tick(), second)
    let before = isReadable(this.#link.health())
    const stopFollowing = this.#link.onHealth((health) => {
      const readable = isReadable(health)
      if (readable && !before) void this.#tick()
      before = readable
    })
    return () => {
      clearInterval(timer)
      stopFollowing()
    }
  }

  async #tick(): Promise<void> {
    if (this.#reading || !isReadable(this.#link.health())) return
    this.#reading = true
    const full = this.#ticks % hiddenEvery === 0
    this.#ticks += 1
    // What was never read cannot show at all, so somebody waits for it.
    const due = [...new Set([...this.#visible(), ...(full ? this.#book.unread() : [])])]
    if (full) void this.#readHidden(new Set(due))
    try {
      if (due.length > 0) await this.#book.refresh(due, { fresh: false, urgency: 'interactive' })
      this.#readOnce = true
      this.#push()
    } catch (error) {
      // Away for now: the connection tells about itself, and the next reading says what is new.
      if (isConsoleError(error) && error.code === 'ENVIRONMENT_UNREACHABLE') return
      if (!isConsoleError(error)) this.#log.error({ err: error }, 'queues could not be read')
      for (const { live } of this.#watchers) live.fail(error)
    } finally {
      this.#reading = false
    }
  }

  /** Apart from the others, since it may have to wait. */
  async #readHidden(shown: ReadonlySet<string>): Promise<void> {
    const hidden = this.#book.names().filter((name) => !shown.has(name))
    if (this.#readingHidden || hidden.length === 0) return
    this.#readingHidden = true
    try {
      await this.#book.refresh(hidden, { fresh: false, urgency: 'background' })
      this.#push()
    } catch (error) {
      // What is expected to fail is told by the connection, and by the reading of what is visible.
      if (!isConsoleError(error)) this.#log.error({ err: error }, 'queues could not be read')
    } finally {
      this.#readingHidden = false
    }
  }

  #visible(): string[] {
    const known = new Set(this.#book.names())
    const visible = new Set([...this.#watchers].flatMap(({ visible }) => [...visible]))
    return [...visible].filter((queue) => known.has(queue))
  }

  #push(): void {
    // Before the first reading an empty list would say that there are no queues.
    if (!this.#readOnce || this.#watchers.size === 0) return
    const list = this.#book.list()
    for (const { live } of this.#watchers) live.push(list)
  }
}
