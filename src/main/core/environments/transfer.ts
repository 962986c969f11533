import type { Profile, Secrets } from '#shared/contract/profiles.ts'
import {
  longestTransfer,
  transferDocumentSchema,
  transferHeadSchema,
  transferProfilesSchema,
  transferSecretsSchema,
  transferVersion,
  type Sealed,
  type TransferDocument,
} from '#shared/domain/transfer-document.ts'
import { ConsoleError, type ErrorData } from '#shared/errors.ts'
import { isWhole, seal, unseal } from './sealing.ts'

/** A profile on its way out or in, with its secrets where they go along. */
export interface TransferredProfile {
  profile: Profile
  secrets: Secrets
}

/**
 * Profiles as the text of a file, in the clear; their secrets only by a passphrase, encrypted, and left
 * out without one. Under a passphrase a change of anything in the file is noticed. `cost` is scrypt's.
 */
export async function writeTransfer(
  profiles: readonly TransferredProfile[],
  passphrase?: string,
  { cost }: { cost?: number } = {},
): Promise<string> {
  const beside = {
    format: 'vigie-environments',
    version: transferVersion,
    exportedAt: new Date().toISOString(),
    profiles: profiles.map(({ profile }) => profile),
  } as const
  const secrets = JSON.stringify(profiles.map((each) => each.secrets))
  const document: TransferDocument = {
    ...beside,
    encrypted: passphrase === undefined ? null : await seal(secrets, passphrase, beside, cost),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/**
 * What such a file holds, which anybody may have written: all of it is checked, and nothing costly is
 * done for a file that asks for more than one of ours would. The profiles are as they were exported, a
 * trusted SSH host key and all; whoever adds them must not connect them unasked.
 *
 * @throws ConsoleError TRANSFER_INVALID.
 */
export async function readTransfer(
  document: string,
  passphrase: string | undefined,
  withoutSecrets: boolean,
): Promise<TransferredProfile[]> {
  const { encrypted, ...beside } = documentOf(document)
  if (encrypted !== null && !isUntouched(encrypted, beside)) throw invalid('damaged')
  const profiles = transferProfilesSchema.safeParse(beside.profiles)
  if (!profiles.success) throw invalid('profile-invalid')
  const secrets =
    encrypted === null || withoutSecrets ? [] : await secretsOf(encrypted, passphrase, beside)
  return profiles.data.map((profile, at) => ({ profile, secrets: secrets[at] ?? {} }))
}

function documentOf(text: string): TransferDocument {
  const value = text.length > longestTransfer ? undefined : jsonOf(text)
  // Cut off, it still begins as one.
  if (value === undefined && /^\s*\{\s*"format":\s*"vigie-environments"/.test(text)) {
    throw invalid('damaged')
  }
  const head = transferHeadSchema.safeParse(value)
  if (!head.success) throw invalid('not-a-transfer')
  if (head.data.version > transferVersion) throw invalid('newer-version')
  const parsed = transferDocumentSchema.safeParse(value)
  if (!parsed.success) throw invalid('damaged')
  return parsed.data
}

async function secretsOf(
  encrypted: Sealed,
  passphrase: string | undefined,
  beside: Omit<TransferDocument, 'encrypted'>,
): Promise<Secrets[]> {
  if (passphrase === undefined) throw invalid('passphrase-needed')
  const opened = await unseal(encrypted, passphrase, beside)
  if (typeof opened === 'string') throw invalid(opened)
  const secrets = transferSecretsSchema.safeParse(jsonOf(opened.text))
  if (!secrets.success || secrets.data.length !== beside.profiles.length) throw invalid('damaged')
  return secrets.data
}

/** False too for what has no canonical form, such as half a character: no file of ours has that. */
function isUntouched(encrypted: Sealed, beside: Omit<TransferDocument, 'encrypted'>): boolean {
  try {
    return isWhole(encrypted, beside)
  } catch {
    return false
  }
}

/** Undefined for text that is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function invalid(problem: ErrorData<'TRANSFER_INVALID'>['problem']): ConsoleError {
  return new ConsoleError('TRANSFER_INVALID', { problem })
}
