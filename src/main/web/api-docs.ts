import sirv from 'sirv'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { sendJson } from './json-answer.ts'
import { generateOpenApi } from './openapi.ts'

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Vigie API</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/api/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="api"></div>
    <script src="/api/docs/swagger-ui-bundle.js"></script>
    <script src="/api/docs/init.js"></script>
  </body>
</html>
`

/** `validatorUrl: null`: nothing may be asked of the internet. */
const script = `const dark = matchMedia('(prefers-color-scheme: dark)').matches
document.documentElement.classList.toggle('dark-mode', dark)
SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#api', validatorUrl: null })
`

const assets = new Set(['/swagger-ui.css', '/swagger-ui-bundle.js'])

/**
 * Serves the OpenAPI document and a page to read and try it, from files alone. `directory` holds
 * Swagger UI's style sheet and bundle. Returns false when the path is not one of these.
 */
export function createApiDocs(directory: string, version: string) {
  const serveAsset = sirv(directory, { etag: true })
  let document: Promise<string> | undefined

  return async (
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> => {
    if (request.method !== 'GET') return false
    if (path === '/api/openapi.json') {
      document ??= generateOpenApi(version).then((generated) => JSON.stringify(generated))
      await sendJson(request, response, 200, await document)
      return true
    }
    if (path === '/api/docs') {
      send(response, 'text/html; charset=utf-8', page)
      return true
    }
    if (path === '/api/docs/init.js') {
      send(response, 'text/javascript; charset=utf-8', script)
      return true
    }
    const asset = path.startsWith('/api/docs/') ? path.slice('/api/docs'.length) : ''
    if (!assets.has(asset)) return false
    response.setHeader('Cache-Control', 'private, no-cache')
    request.url = asset
    return new Promise((resolve) => {
      response.once('close', () => resolve(true))
      serveAsset(request, response, () => resolve(false))
    })
  }
}

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}
