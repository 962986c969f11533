import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { procedure } from './base.ts'

const language = z.enum(['system', 'en', 'fr'])
const theme = z.enum(['system', 'light', 'dark'])

export const settingsSchema = z.object({
  language: language.default('system'),
  theme: theme.default('system'),
})
export type Settings = z.infer<typeof settingsSchema>

/** Not `settingsSchema.partial()`: its defaults would fill in, and so reset, what is left out. */
const settingsChangeSchema = z.object({
  language: language.optional(),
  theme: theme.optional(),
})

export const settings = {
  get: procedure
    .route({ method: 'GET', path: '/settings', summary: 'Preferences of this console' })
    .output(settingsSchema),
  update: procedure
    .route({ method: 'PATCH', path: '/settings', summary: 'Change preferences' })
    .input(settingsChangeSchema)
    .output(settingsSchema),
  watch: procedure
    .route({
      method: 'GET',
      path: '/settings/live',
      summary: 'Preferences: now and at each change',
    })
    .output(eventIterator(settingsSchema)),
}
