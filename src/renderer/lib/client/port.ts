import { RPCLink } from '@orpc/client/message-port'
import { backoff } from './backoff.ts'
import { retryEvent, setConnection } from './connection.ts'
import type { SwitchingLink } from './switching-link.ts'

/** What the preload posts to the page together with the port. */
const portMessage = 'vigie:port'
/** What the page posts to ask for it. */
const portRequest = 'vigie:port-please'

/** The preload can only be there when the page is not served by the web entry. */
export function isDesktop(): boolean {
  return !/^https?:$/u.test(window.location.protocol)
}

/** Time the app has to hand over a port before it is asked again, in milliseconds. */
const patience = 3_000

/** Takes the MessagePort that the desktop app's preload hands over, and a new one when that has closed. */
export function connectPort(link: SwitchingLink): void {
  let attempt = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const ask = () => {
    clearTimeout(timer)
    window.postMessage({ type: portRequest }, window.location.origin)
    const wait = patience + backoff(attempt)
    attempt += 1
    timer = setTimeout(() => {
      setConnection('lost', Date.now())
      link.giveUp()
      ask()
    }, wait)
  }

  window.addEventListener('message', (event: MessageEvent<{ type?: unknown } | null>) => {
    const [port] = event.ports
    if (event.source !== window || event.origin !== window.location.origin) return
    if (event.data?.type !== portMessage || port === undefined) return
    clearTimeout(timer)
    attempt = 0
    link.use(new RPCLink({ port }))
    port.addEventListener('close', () => {
      link.use(null)
      setConnection('lost')
      ask()
    })
    port.start()
    setConnection('connected')
  })
  window.addEventListener(retryEvent, ask)
  ask()
}
