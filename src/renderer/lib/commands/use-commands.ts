import { useEffect, useRef } from 'react'
import { type Command, registerCommands } from './registry.ts'

/** Registers commands while the component is on screen; the latest render's are the ones that run. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  useEffect(() => registerCommands(() => latest.current), [])
}
