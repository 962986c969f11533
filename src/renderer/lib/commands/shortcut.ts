interface Pressed {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey?: boolean
  /** Which key it is, whatever the layout writes there. */
  code?: string
}

/** Whether one step of a shortcut, such as `mod+k`, `g` or `?`, is what was pressed. */
export function isStep(step: string, event: Pressed): boolean {
  const mod = step.startsWith('mod+')
  const key = mod ? step.slice(4) : step
  if ((event.ctrlKey || event.metaKey) !== mod || event.altKey) return false
  // Where digits are typed with Shift, as on a French keyboard, the key alone means the digit.
  if (/^\d$/.test(key) && event.code === `Digit${key}` && event.shiftKey !== true) return true
  return key.length === 1 ? event.key.toLowerCase() === key.toLowerCase() : event.key === key
}

/** The steps of a shortcut: `g q` has two. */
export function steps(shortcut: string): string[] {
  return shortcut.split(' ')
}

/**
 * What a key press leads to among `shortcuts`, after `prefix` (a first step already pressed, or null):
 * one that is complete, or the first step of a longer one.
 */
export function match(
  shortcuts: readonly string[],
  prefix: string | null,
  event: Pressed,
): { complete: string } | { prefix: string } | null {
  const candidates = shortcuts.map((shortcut) => ({ shortcut, parts: steps(shortcut) }))
  if (prefix !== null) {
    const found = candidates.find(
      ({ parts: [first, second] }) =>
        first === prefix && second !== undefined && isStep(second, event),
    )
    if (found !== undefined) return { complete: found.shortcut }
  }
  const whole = candidates.find(({ parts }) => parts.length === 1 && isStep(parts[0] ?? '', event))
  if (whole !== undefined) return { complete: whole.shortcut }
  const begun = candidates.find(({ parts }) => parts.length === 2 && isStep(parts[0] ?? '', event))
  return begun === undefined ? null : { prefix: begun.parts[0] ?? '' }
}
