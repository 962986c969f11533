import { RPCLink } from '@orpc/client/message-port'
import { setConnection } from './connection.ts'
import type { SwitchingLink } from './switching-link.ts'

/** What the preload posts to the page together with the port. */
const portMessage = 'vigie:port'
/** What the page posts to ask for it. */
const portRequest = 'vigie:port-please'

/** The preload can only be there when the page is not served by the web entry. */
export function isDesktop(): boolean {
  return !/^https?:$/u.test(window.location.protocol)
}

/** Takes the MessagePort that the desktop app's preload hands over, and a new one whenever it sends one. */
export function connectPort(link: SwitchingLink): void {
  window.addEventListener('message', (event: MessageEvent<{ type?: unknown } | null>) => {
    const [port] = event.ports
    if (event.source !== window || event.origin !== window.location.origin) return
    if (event.data?.type !== portMessage || port === undefined) return
    link.use(new RPCLink({ port }))
    port.addEventListener('close', () => {
      link.use(null)
      setConnection('lost')
      request()
    })
    port.start()
    setConnection('connected')
  })
  request()
}

function request(): void {
  window.postMessage({ type: portRequest }, window.location.origin)
}
