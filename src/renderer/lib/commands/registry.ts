import type { ComponentType } from 'react'

export type CommandGroup = 'navigation' | 'page' | 'list' | 'job' | 'settings' | 'help'

/** Something the operator can do; button, palette, shortcut and the `?` help all come from this one object. */
export interface Command {
  /** Stable, such as `jobs.retry`. */
  id: string
  /** What happens, in the language on screen. */
  label: string
  group: CommandGroup
  /**
   * `mod+k` (Ctrl, or Cmd on a Mac), one key such as `r`, `/` or `Delete`, or two keys pressed one after
   * the other such as `g q`.
   */
  shortcut?: string
  icon?: ComponentType<{ size?: number | string; stroke?: number | string }>
  /** More words the palette finds it by. */
  keywords?: string
  /** A disabled command is not offered and its keys do nothing. True by default. */
  enabled?: boolean
  /** Left out of the palette, as moving through a list is. */
  hidden?: boolean
  run: () => void
}

type Source = () => readonly Command[]

const sources = new Set<Source>()

/** Adds commands for as long as the returned function is not called. */
export function registerCommands(source: Source): () => void {
  sources.add(source)
  return () => sources.delete(source)
}

/** Every command now registered, the latest registered first, each id once. */
export function allCommands(): Command[] {
  const seen = new Map<string, Command>()
  for (const source of [...sources].toReversed()) {
    for (const command of source()) if (!seen.has(command.id)) seen.set(command.id, command)
  }
  return [...seen.values()]
}
