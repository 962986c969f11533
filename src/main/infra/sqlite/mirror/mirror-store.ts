import BetterSqlite from 'better-sqlite3'
import { existsSync } from 'node:fs'
import type { MirrorReader, MirrorStore, MirrorWriter } from '#core/mirror/ports.ts'
import { mirrorPath, removeMirror } from './mirror-path.ts'
import { mirrorError } from './mirror-problem.ts'
import { Asked } from './thread/asked.ts'
import { ThreadedReader } from './thread/threaded-reader.ts'
import { ThreadedWriter } from './thread/threaded-writer.ts'

/** Mirror files in the data folder, each written by a thread of its own and read by two that all share. */
export class SqliteMirrorStore implements MirrorStore {
  readonly #directory: string
  readonly #asked = new Asked()
  readonly #reader: ThreadedReader

  constructor({ directory }: { directory: string }) {
    this.#directory = directory
    keepSqliteLoaded()
    this.#reader = new ThreadedReader((environment) => this.#fileOf(environment), this.#asked)
  }

  get reader(): MirrorReader {
    return this.#reader
  }

  writer(environment: string, prefix = 'bull'): MirrorWriter {
    return new ThreadedWriter({
      file: this.#fileOf(environment),
      prefix,
      asked: this.#asked,
      release: async () => this.#reader.release(environment),
    })
  }

  exists(environment: string): boolean {
    return existsSync(this.#fileOf(environment))
  }

  async remove(environment: string): Promise<void> {
    await this.#reader.release(environment)
    const file = this.#fileOf(environment)
    try {
      removeMirror(file)
    } catch (error) {
      throw mirrorError(error, file)
    }
  }

  async close(): Promise<void> {
    await this.#reader.close()
  }

  #fileOf(environment: string): string {
    return mirrorPath(this.#directory, environment)
  }
}

/**
 * Where only a thread has loaded SQLite, it is unloaded when that ends, and what is left of it to clean up ends
 * the process (https://github.com/WiseLibs/better-sqlite3/issues/1476).
 */
function keepSqliteLoaded(): void {
  new BetterSqlite(':memory:').close()
}
