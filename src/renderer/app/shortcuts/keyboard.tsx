import { useLayoutEffect } from 'react'
import { allCommands } from '../../lib/commands/index.ts'
import { match } from '../../lib/commands/shortcut.ts'

/** Time for the second key of a sequence, in milliseconds. */
const sequenceTime = 1200

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input,textarea,select,[contenteditable]') !== null)
  )
}

/**
 * Whether a dialog has the keyboard: the page behind it must not act. A dialog that the same key has
 * just closed is no longer in the document, but still on the way the event takes.
 */
function isInDialog(event: KeyboardEvent): boolean {
  return (
    document.querySelector('[role="dialog"][aria-modal="true"]') !== null ||
    event.composedPath().some((on) => on instanceof Element && on.role === 'dialog')
  )
}

/** Runs commands by their keys, but not while something is being typed or a dialog is open. */
export function Keyboard() {
  // Before the screen is painted: what can be seen can be used.
  useLayoutEffect(() => {
    let prefix: { step: string; until: number } | null = null
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isInDialog(event)) return
      const modified = event.ctrlKey || event.metaKey
      if (isTyping(event.target) && !modified) return
      const commands = allCommands().filter(
        ({ shortcut, enabled, passive }) =>
          shortcut !== undefined && enabled !== false && passive !== true,
      )
      const begun = prefix !== null && event.timeStamp < prefix.until ? prefix.step : null
      prefix = null
      const found = match(
        commands.map(({ shortcut }) => shortcut ?? ''),
        begun,
        event,
      )
      if (found === null) return
      if ('prefix' in found) {
        prefix = { step: found.prefix, until: event.timeStamp + sequenceTime }
        return
      }
      event.preventDefault()
      commands.find(({ shortcut }) => shortcut === found.complete)?.run()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  return null
}
