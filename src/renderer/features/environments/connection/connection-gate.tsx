import type { ReactNode } from 'react'
import { isReadable } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'
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
 * mirror of an earlier run has; one that went away leaves what was there, under a banner.
 */
export function ConnectionGate({ environment, reads, children }: ConnectionGateProps) {
  const { health } = environment
  if (isReadable(health)) {
    return (
      <>
        {health.reason === null ? null : <LimitNotice health={health} />}
        {children}
      </>
    )
  }
  if (reads !== undefined) {
    return (
      <MirrorGate environment={environment} needed={reads === 'mirror'}>
        {children}
      </MirrorGate>
    )
  }
  if (health.lastAnswerAt === null) return <Unreachable environment={environment} />
  return (
    <>
      <AwayNotice environment={environment} />
      {children}
    </>
  )
}

interface MirrorGateProps {
  environment: Environment
  needed: boolean
  children: ReactNode
}

function MirrorGate({ environment, needed, children }: MirrorGateProps) {
  const { data, pending } = useMirror(environment.id)
  if (pending) return <LoadingRows />
  if (needed && (data === undefined || !holdsAny(data))) {
    return <Unreachable environment={environment} />
  }
  return (
    <>
      <AwayNotice environment={environment} mirrorAsOf={data?.syncedAt ?? null} />
      {children}
    </>
  )
}
