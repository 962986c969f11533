/** A Redis of the demo's own, on loopback and with nothing on disk but a temporary folder. */
export interface DemoRedis {
  /** With its password. */
  url: string
  pid: number
  /** Its temporary folder; null when it has none. */
  directory: string | null
  /** True for the one in JavaScript, which bears a small data set only. */
  embedded: boolean
  /** Which server it is, for one line on the screen. */
  description: string
  /** Resolves when the server has gone, for whatever reason. */
  ended: Promise<void>
  stop(): Promise<void>
}
