import { ORPCError } from '@orpc/server'
import type { IncomingMessage } from 'node:http'

/**
 * Reads a JSON body of at most `limit` bytes; undefined when there is none. Only JSON: what a form of
 * another site can send, is refused. Throws ORPCError (400, 413, 415).
 */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  const bytes = await readAll(request, limit)
  if (bytes.length === 0) return undefined
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new ORPCError('UNSUPPORTED_MEDIA_TYPE', { message: 'The body must be application/json' })
  }
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new ORPCError('BAD_REQUEST', { message: 'The body is not JSON' })
  }
}

async function readAll(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > limit) throw tooLarge(limit)
      chunks.push(chunk)
    }
  } catch (error) {
    // The client went away, or took too long; nobody hears the answer.
    if (!(error instanceof ORPCError))
      throw new ORPCError('CLIENT_CLOSED_REQUEST', { cause: error })
    throw error
  }
  return Buffer.concat(chunks)
}

const tooLarge = (limit: number) =>
  new ORPCError('PAYLOAD_TOO_LARGE', { message: `The body may have at most ${limit} bytes` })
