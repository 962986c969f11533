import type { Session } from 'electron'
import { readFile } from 'node:fs/promises'
import { securityHeaders } from './headers.ts'
import { scheme } from './origin.ts'
import { servedFile } from './served-file.ts'

/** Serves the built renderer in `root`, and nothing else, on the console's origin. */
export function serveRenderer(session: Session, root: string): void {
  session.protocol.handle(scheme, async ({ url, method }) => {
    if (method !== 'GET') return refusal(405)
    const file = servedFile(root, url)
    if (file === null) return refusal(404)
    try {
      const body = await readFile(file.path)
      return new Response(new Uint8Array(body), {
        headers: { ...securityHeaders, 'Content-Type': file.contentType },
      })
    } catch {
      return refusal(404)
    }
  })
}

function refusal(status: 404 | 405): Response {
  return new Response(null, { status, headers: securityHeaders })
}
