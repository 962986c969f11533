import type { IncomingHttpHeaders } from 'node:http'

/** Why a request goes no further. `message` is for people and reveals nothing about the console. */
export interface Refusal {
  status: 400 | 401 | 403 | 404 | 405 | 421 | 429 | 500
  code: string
  message: string
  headers?: Record<string, string>
}

/**
 * What may not even try a token: requests for another host name (DNS rebinding) and requests that a
 * page of another site, or of another port of this machine, makes with the browser of the operator.
 * A program such as curl sends neither Origin nor Sec-Fetch-Site.
 */
export function refuseForeign(
  headers: IncomingHttpHeaders,
  hosts: ReadonlySet<string>,
): Refusal | null {
  const host = headers.host?.toLowerCase()
  if (host === undefined || !hosts.has(host)) {
    return {
      status: 421,
      code: 'MISDIRECTED_REQUEST',
      message: 'This console answers only at the address it printed when it started.',
    }
  }
  const { origin } = headers
  const site = headers['sec-fetch-site']
  const foreignOrigin = origin !== undefined && origin.toLowerCase() !== `http://${host}`
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none'
  if (foreignOrigin || foreignSite) {
    return {
      status: 403,
      code: 'CROSS_SITE_REQUEST',
      message:
        'Requests from other sites are refused. Copy the address into the address bar instead of following a link.',
    }
  }
  return null
}
