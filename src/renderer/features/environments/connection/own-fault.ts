import type { ConnectionReason } from '#shared/contract/connections.ts'

const ownFaults = ['keychain', 'ssh-key', 'ssh-agent'] as const satisfies ConnectionReason[]
type OwnFault = (typeof ownFaults)[number]

/** Whether it is this machine that keeps the console out, before any server was asked. */
export function isOwnFault(reason: ConnectionReason | null): reason is OwnFault {
  return ownFaults.some((own) => own === reason)
}
