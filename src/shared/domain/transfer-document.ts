import { z } from 'zod'
import { profileSchema, secretSlots, type SecretSlot } from '../contract/profiles.ts'

/** What every version of an exported file says first. */
export const transferHeadSchema = z.looseObject({
  format: z.literal('vigie-environments'),
  version: z.int().min(1),
})

export const transferVersion = 1

/** What deriving a key may cost: a file must not choose how long, or in how much memory, that takes. */
export const scryptCosts = { least: 2 ** 14, usual: 2 ** 17, most: 2 ** 18 } as const

const costs: number[] = []
for (let cost: number = scryptCosts.least; cost <= scryptCosts.most; cost *= 2) costs.push(cost)

const bytes = (count: number) =>
  z
    .base64()
    .length(Math.ceil(count / 3) * 4)
    .refine(
      // The last character has bits to spare: only the one way to write them is taken.
      (text) => text.endsWith('=') || count % 3 === 0,
    )

/** The longest document that is read. */
export const longestTransfer = 5_000_000

/** Secrets under a passphrase: scrypt, then AES-256-GCM over all that the file says besides. */
export const sealedSchema = z.strictObject({
  keyDerivation: z.strictObject({
    name: z.literal('scrypt'),
    cost: z.literal(costs),
    blockSize: z.literal(8),
    parallelization: z.literal(1),
    salt: bytes(16),
  }),
  /** HMAC-SHA256 by a second key of the same derivation: tells a wrong passphrase from damage. */
  check: bytes(32),
  cipher: z.literal('aes-256-gcm'),
  initializationVector: bytes(12),
  text: z.base64().max(longestTransfer),
  tag: bytes(16),
  /** SHA-256 of all that the file says besides: tells damage before a passphrase is asked for. */
  digest: bytes(32),
})
export type Sealed = z.infer<typeof sealedSchema>

/** The file without what the profiles say, which is looked at by itself. */
export const transferDocumentSchema = z.strictObject({
  format: z.literal('vigie-environments'),
  version: z.literal(transferVersion),
  exportedAt: z.iso.datetime(),
  profiles: z.array(z.unknown()).max(1000),
  encrypted: sealedSchema.nullable(),
})
export type TransferDocument = z.infer<typeof transferDocumentSchema>

export const transferProfilesSchema = z.array(profileSchema)

const secretSchema = z.string().min(1).max(50_000).optional()

/** What is encrypted: the secrets of each profile, in the order of the profiles. */
export const transferSecretsSchema = z.array(
  z.strictObject(
    Object.fromEntries(secretSlots.map((slot) => [slot, secretSchema])) as Record<
      SecretSlot,
      typeof secretSchema
    >,
  ),
)
