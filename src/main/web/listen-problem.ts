/** One line about why the console cannot listen; null for any other error. */
export function listenProblem(error: unknown): string | null {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return null
  if (error.syscall !== 'listen' && error.syscall !== 'getaddrinfo') return null
  const place = 'port' in error ? `port ${String(error.port)}` : 'this port'
  switch (error.code) {
    case 'EADDRINUSE':
      return `${place} is in use; choose another with --port N, or --port 0 for any free one`
    case 'EACCES':
      return `${place} needs rights this user does not have; choose one above 1023 with --port N`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the host of --host is not an address of this machine'
    default:
      return `the console cannot listen (${String(error.code)})`
  }
}
