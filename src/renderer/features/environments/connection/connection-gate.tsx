import type { ReactNode } from 'react'
import { isReadable } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'
import { orpc } from '../../../lib/client/index.ts'
import { hasHeard } from '../../../lib/live.ts'
import { holdsAny, useMirror } from '../../../lib/mirror.ts'
import { LoadingRows } from '../../../ui/states.tsx'
import { AwayNotice, LimitNotice } from './connection-notices.tsx'
import { Unreachable } from './unreachable.tsx'

interface ConnectionGateProps {
  environment: Environment
  /** What the page shows without Redis: what the mirror has, or how the mirror is. */
  reads: 'mirror' | 'mirror-status' | undefined
  children: ReactNode
}

/**
 * Around every page that needs Redis. One that never answered has nothing to show but why, unless the
 * mirror of an earlier run has; nor have its queues, where this window never listed them. One that went
 * away leaves what was there, under a banner: the page stays as it is, with what was typed in it.
 */
export function ConnectionGate({ environment, reads, children }: ConnectionGateProps) {
  const { health } = environment
  const readable = isReadable(health)
  const mirror = useMirror(readable || reads === undefined ? undefined : environment.id)
  const shown = reads !== undefined || hasHeard(orpc.queues.watch, environment.id)
  if (!readable && (health.lastAnswerAt === null || !shown)) {
    if (reads !== undefined && mirror.pending) return <LoadingRows />
    const some = mirror.data !== undefined && holdsAny(mirror.data)
    if (reads === undefined || (reads === 'mirror' && !some)) {
      return <Unreachable environment={environment} />
    }
  }
  const asOf = mirror.data?.syncedAt
  const limit = health.reason === null ? null : <LimitNotice health={health} />
  return (
    <>
      {readable ? (
        limit
      ) : (
        <AwayNotice
          environment={environment}
          {...(asOf === undefined || asOf === null ? {} : { mirrorAsOf: asOf })}
        />
      )}
      {children}
    </>
  )
}
