import { networkInterfaces } from 'node:os'

/** Host names and addresses, as they stand in a Host header, under which this console may be addressed. */
export function ownHosts(host: string, port: number): ReadonlySet<string> {
  const names = ['127.0.0.1', 'localhost', '[::1]', inUrl(host)]
  // Listening everywhere: literal addresses are safe, since only names can be rebound.
  if (host === '0.0.0.0' || host === '::') {
    for (const addresses of Object.values(networkInterfaces())) {
      for (const { address } of addresses ?? []) names.push(inUrl(address))
    }
  }
  return new Set(
    names.flatMap((name) => {
      const lower = name.toLowerCase()
      return port === 80 ? [lower, `${lower}:80`] : [`${lower}:${port}`]
    }),
  )
}

/** The address to print for people on this machine, without a slash at the end. */
export function originOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return new URL(`http://${inUrl(reachable)}:${port}`).origin
}

const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host)
