import { extname, join, sep } from 'node:path'
import { isOwnUrl } from './origin.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

export interface ServedFile {
  path: string
  contentType: string
}

/**
 * The file of `root` that an address of the console's scheme names, or null when the address is
 * foreign, leaves `root`, or names a kind of file the renderer has no use for.
 */
export function servedFile(root: string, address: string): ServedFile | null {
  if (!isOwnUrl(address)) return null
  const decoded = decode(new URL(address).pathname)
  if (decoded === null || decoded.includes('\0') || decoded.includes('\\')) return null
  const name = decoded === '/' ? '/index.html' : decoded
  const path = join(root, name)
  // After decoding, since `%2e%2e%2f` climbs only once it is decoded.
  if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) return null
  const contentType = contentTypes[extname(path).toLowerCase()]
  return contentType === undefined ? null : { path, contentType }
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}
