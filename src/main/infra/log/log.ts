import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { destination, multistream, pino } from 'pino'
import { createStream } from 'rotating-file-stream'
import type { Log } from '#core/services.ts'
import { fileProblem } from '../file-problem.ts'
import { redact, redactText } from './redact.ts'
import { toSentence } from './sentence.ts'

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
 * Opens the log: JSON lines to a file of bounded size, warnings and errors as sentences to standard error too.
 * When the file cannot be written the console goes on without it.
 */
export function openLog({ directory, size = 5 * megabyte, ...options }: LogOptions): FileLog {
  const { level = 'info', stderr = destination({ fd: 2, sync: true }) } = options
  const path = join(directory, 'logs')
  let told = false
  const failed = (error: unknown) => {
    if (told) return
    told = true
    stderr.write(`vigie: the log in ${path} cannot be written: ${fileProblem(error)}\n`)
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
    // Errors are flattened already, by `redact`; pino would take them for plain objects.
    { level, base: { pid: process.pid }, serializers: { err: (error: unknown) => error } },
    multistream([
      { level: 'debug', stream: file },
      { level: 'warn', stream: { write: (line) => stderr.write(toSentence(line)) } },
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
