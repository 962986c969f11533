import { implement, ORPCError } from '@orpc/server'
import { randomUUID } from 'node:crypto'
import type { Actor, Services } from '#core/services.ts'
import { contract } from '#shared/contract/index.ts'
import { errorCatalogue, isConsoleError } from '#shared/errors.ts'

/** What a transport hands to every handler. */
export interface RequestContext {
  services: Services
  actor: Actor
}

/**
 * Turns what core throws into what the contract declares. Anything unexpected leaves as a report id
 * only: its text may hold secrets or payloads, so it goes to the log.
 */
export const api = implement(contract)
  .$context<RequestContext>()
  .use(async ({ context, next, path, signal }) => {
    try {
      return await next()
    } catch (error) {
      if (isConsoleError(error)) {
        const { status, message } = errorCatalogue[error.code]
        throw new ORPCError(error.code, { status, message, data: error.data, cause: error })
      }
      if (error instanceof ORPCError || signal?.aborted) throw error
      const report = randomUUID()
      context.services.log.error(
        { err: error, report, procedure: path.join('.') },
        'unexpected error',
      )
      throw new ORPCError('INTERNAL_SERVER_ERROR', {
        message: 'Unexpected error; the log has the details under this report id',
        data: { report },
        cause: error,
      })
    }
  })

/** A signal for an iterable: aborted when the caller goes away, never when the transport gave none. */
export const orNever = (signal: AbortSignal | undefined): AbortSignal =>
  signal ?? new AbortController().signal
