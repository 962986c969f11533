import { createORPCClient } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { Contract } from '#shared/contract/index.ts'
import { connectPort, isDesktop } from './port.ts'
import { connectSocket } from './socket.ts'
import { SwitchingLink } from './switching-link.ts'

const link = new SwitchingLink()

/** Every procedure of the contract as a function; for components, `orpc` is handier. */
export const client: ContractRouterClient<Contract> = createORPCClient(link)

/** Query, mutation and live options of every procedure, for TanStack Query. */
export const orpc = createTanstackQueryUtils(client)

/** Starts the connection; called once, by the page's entry. */
export function connect(): void {
  if (isDesktop()) connectPort(link)
  else connectSocket(link, new URL('./rpc', window.location.href.replace(/^http/u, 'ws')).href)
}

export { retryConnection, useConnection } from './connection.ts'
