import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'

/** Bytes below which compressing costs more than it saves. */
const worthwhile = 1024

const compress = promisify(gzip)

/** Answers with JSON, compressed where that is worth it and the client takes it. */
export async function sendJson(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  json: string,
): Promise<void> {
  const headers = { 'Content-Type': 'application/json', Vary: 'Accept-Encoding' }
  const plain = Buffer.from(json)
  if (plain.length < worthwhile || !acceptsGzip(request.headers['accept-encoding'])) {
    response.writeHead(status, { ...headers, 'Content-Length': plain.length })
    response.end(plain)
    return
  }
  const body = await compress(plain, { level: constants.Z_BEST_SPEED })
  response.writeHead(status, {
    ...headers,
    'Content-Encoding': 'gzip',
    'Content-Length': body.length,
  })
  response.end(body)
}

/** Whether an Accept-Encoding names gzip, and not with a weight of zero. */
function acceptsGzip(accepted: string | string[] | undefined): boolean {
  return String(accepted ?? '')
    .split(',')
    .some((coding) => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(coding))
}
