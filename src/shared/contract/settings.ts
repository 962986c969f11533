import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { procedure } from './base.ts'

export const settingsSchema = z.object({
  language: z.enum(['system', 'en', 'fr']).default('system'),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
})
export type Settings = z.infer<typeof settingsSchema>

export const settings = {
  get: procedure
    .route({ method: 'GET', path: '/settings', summary: 'Preferences of this console' })
    .output(settingsSchema),
  update: procedure
    .route({ method: 'PATCH', path: '/settings', summary: 'Change preferences' })
    .input(settingsSchema.partial())
    .output(settingsSchema),
  watch: procedure
    .route({
      method: 'GET',
      path: '/settings/live',
      summary: 'Preferences: now and at each change',
    })
    .output(eventIterator(settingsSchema)),
}
