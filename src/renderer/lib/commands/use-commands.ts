import { useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import {
  allCommands,
  type Command,
  commandsVersion,
  onCommandsChange,
  registerCommands,
} from './registry.ts'

/** Registers commands while the component is on screen; the latest render's are the ones that run. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands)
  // Before the screen is painted: what can be seen can be used.
  useLayoutEffect(() => {
    latest.current = commands
  })
  useLayoutEffect(() => registerCommands(() => latest.current), [])
}

/** Every command now registered; the component follows when commands come or go. */
export function useAllCommands(): Command[] {
  useSyncExternalStore(onCommandsChange, commandsVersion)
  return allCommands()
}
