import { z } from 'zod'
import { procedure } from './base.ts'

export const aboutSchema = z.object({
  version: z.string(),
  entry: z.enum(['desktop', 'web']),
  /** Where this console keeps its files. */
  dataDirectory: z.string(),
  operator: z.string(),
})
export type About = z.infer<typeof aboutSchema>

export const about = {
  get: procedure
    .route({
      method: 'GET',
      path: '/about',
      summary: 'What this console is and where it keeps its files',
    })
    .output(aboutSchema),
}
