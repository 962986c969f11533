/**
 * Hands the console's one MessagePort to the page, and exposes nothing else to it.
 *
 * The page gets `{ type: 'vigie:port' }` by `window.postMessage`, with the port as `event.ports[0]`:
 * - once after its DOMContentLoaded, and
 * - each time it posts `{ type: 'vigie:port-please' }` to itself (its own origin), for instance
 *   when its listener came too late or after the port closed.
 * A new port ends the one before it, together with the streams on it. The main process checks who
 * asks and refuses any frame but the main one of the console's own origin.
 */
import { ipcRenderer } from 'electron'

const channel = 'vigie:port'

const ask = () => ipcRenderer.send(channel)

ipcRenderer.on(channel, (event) => {
  window.postMessage({ type: channel }, window.location.origin, [...event.ports])
})

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || event.origin !== window.location.origin) return
  const { data } = event
  if (typeof data === 'object' && data !== null && 'type' in data) {
    if (data.type === 'vigie:port-please') ask()
  }
})

window.addEventListener('DOMContentLoaded', ask)
