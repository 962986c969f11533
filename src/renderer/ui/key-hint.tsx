import classes from './key-hint.module.css'

const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/u.test(navigator.platform)

/** A shortcut as its keys are labelled here: `mod+k` is ⌘K on a Mac, Ctrl K elsewhere. */
export function keyLabels(shortcut: string): string[] {
  return shortcut
    .split(/[ +]/u)
    .filter((key) => key !== '')
    .map((key) => {
      if (key === 'mod') return isMac ? '⌘' : 'Ctrl'
      if (key === 'Escape') return 'Esc'
      return (
        { ArrowUp: '↑', ArrowDown: '↓', Enter: '↵' }[key] ??
        (key.length === 1 ? key.toUpperCase() : key)
      )
    })
}

/** The keys of a shortcut, drawn as keys. */
export function KeyHint({ shortcut }: { shortcut: string }) {
  return (
    <span className={classes.root} aria-hidden>
      {keyLabels(shortcut).map((label) => (
        <kbd key={label} className={classes.key}>
          {label}
        </kbd>
      ))}
    </span>
  )
}
