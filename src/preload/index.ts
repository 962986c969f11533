/**
 * Hands the console's one MessagePort to the page, and exposes nothing else to it.
 *
 * The page gets `{ type: 'vigie:port' }` by `window.postMessage`, with the port as `event.ports[0]`:
 * - once after its DOMContentLoaded, unless it asked for it before, and
 * - each time it posts `{ type: 'vigie:port-please' }` to itself (its own origin), for instance after
 *   the port closed. Asking again before the answer has come adds nothing.
 * A new port ends the one before it, together with the streams on it. The main process checks who
 * asks and refuses any frame but the main one of the console's own origin.
 */
import { ipcRenderer } from 'electron'

const channel = 'vigie:port'
let state: 'idle' | 'asked' | 'given' = 'idle'

function ask(): void {
  if (state === 'asked') return
  state = 'asked'
  ipcRenderer.send(channel)
}

ipcRenderer.on(channel, (event) => {
  state = 'given'
  window.postMessage({ type: channel }, window.location.origin, [...event.ports])
})

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source !== window || event.origin !== window.location.origin) return
  const { data } = event
  if (typeof data === 'object' && data !== null && 'type' in data) {
    if (data.type === 'vigie:port-please') ask()
  }
})

window.addEventListener('DOMContentLoaded', () => {
  if (state === 'idle') ask()
})
