import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { destination, multistream, pino } from 'pino'
import { createStream } from 'rotating-file-stream'
import type { Log } from '#core/services.ts'
import { redact, redactText } from './redact.ts'

export interface LogOptions {
  /** Logs go to `logs/vigie.log` in it, readable by the owner only. */
  directory: string
  /** Bytes after which the file is set aside; four such files are kept. */
  size?: number
  level?: 'debug' | 'info' | 'warn'
  /** Where warnings and errors go besides; standard error unless told otherwise. */
  stderr?: { write(line: string): void }
}

export interface FileLog extends Log {
  /** Resolves when everything is written. */
  close(): Promise<void>
}

const megabyte = 1024 * 1024
const filesKept = 4

/**
 * Opens the log: JSON lines to a file of bounded size, warnings and errors to standard error as well.
 * When the file cannot be written the console goes on without it.
 */
export function openLog({ directory, size = 5 * megabyte, ...options }: LogOptions): FileLog {
  const { level = 'info', stderr = destination({ fd: 2, sync: true }) } = options
  const path = join(directory, 'logs')
  const failed = (error: unknown) => {
    const text = error instanceof Error ? error.message : String(error)
    stderr.write(`${JSON.stringify({ msg: 'the log cannot be written', error: text })}\n`)
  }
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    failed(error)
  }
  const file = createStream('vigie.log', {
    path,
    size: `${Math.max(1, Math.floor(size))}B`,
    rotate: filesKept,
    mode: 0o600,
  })
  const logger = pino(
    { level, base: { pid: process.pid } },
    multistream([
      { level: 'debug', stream: file },
      { level: 'warn', stream: stderr },
    ]),
  )
  file.on('error', failed)
  const at = (name: keyof Log) => (fields: object, message: string) => {
    logger[name](redact(fields), redactText(message))
  }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    close: () => new Promise((resolve) => file.end(() => resolve())),
  }
}
