import type { TestStepName } from '#shared/contract/connection-tests.ts'
import type { ConnectionReason } from '#shared/contract/connections.ts'

/**
 * Why a connection did not come about, and at which step. Holds nothing of the failure it stands for
 * but a code such as `ENOENT`: the libraries hang passwords on their errors.
 */
export class ConnectError extends Error {
  override readonly name = 'ConnectError'
  readonly step: TestStepName
  readonly reason: ConnectionReason
  readonly code: string | null

  constructor(step: TestStepName, reason: ConnectionReason, code: string | null = null) {
    super(`${step}: ${reason}${code === null ? '' : ` (${code})`}`)
    this.step = step
    this.reason = reason
    this.code = code
  }
}
