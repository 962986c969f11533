import type { OpenAPI } from '@orpc/contract'
import { contentTypes } from './download.ts'

const live = '/environments/{environment}/jobs/export/live'
const download = '/environments/{environment}/jobs/export'

/**
 * Puts the download of an export beside the procedure that makes its parts: the same parameters and
 * refusals, but the answer is the file.
 */
export function describeDownload({ paths = {} }: OpenAPI.Document): void {
  const parts = paths[live]?.get
  if (parts === undefined) return
  const { 200: _, ...refusals } = parts.responses ?? {}
  const file = { schema: { type: 'string', format: 'binary' } } as const
  paths[download] = {
    get: {
      ...parts,
      operationId: 'jobs.download',
      summary: 'Jobs that a filter holds for as a file to download',
      responses: {
        ...refusals,
        200: {
          description: 'The file; one that breaks off is cut without the end of its transfer',
          content: Object.fromEntries(Object.values(contentTypes).map((type) => [type, file])),
        },
      },
    },
  }
}
