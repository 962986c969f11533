import { EventEmitter } from 'node:events'

export interface LuaScript {
  lua: string
  keys: string[]
  values: (string | number | Buffer)[]
}

export type RunScript = (script: LuaScript) => Promise<unknown>

/**
 * A Redis client for BullMQ (its `IRedisClient`, the port both majors offer) that can do one thing:
 * hand the script BullMQ wants to run, with its keys and arguments, to `run`. So BullMQ's public
 * methods decide what is done, and this folder decides how: inside a transaction, on a connection
 * BullMQ never touches. It leaves no listener, connection or command behind, and whatever else a
 * future BullMQ might try fails loudly.
 */
export class ScriptClient extends EventEmitter {
  readonly status = 'ready'
  readonly isCluster = false
  readonly options = {}
  readonly #scripts = new Map<string, { numberOfKeys: number; lua: string }>()
  readonly #run: RunScript

  constructor(run: RunScript) {
    super()
    this.#run = run
  }

  defineCommand(name: string, definition: { numberOfKeys: number; lua: string }): void {
    this.#scripts.set(name, definition)
  }

  async runCommand(name: string, args: (string | number | Buffer)[]): Promise<unknown> {
    const script = this.#scripts.get(name)
    if (script === undefined) throw new Error(`BullMQ asked for the unknown script ${name}`)
    const { lua, numberOfKeys } = script
    const keys = args.slice(0, numberOfKeys).map(String)
    return this.#run({ lua, keys, values: args.slice(numberOfKeys) })
  }

  connect(): Promise<void> {
    return Promise.resolve()
  }

  disconnect(): void {}

  readonly multi = refuse('MULTI')
  readonly pipeline = refuse('a pipeline')
  readonly duplicate = refuse('a second connection')
  readonly scanStream = refuse('SCAN')
}

function refuse(what: string): () => never {
  return () => {
    throw new Error(`BullMQ asked for ${what} where only one script may run`)
  }
}
