import type { Profile } from '#shared/contract/profiles.ts'
import {
  longestTransfer,
  transferDocumentSchema,
  transferHeadSchema,
  transferProfilesSchema,
  transferVersion,
} from '#shared/domain/transfer-document.ts'
import type { TransferProblem } from './transfer-failure.tsx'

/** What a file of exported environments holds, as far as it can be read without a passphrase. */
export interface TransferContents {
  profiles: Profile[]
  /** Whether their secrets are in it, encrypted. */
  sealed: boolean
}

/**
 * Looks into a file before it is imported, or tells what is wrong with it. Whether an encrypted one was
 * changed only shows when the console imports it.
 */
export function readContents(text: string): TransferContents | TransferProblem {
  const value = parsed(text)
  const head = transferHeadSchema.safeParse(value)
  if (!head.success) return 'not-a-transfer'
  if (head.data.version > transferVersion) return 'newer-version'
  const document = transferDocumentSchema.safeParse(value)
  if (!document.success) return 'damaged'
  const profiles = transferProfilesSchema.safeParse(document.data.profiles)
  if (!profiles.success) return 'profile-invalid'
  return { profiles: profiles.data, sealed: document.data.encrypted !== null }
}

function parsed(text: string): unknown {
  try {
    return text.length > longestTransfer ? null : JSON.parse(text)
  } catch {
    return null
  }
}
