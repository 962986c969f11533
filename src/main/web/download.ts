import {
  StandardBracketNotationSerializer,
  StandardOpenAPIJsonSerializer,
  StandardOpenAPISerializer,
} from '@orpc/openapi-client/standard'
import { call, ORPCError } from '@orpc/server'
import { toAbortSignal } from '@orpc/standard-server-node'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { RequestContext } from '#api/base.ts'
import { router } from '#api/router.ts'
import { exportInput, type ExportFormat, type ExportPart } from '#shared/contract/job-search.ts'
import { sendJson } from './json-answer.ts'
import { inputOfQuery } from './query-input.ts'

export const contentTypes: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  jsonl: 'application/jsonl; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

const downloadPath = /^\/api\/environments\/([^/]+)\/jobs\/export$/

/**
 * Answers `GET …/jobs/export` with the file that the procedure `jobs.export` makes in parts: no faster
 * than the client takes it, and no longer than it stays. Returns false when the path is another.
 */
export function createDownload() {
  const serializer = new StandardOpenAPISerializer(
    new StandardOpenAPIJsonSerializer(),
    new StandardBracketNotationSerializer(),
  )
  return async (
    { path, query }: { path: string; query: URLSearchParams },
    request: IncomingMessage,
    response: ServerResponse,
    context: RequestContext,
  ): Promise<boolean> => {
    const [, environment] = downloadPath.exec(path) ?? []
    if (request.method !== 'GET' || environment === undefined) return false
    const asked = serializer.deserialize(query) as Record<string, unknown>
    try {
      const input = inputOfQuery(asked, { environment: decoded(environment) }, exportInput)
      const signal = toAbortSignal(response)
      // The procedure's own schema looks at what was asked.
      const parts = await call(router.jobs.export, input as never, {
        context,
        signal,
        path: ['jobs', 'export'],
      })
      await send(response, parts, asked['format'] as ExportFormat)
    } catch (error) {
      if (response.headersSent || response.destroyed) response.destroy()
      else await refuse(request, response, error)
    }
    return true
  }
}

async function send(
  response: ServerResponse,
  parts: AsyncIterator<ExportPart>,
  format: ExportFormat,
): Promise<void> {
  // What cannot be done is known with the first part: then there is still another answer to give.
  const first = await parts.next()
  if (first.done === true) {
    response.destroy()
    return
  }
  response.writeHead(200, {
    'Content-Type': contentTypes[format],
    'Content-Disposition': `attachment; filename="${first.value.fileName}"`,
  })
  await pipeline(Readable.from(bytesOf(first.value, parts), { objectMode: true }), response)
}

async function* bytesOf(
  first: ExportPart,
  parts: AsyncIterator<ExportPart>,
): AsyncGenerator<Buffer, void, undefined> {
  try {
    for (let part = first; ;) {
      if (part.bytes !== '') yield Buffer.from(part.bytes, 'base64')
      if (part.done) return
      const next = await parts.next()
      // Without its last part a file is not whole, and must not look so.
      if (next.done === true) throw new Error('the export ended early')
      part = next.value
    }
  } finally {
    await parts.return?.()
  }
}

async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): Promise<void> {
  if (!(error instanceof ORPCError)) throw error
  await sendJson(request, response, error.status, JSON.stringify(error.toJSON()))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    throw new ORPCError('BAD_REQUEST', { message: 'The path is not percent-encoded', cause: error })
  }
}
