import { ORPCError } from '@orpc/server'
import type { RequestContext } from '#api/base.ts'

/**
 * An interceptor for every transport: logs what the router did not expect and has not logged itself,
 * such as an output that fails its own schema. What failed because nobody waits for it any more is expected.
 */
export async function reportUnexpected<Result>(options: {
  context: RequestContext
  request: { url: URL; signal?: AbortSignal | undefined }
  next(): Promise<Result>
}): Promise<Result> {
  try {
    return await options.next()
  } catch (error) {
    if (options.request.signal?.aborted !== true && isUnexpected(error)) {
      options.context.services.log.error(
        { err: error, path: options.request.url.pathname },
        'unexpected error in a transport',
      )
    }
    throw error
  }
}

function isUnexpected(error: unknown): boolean {
  if (!(error instanceof ORPCError)) return true
  const reported = typeof error.data === 'object' && error.data !== null && 'report' in error.data
  return error.status >= 500 && !error.defined && !reported
}
