import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import {
  environmentKindSchema,
  profileFieldsSchema,
  secretKeepingSchema,
  secretSlotSchema,
} from '#shared/contract/profiles.ts'
import { changesSchema } from './changes.ts'
import { ProfileChanges } from './profile-changes.tsx'
import { Value } from './value.tsx'

// An entry of another version may hold what this one has no word for: that stands as it is.
const knownSchema = z.union([
  z.object({ name: z.literal('kind'), value: environmentKindSchema }),
  z.object({
    name: z.literal('why'),
    value: z.enum(['operator', 'time', 'sleep', 'quit', 'profile']),
  }),
  z.object({ name: z.literal('state'), value: z.enum(['locked', 'unlocked']) }),
  z.object({ name: z.literal('secretsKept'), value: secretKeepingSchema }),
  z.object({ name: z.literal('fields'), value: z.array(profileFieldsSchema.keyof()) }),
  z.object({ name: z.literal('changes'), value: changesSchema }),
  z.object({ name: z.literal('secrets'), value: z.array(secretSlotSchema) }),
])

/** What the audit kept in one field of what was done to an environment; in words where it can be. */
export function EnvironmentValue(field: { name: string; value: unknown }): ReactNode {
  const { t, i18n } = useTranslation(['audit', 'common', 'environmentEditor'])
  const parsed = knownSchema.safeParse(field)
  if (!parsed.success) return <Value {...field} />
  const { name, value } = parsed.data
  if (name === 'kind') return t(`common:kind.${value}`)
  if (name === 'why') return t(`why.${value}`)
  if (name === 'state') return t(`lock.${value}`)
  if (name === 'secretsKept') return t(`secretsKept.${value}`)
  if (name === 'changes') return <ProfileChanges changes={value} />
  if (value.length === 0) return t('common:none')
  const words =
    name === 'fields'
      ? value.map((changed) => t(`profileField.${changed}`))
      : value.map((slot) => t(`environmentEditor:secret.${slot}`))
  return new Intl.ListFormat(i18n.language, { type: 'unit' }).format(words)
}
