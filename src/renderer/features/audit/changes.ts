import { z } from 'zod'
import { profileFieldsSchema } from '#shared/contract/profiles.ts'

const { kind, access, locked } = profileFieldsSchema.shape
const change = <Schema extends z.ZodType>(value: Schema) =>
  z.object({ from: value, to: value }).optional()

/** What was changed about an environment, from what to what, as its audit keeps it. */
export const changesSchema = z.strictObject({
  name: change(z.string()),
  kind: change(kind),
  address: change(z.string()),
  access: change(access),
  locked: change(locked),
})
export type Changes = z.infer<typeof changesSchema>
