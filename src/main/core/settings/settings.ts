import { EventEmitter, on } from 'node:events'
import { settingsSchema, type Settings } from '#shared/contract/settings.ts'
import type { Log, SettingsService } from '../services.ts'
import type { SettingsStore } from './ports.ts'

/** Preferences of this console. A value that cannot be used is logged and counts as its default. */
export class StoredSettings implements SettingsService {
  readonly #store: SettingsStore
  readonly #log: Log
  readonly #changes = new EventEmitter().setMaxListeners(0)
  #current: Settings

  constructor({ store, log }: { store: SettingsStore; log: Log }) {
    this.#store = store
    this.#log = log
    this.#current = this.#load()
  }

  get(): Settings {
    return this.#current
  }

  update(change: Partial<Settings>): Settings {
    const given = Object.entries(change).filter(([, value]) => value !== undefined)
    const next = settingsSchema.parse({ ...this.#current, ...Object.fromEntries(given) })
    this.#store.write(new Map(given.map(([name, value]) => [name, JSON.stringify(value)])))
    this.#current = next
    this.#changes.emit('change', next)
    return next
  }

  async *watch(signal: AbortSignal): AsyncIterable<Settings> {
    if (signal.aborted) return
    // Listens before the first value goes out, so that no change falls between.
    const changes = on(this.#changes, 'change', { signal })
    yield this.#current
    try {
      for await (const [settings] of changes) yield settings as Settings
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }

  #load(): Settings {
    const stored = this.#read()
    const entries = Object.entries(settingsSchema.shape).flatMap(([name, schema]) => {
      const text = stored.get(name)
      if (text === undefined) return []
      const parsed = schema.safeParse(valueOf(text))
      if (parsed.success) return [[name, parsed.data] as const]
      this.#log.warn({ setting: name }, 'a stored setting is damaged: its default is used')
      return []
    })
    return settingsSchema.parse(Object.fromEntries(entries))
  }

  #read(): Map<string, string> {
    try {
      return this.#store.read()
    } catch (error) {
      this.#log.error({ err: error }, 'the settings cannot be read: defaults are used')
      return new Map()
    }
  }
}

/** `null` for text that is not JSON: no setting accepts it. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
