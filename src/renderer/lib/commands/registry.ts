import type { ComponentType } from 'react'

export type CommandGroup =
  | 'navigation'
  | 'environment'
  | 'page'
  | 'list'
  | 'job'
  | 'settings'
  | 'help'

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
  /** Shown after the label in the palette. */
  detail?: string
  /**
   * Why it is refused now, in a few words. It stays listed and its keys still work: `run` then says why in
   * full, instead of doing it.
   */
  refused?: string
  /** A disabled command is not offered and its keys do nothing. True by default. */
  enabled?: boolean
  /** Left out of the palette, as moving through a list is. */
  hidden?: boolean
  /** Only listed in the help: the keys are handled where the focus is, as Enter on a row. */
  passive?: boolean
  run: () => void
}

type Source = () => readonly Command[]

const sources = new Set<Source>()
const listeners = new Set<() => void>()
let version = 0

function changed(): void {
  version += 1
  for (const listener of listeners) listener()
}

/** Adds commands for as long as the returned function is not called. */
export function registerCommands(source: Source): () => void {
  sources.add(source)
  changed()
  return () => {
    sources.delete(source)
    changed()
  }
}

export const commandsVersion = () => version

/** Calls `listener` whenever commands come or go; returns how to stop that. */
export function onCommandsChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Every command now registered, the latest registered first, each id once. */
export function allCommands(): Command[] {
  const seen = new Map<string, Command>()
  for (const source of [...sources].toReversed()) {
    for (const command of source()) if (!seen.has(command.id)) seen.set(command.id, command)
  }
  return [...seen.values()]
}
