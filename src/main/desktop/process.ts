import { app, dialog } from 'electron'
import { setTimeout as delay } from 'node:timers/promises'
import type { RequestContext } from '#api/base.ts'
import type { Labels } from './labels.ts'

type Opening = Promise<{ services: RequestContext['services']; close(): Promise<void> }>

/** A console that does not close in time must not keep the process alive. Milliseconds. */
const closeTime = 5000

/** Before the process ends, closes the console: connections, timers, files; bounded in time. */
export function closeOnQuit(opening: Opening): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void closeConsole(opening, () => {
      closed = true
      // Not from within will-quit, where Electron takes no second quit.
      setImmediate(() => app.quit())
    })
  })
}

/**
 * Keeps a fault from showing a stack trace: a lost promise is logged; anything worse is logged, told and
 * ends the process. Returns what to do with such a fault.
 */
export function guardProcess(opening: Opening, labels: () => Labels): (error: unknown) => void {
  const fail = (error: unknown) => {
    void logError(opening, error, 'uncaught error')
    process.stderr.write(`vigie: ${messageOf(error)}\n`)
    dialog.showErrorBox(labels().unexpected, messageOf(error))
    void closeConsole(opening, () => app.exit(1))
  }
  process.on('unhandledRejection', (error) => void logError(opening, error, 'unhandled rejection'))
  process.on('uncaughtException', fail)
  return fail
}

/** Calls `end` when the console is closed, failed to close, or took too long. */
async function closeConsole(opening: Opening, end: () => void): Promise<void> {
  const close = async () => (await opening).close()
  try {
    await Promise.race([close(), delay(closeTime)])
  } catch (error) {
    process.stderr.write(`vigie: ${messageOf(error)}\n`)
  }
  end()
}

async function logError(opening: Opening, error: unknown, message: string): Promise<void> {
  try {
    const { services } = await opening
    services.log.error({ err: error }, message)
  } catch {
    // A console that did not open has no log; its failure is told where it was awaited.
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
