import sirv from 'sirv'
import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Serves the built renderer. Files under `/assets/` carry a hash of their content in their name, so
 * they never change; everything else is asked for anew. Calls `next` for unknown paths.
 */
export function createRendererFiles(directory: string) {
  const serve = sirv(directory, {
    etag: true,
    extensions: ['html'],
    setHeaders(response, path) {
      response.setHeader(
        'Cache-Control',
        path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store',
      )
    },
  })
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    // Ranges are of no use for such small files, and sirv does not check them.
    delete request.headers.range
    serve(request, response, next)
  }
}
