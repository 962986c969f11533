/** The console went away: before a call was sent, or (`sent`) while its answer was awaited. */
export class ConnectionLostError extends Error {
  readonly sent: boolean

  constructor(sent: boolean, options?: ErrorOptions) {
    super('The connection to the console was lost', options)
    this.name = 'ConnectionLostError'
    this.sent = sent
  }
}
