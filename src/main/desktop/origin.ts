/** The one origin the renderer lives on; everything else is foreign. */
export const scheme = 'vigie'
export const origin = `${scheme}://console`
export const startUrl = `${origin}/index.html`

/** The address as a URL, or null when it is none. (`URL.parse` is not in Electron 33.) */
export function parseUrl(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null
}

/** True for an address on the console's own origin, whatever its path. */
export function isOwnUrl(address: string): boolean {
  const url = parseUrl(address)
  return url !== null && url.protocol === `${scheme}:` && url.host === 'console'
}

/** True for data that a page of the console's own holds, to be given to the operator as a file. */
export function isOwnBlob(address: string): boolean {
  return address.startsWith('blob:') && isOwnUrl(address.slice('blob:'.length))
}
