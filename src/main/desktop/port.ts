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

/** What an admitted window holds: nothing yet, a port on its way, or an open port. */
type Holding = 'nothing' | 'promised' | MessagePortMain

/**
 * Starts to answer requests for a port. Whoever is not the main frame of an admitted window on the
 * console's origin is refused, loudly. A window has one port at most: it stays until the page closes it,
 * leaves, reloads or dies, which ends the streams on it, and asking for another until then does nothing.
 */
export function keepPorts({ context, onRefusal }: PortOptions): PortKeeper {
  const windows = new Map<WebContents, Holding>()

  const take = (contents: WebContents) => {
    const holding = windows.get(contents)
    if (holding === undefined) return
    windows.set(contents, 'nothing')
    if (typeof holding === 'object') holding.close()
  }

  const hand = async (contents: WebContents, frame: WebFrameMain) => {
    if (windows.get(contents) !== 'nothing') return
    windows.set(contents, 'promised')
    const given = await context
    // The page that asked may have left meanwhile; the next one asks for itself.
    if (windows.get(contents) !== 'promised' || !isMainFrame(contents, frame)) return
    const { port1, port2 } = new MessageChannelMain()
    windows.set(contents, port1)
    port1.on('close', () => {
      if (windows.get(contents) === port1) windows.set(contents, 'nothing')
    })
    servePort(port1, given, () => onRefusal({}, 'malformed message refused'))
    port1.start()
    frame.postMessage(channel, null, [port2])
  }

  ipcMain.on(channel, (event) => {
    const { sender, senderFrame } = event
    const refusal = refusalOf(event, windows)
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
      windows.set(contents, 'nothing')
      contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
        if (isMainFrame && !isSameDocument) take(contents)
      })
      // A page that is leaving notices that its port closed and may still ask for another: that one goes
      // to nobody, and must not stand in the way of the page that has come.
      contents.on('did-navigate', () => take(contents))
      contents.on('render-process-gone', () => take(contents))
      contents.on('destroyed', () => {
        take(contents)
        windows.delete(contents)
      })
    },
  }
}

/** Why a request for a port is refused; null when it may have one. */
function refusalOf(
  { sender, senderFrame }: IpcMainEvent,
  windows: ReadonlyMap<WebContents, unknown>,
): string | null {
  if (!windows.has(sender)) return 'unknown window'
  if (senderFrame === null) return 'no frame'
  if (!isMainFrame(sender, senderFrame)) return 'not the main frame'
  if (senderFrame.origin !== origin || !isOwnUrl(senderFrame.url)) return 'foreign origin'
  return null
}

/** False too when the frame has gone. (`detached` is no help: it stays true after a crash in Electron 33.) */
function isMainFrame(contents: WebContents, frame: WebFrameMain): boolean {
  return !frame.isDestroyed() && frame.parent === null && frame === contents.mainFrame
}
