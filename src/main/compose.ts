import type { Services } from '#core/services.ts'

/** What the command line, or a caller that embeds the console, decides. */
export interface ConsoleOptions {
  entry: 'desktop' | 'web'
  version: string
  /** Folder for `vigie.db`; made when missing, readable by its owner only. */
  dataDirectory: string
  /** The environment to open; null opens the window with none. */
  environment: {
    id: string
    name: string
    kind: 'development' | 'staging' | 'production'
    /** With user and password, so never logged, audited or sent to the renderer. */
    url: string
    prefix: string
    readOnly: boolean
    demo: boolean
  } | null
}

export interface Console {
  services: Services
  /** Ends every connection, timer and file; resolves when the process may exit. */
  close(): Promise<void>
}
