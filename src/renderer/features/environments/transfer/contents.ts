import { z } from 'zod'
import { type Profile, profileSchema } from '#shared/contract/profiles.ts'
import type { TransferProblem } from './transfer-failure.tsx'

/** What a file of exported environments holds, as far as it can be read without a passphrase. */
export interface TransferContents {
  profiles: Profile[]
  /** Whether their secrets are in it, encrypted. */
  sealed: boolean
}

/** Longer than this the console takes no document, in characters. */
const longest = 5_000_000

const headSchema = z.object({ format: z.literal('vigie-environments'), version: z.number().int() })
const bodySchema = z.object({
  profiles: z.array(profileSchema),
  encrypted: z.unknown().optional(),
})

/** Looks into a file before it is imported; what is wrong with it otherwise. The console looks closer. */
export function readContents(text: string): TransferContents | TransferProblem {
  const head = headSchema.safeParse(parsed(text))
  if (!head.success) return 'not-a-transfer'
  if (head.data.version > 1) return 'newer-version'
  const body = bodySchema.safeParse(parsed(text))
  if (!body.success) return 'profile-invalid'
  const { profiles, encrypted } = body.data
  return { profiles, sealed: encrypted !== undefined && encrypted !== null }
}

function parsed(text: string): unknown {
  try {
    return text.length > longest ? null : JSON.parse(text)
  } catch {
    return null
  }
}
