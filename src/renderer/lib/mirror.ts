import { skipToken } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { MirrorStatus } from '#shared/contract/mirror.ts'
import { orpc } from './client/index.ts'
import { type Live, useLive } from './live.ts'

/** What the mirror of an environment holds and how far it is from Redis, as it changes. */
export function useMirror(environment: string | undefined): Live<MirrorStatus> {
  return useLive(orpc.mirror.watch, environment === undefined ? skipToken : { environment })
}

/** Whether there is anything to search, of this run or of an earlier one. */
export function holdsAny({ rows, gone }: Pick<MirrorStatus, 'rows' | 'gone'>): boolean {
  return rows + gone > 0
}

/** Calls back when the rows of a mirror have changed, at most once in `pace` milliseconds. */
export function useMirrorChanges(environment: string, pace: number, onChange: () => void): void {
  const version = useMirror(environment).data?.version
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  const told = useRef({ environment, version, at: 0 })
  useEffect(() => {
    const before = told.current
    if (before.environment !== environment || before.version === undefined) {
      told.current = { environment, version, at: Date.now() }
      return undefined
    }
    if (version === undefined || version === before.version) return undefined
    const tell = () => {
      told.current = { environment, version, at: Date.now() }
      latest.current()
    }
    const timer = setTimeout(tell, Math.max(0, before.at + pace - Date.now()))
    return () => clearTimeout(timer)
  }, [environment, version, pace])
}
