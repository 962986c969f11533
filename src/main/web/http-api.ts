import { SmartCoercionPlugin } from '@orpc/json-schema'
import {
  StandardBracketNotationSerializer,
  StandardOpenAPIJsonSerializer,
  StandardOpenAPISerializer,
} from '@orpc/openapi-client/standard'
import { StandardOpenAPICodec, StandardOpenAPIMatcher } from '@orpc/openapi/standard'
import { StandardHandler, type StandardCodec, type StandardParams } from '@orpc/server/standard'
import type { StandardLazyRequest } from '@orpc/standard-server'
import { sendStandardResponse, toAbortSignal } from '@orpc/standard-server-node'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestContext } from '#api/base.ts'
import { router } from '#api/router.ts'
import { readJsonBody } from './body.ts'
import { inputOfChange } from './change-input.ts'
import { sendJson } from './json-answer.ts'
import { inputOfQuery } from './query-input.ts'
import { reportUnexpected } from './report.ts'
import { refuseBeforeStreaming } from './stream-start.ts'

const bodyLimit = 1024 * 1024

/**
 * oRPC lets query and body override the path, and drops the query of what is not a GET; here what the
 * path names is what is acted on, and nothing goes unheard. And it knows lists in a query by brackets
 * only.
 */
class PathFirstCodec extends StandardOpenAPICodec implements StandardCodec {
  readonly #serializer: StandardOpenAPISerializer

  constructor(serializer: StandardOpenAPISerializer) {
    super(serializer)
    this.#serializer = serializer
  }

  override async decode(
    ...[request, params, procedure]: Parameters<StandardOpenAPICodec['decode']>
  ): Promise<unknown> {
    const path = params satisfies StandardParams | undefined
    if (request.method === 'GET') {
      const input = await super.decode(request, params, procedure)
      return isObject(input)
        ? inputOfQuery(input, path ?? {}, procedure['~orpc'].inputSchema)
        : input
    }
    const body = (await super.decode(request, undefined, procedure)) ?? {}
    const query = this.#serializer.deserialize(request.url.searchParams)
    // Anything but an object fails the procedure's own schema.
    if (!isObject(body)) return body
    if (!isObject(query)) return query
    return inputOfChange({ method: request.method, path: path ?? {}, query, body })
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Binds the router to plain HTTP under `/api`; resolves to false when no procedure has the path. */
export function createHttpApi(): (
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
) => Promise<boolean> {
  const serializer = new StandardOpenAPISerializer(
    new StandardOpenAPIJsonSerializer(),
    new StandardBracketNotationSerializer(),
  )
  const handler = new StandardHandler<RequestContext>(
    router,
    new StandardOpenAPIMatcher(),
    new PathFirstCodec(serializer),
    {
      plugins: [new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] })],
      interceptors: [reportUnexpected],
      clientInterceptors: [refuseBeforeStreaming],
    },
  )
  return async (request, response, context) => {
    const standardRequest: StandardLazyRequest = {
      method: request.method ?? 'GET',
      url: exactUrl(request.url ?? '/'),
      headers: request.headers,
      body: () => readJsonBody(request, bodyLimit),
      signal: toAbortSignal(response),
    }
    const result = await handler.handle(standardRequest, { prefix: '/api', context })
    if (!result.matched) return false
    // What is left of an oversized body is not worth reading.
    if (result.response.status === 413) response.setHeader('Connection', 'close')
    const { status, body } = result.response
    // What this router answers is either JSON or a stream of events.
    if (isPlain(body)) await sendJson(request, response, status, JSON.stringify(body))
    else await sendStandardResponse(response, result.response)
    return true
  }
}

/** What JSON has as lists and objects. */
function isPlain(body: unknown): body is object {
  if (typeof body !== 'object' || body === null) return false
  const prototype: unknown = Object.getPrototypeOf(body)
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null
}

/** URL resolves `%2e%2e` to the parent folder, but a queue or a job may be called so: keep the path as sent. */
function exactUrl(target: string): URL {
  const query = target.indexOf('?')
  const url = new URL(
    query === -1 ? 'http://localhost/' : `http://localhost/${target.slice(query)}`,
  )
  const pathname = query === -1 ? target : target.slice(0, query)
  return Object.defineProperty(url, 'pathname', { value: pathname })
}
