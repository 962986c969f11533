/** What the web entry tells the process that started it, over the channel that only this one reads. */
export interface OpenMessage {
  type: 'open'
  /** Opens a session once, within a minute: fit for a browser's command line, which everyone can see. */
  url: string
}

/** Asks the starter, where there is one, to show the console in a browser. */
export function askToOpen(url: string): void {
  const message: OpenMessage = { type: 'open', url }
  if (process.connected) process.send?.(message)
}

export const isOpenMessage = (message: unknown): message is OpenMessage =>
  typeof message === 'object' &&
  message !== null &&
  'type' in message &&
  message.type === 'open' &&
  'url' in message &&
  typeof message.url === 'string'
