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
    const declared = (error: unknown): unknown => {
      if (isConsoleError(error)) {
        const { status, message } = errorCatalogue[error.code]
        return new ORPCError(error.code, { status, message, data: error.data, cause: error })
      }
      if (error instanceof ORPCError || signal?.aborted) return error
      const report = randomUUID()
      context.services.log.error(
        { err: error, report, procedure: path.join('.') },
        'unexpected error',
      )
      return new ORPCError('INTERNAL_SERVER_ERROR', {
        message: 'Unexpected error; the log has the details under this report id',
        data: { report },
        cause: error,
      })
    }
    try {
      const result = await next()
      return isStream(result.output)
        ? { ...result, output: withErrors(result.output, declared) }
        : result
    } catch (error) {
      throw declared(error)
    }
  })

const isStream = (output: unknown): output is AsyncIterableIterator<unknown> =>
  typeof output === 'object' && output !== null && Symbol.asyncIterator in output

/** A stream fails long after its handler has returned. */
async function* withErrors(
  stream: AsyncIterableIterator<unknown>,
  declared: (error: unknown) => unknown,
): AsyncGenerator<unknown, unknown> {
  try {
    return yield* stream
  } catch (error) {
    throw declared(error)
  }
}

/** A signal for an iterable: aborted when the caller goes away, never when the transport gave none. */
export const orNever = (signal: AbortSignal | undefined): AbortSignal =>
  signal ?? new AbortController().signal
