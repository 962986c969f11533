import type { LinkTarget } from '#core/environments/ports.ts'
import { isConsoleError } from '#shared/errors.ts'
import { ConnectError } from './connect-error.ts'

/**
 * The same target, whose secrets are refused as a connection is: a keychain that is locked says nothing
 * about passwords, so nothing may be tried without them. What is merely lost from it is left out, and
 * found out as a password that Redis asks for.
 */
export function askingAsConnecting(target: LinkTarget): LinkTarget {
  const secrets = async () => {
    try {
      return await target.secrets()
    } catch (error) {
      const locked = isConsoleError(error) && error.code === 'KEYCHAIN_UNAVAILABLE'
      throw locked ? new ConnectError('auth', 'keychain') : error
    }
  }
  return { ...target, secrets }
}
