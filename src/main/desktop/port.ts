import {
  ipcMain,
  MessageChannelMain,
  type IpcMainEvent,
  type MessagePortMain,
  type WebContents,
  type WebFrameMain,
} from 'electron'
import type { RequestContext } from '#api/base.ts'
import { isOwnUrl, origin } from './origin.ts'
import { servePort } from './serve-port.ts'
import type { Report } from './report.ts'

const channel = 'vigie:port'

export interface PortOptions {
  /** What handlers get; the port is handed over once this is there. */
  context: Promise<RequestContext>
  onRefusal: Report
}

/** Hands each of the console's own windows one MessagePort to the router, and takes it back in time. */
export interface PortKeeper {
  /** From now on this window may ask for its port. */
  admit(contents: WebContents): void
}

/**
 * Starts to answer requests for a port. Whoever is not the main frame of an admitted window on the
 * console's origin is refused, loudly. A window has one port at most: the one before it is closed when
 * the page asks again, leaves, reloads or dies, which ends the streams on it.
 */
export function keepPorts({ context, onRefusal }: PortOptions): PortKeeper {
  /** The open port of each admitted window; null while it has none. */
  const ports = new Map<WebContents, MessagePortMain | null>()

  const close = (contents: WebContents) => {
    const port = ports.get(contents)
    if (port === undefined) return
    ports.set(contents, null)
    port?.close()
  }

  const hand = async (contents: WebContents, frame: WebFrameMain) => {
    const given = await context
    if (!ports.has(contents) || !isMainFrame(contents, frame)) return
    close(contents)
    const { port1, port2 } = new MessageChannelMain()
    ports.set(contents, port1)
    port1.on('close', () => {
      if (ports.get(contents) === port1) ports.set(contents, null)
    })
    servePort(port1, given, () => onRefusal({}, 'malformed message refused'))
    port1.start()
    frame.postMessage(channel, null, [port2])
  }

  ipcMain.on(channel, (event) => {
    const { sender, senderFrame } = event
    const refusal = refusalOf(event, ports)
    if (refusal !== null || senderFrame === null) {
      onRefusal({ reason: refusal, origin: senderFrame?.origin }, 'port refused')
      return
    }
    hand(sender, senderFrame).catch((error: unknown) => {
      onRefusal({ err: error }, 'port not handed over')
    })
  })

  return {
    admit(contents) {
      ports.set(contents, null)
      contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
        if (isMainFrame && !isSameDocument) close(contents)
      })
      contents.on('render-process-gone', () => close(contents))
      contents.on('destroyed', () => {
        close(contents)
        ports.delete(contents)
      })
    },
  }
}

/** Why a request for a port is refused; null when it may have one. */
function refusalOf(
  { sender, senderFrame }: IpcMainEvent,
  ports: ReadonlyMap<WebContents, unknown>,
): string | null {
  if (!ports.has(sender)) return 'unknown window'
  if (senderFrame === null) return 'no frame'
  if (!isMainFrame(sender, senderFrame)) return 'not the main frame'
  if (senderFrame.origin !== origin || !isOwnUrl(senderFrame.url)) return 'foreign origin'
  return null
}

/** False too when the frame has gone. (`detached` is no help: it stays true after a crash in Electron 33.) */
function isMainFrame(contents: WebContents, frame: WebFrameMain): boolean {
  return !frame.isDestroyed() && frame.parent === null && frame === contents.mainFrame
}
