import type { ReactNode } from 'react'
import { isReadable } from '#shared/contract/connections.ts'
import type { Environment } from '#shared/contract/environments.ts'
import { AwayNotice, LimitNotice } from './connection-notices.tsx'
import { Unreachable } from './unreachable.tsx'

interface ConnectionGateProps {
  environment: Environment
  children: ReactNode
}

/**
 * Around every page that needs Redis. One that never answered has nothing to show but why; one that
 * went away leaves what was there, under a banner.
 */
export function ConnectionGate({ environment, children }: ConnectionGateProps) {
  const { health } = environment
  if (isReadable(health)) {
    return (
      <>
        {health.reason === null ? null : <LimitNotice health={health} />}
        {children}
      </>
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
