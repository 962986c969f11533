import { RPCLink } from '@orpc/client/websocket'
import { backoff } from './backoff.ts'
import { retryEvent, setConnection, useConnection } from './connection.ts'
import type { SwitchingLink } from './switching-link.ts'

const openTimeout = 10_000

/** Whether the console answers but refuses this page: after a restart its access token is another. */
async function isRefused(): Promise<boolean> {
  try {
    const { status } = await fetch('./', { method: 'HEAD', cache: 'no-store' })
    return status === 401 || status === 403
  } catch {
    return false
  }
}

/**
 * Keeps `link` connected to the console's WebSocket for as long as the page lives. A try is made at
 * once when the network or the window comes back.
 *
 * Each connection is a new socket with its own oRPC peer, instead of one socket object that reconnects
 * underneath the same peer: no answer of an old connection can be taken for one of the new.
 */
export function connectSocket(link: SwitchingLink, url: string): void {
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let socket: WebSocket | null = null

  const open = () => {
    clearTimeout(timer)
    const next = new WebSocket(url)
    socket = next
    const late = setTimeout(() => next.close(), openTimeout)
    const rpc = new RPCLink({ websocket: next })
    next.addEventListener('open', () => {
      clearTimeout(late)
      attempt = 0
      link.use(rpc)
      setConnection('connected')
    })
    next.addEventListener('close', () => {
      clearTimeout(late)
      socket = null
      link.use(null)
      void retryLater()
    })
  }

  const retryLater = async () => {
    const delay = backoff(attempt)
    const nextTryAt = Date.now() + delay
    attempt += 1
    // One that was refused may be let in again: another tab that opens the console brings the cookie.
    if (useConnection.getState().state !== 'refused') setConnection('lost', nextTryAt)
    link.giveUp()
    clearTimeout(timer)
    timer = setTimeout(open, delay)
    const refused = await isRefused()
    if (socket === null) setConnection(refused ? 'refused' : 'lost', refused ? null : nextTryAt)
  }

  const retryNow = () => {
    if (socket === null) open()
  }
  window.addEventListener('online', retryNow)
  window.addEventListener(retryEvent, retryNow)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') retryNow()
  })
  open()
}
