import type { LoadResult } from './bench-load.ts'
import type { BrowserResult } from './bench-browser.ts'
import type { GuestResult } from './bench-guest.ts'
import type { MirrorResult } from './bench-mirror.ts'
import type { Comparison } from './compare.ts'
import type { Machine } from './machine.ts'

/** Everything one run measured. Times in milliseconds, sizes in bytes, unless a name says otherwise. */
export interface Results {
  machine: Machine
  quick: boolean
  comparisons: Comparison[]
  guest: GuestResult
  load: LoadResult
  browser: BrowserResult
  mirror: MirrorResult
  /** As the desktop tests last measured it; null when they have not run here. */
  desktopStart: unknown
}
