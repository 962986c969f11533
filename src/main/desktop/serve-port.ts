import { RPCHandler } from '@orpc/server/message-port'
import type { RequestContext } from '#api/base.ts'
import { router } from '#api/router.ts'
import { parsePeerMessage } from './peer-message.ts'

/** The half of a MessagePort this room needs: Electron's, or Node's in tests. */
export interface ServerPort {
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  postMessage(data: unknown): void
}

const handler = new RPCHandler(router)

/**
 * Answers the contract's procedures on `port` until it closes; closing aborts what is under way,
 * streams included. A message that is no request goes to `onMalformed` and no further.
 */
export function servePort(
  port: ServerPort,
  context: RequestContext,
  onMalformed: () => void,
): void {
  const on = (event: string, listener: (message?: { data: unknown }) => void) => {
    if (event === 'close') port.on('close', () => listener())
    if (event === 'message') {
      port.on('message', ({ data }) => {
        const message = parsePeerMessage(data)
        if (message === null) onMalformed()
        else listener({ data: message })
      })
    }
  }
  handler.upgrade({ on, postMessage: (data: unknown) => port.postMessage(data) }, { context })
}
