/**
 * Hands the console's one MessagePort to the page, and exposes nothing else to it.
 *
 * The page asks by posting `{ type: 'vigie:port-please' }` to itself (its own origin), once it listens,
 * and again when its port has closed; it gets `{ type: 'vigie:port' }` by `window.postMessage`, with the
 * port as `event.ports[0]`. The main process checks who asks, refuses any frame but the main one of the
 * console's own origin, and gives a page no second port while it has one.
 */
import { ipcRenderer } from 'electron'

const channel = 'vigie:port'

ipcRenderer.on(channel, (event) => {
  window.postMessage({ type: channel }, window.location.origin, [...event.ports])
})

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || event.origin !== window.location.origin) return
  const { data } = event
  if (typeof data === 'object' && data !== null && 'type' in data) {
    if (data.type === 'vigie:port-please') ipcRenderer.send(channel)
  }
})
