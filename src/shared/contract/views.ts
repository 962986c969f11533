import { z } from 'zod'
import { errorsOf } from '../errors.ts'
import { procedure } from './base.ts'
import { jobSortSchema } from './job-search.ts'

/** A filter worth coming back to. */
export const viewSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The only environment it is for; null for all. */
  environment: z.string().nullable(),
  filter: z.string(),
  sort: jobSortSchema,
  /** Columns shown, in order; empty for the usual ones. */
  columns: z.array(z.string().max(50)).max(50),
})
export type View = z.infer<typeof viewSchema>

const given = z.object({
  name: z.string().trim().min(1).max(100),
  environment: z.string().max(100).nullable().default(null),
  filter: z.string().max(2000),
  sort: jobSortSchema,
  columns: z.array(z.string().max(50)).max(50).default([]),
})

const oneView = procedure.errors(errorsOf('VIEW_NOT_FOUND'))

export const views = {
  list: procedure
    .route({ method: 'GET', path: '/views', summary: 'Saved views, in their order' })
    .output(z.array(viewSchema)),
  create: procedure
    .route({ method: 'POST', path: '/views', summary: 'Save a view' })
    .errors(errorsOf('VIEW_NAME_TAKEN', 'FILTER_INVALID'))
    .input(given)
    .output(viewSchema),
  update: oneView
    .route({ method: 'PATCH', path: '/views/{view}', summary: 'Change a saved view' })
    .errors(errorsOf('VIEW_NAME_TAKEN', 'FILTER_INVALID'))
    .input(
      z.object({
        view: z.string().max(100),
        name: given.shape.name.optional(),
        filter: given.shape.filter.optional(),
        sort: jobSortSchema.unwrap().optional(),
        columns: z.array(z.string().max(50)).max(50).optional(),
      }),
    )
    .output(viewSchema),
  remove: oneView
    .route({ method: 'DELETE', path: '/views/{view}', summary: 'Forget a saved view' })
    .input(z.object({ view: z.string().max(100) }))
    .output(z.object({})),
}
