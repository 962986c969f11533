/** Numbers of rows by which ways are chosen; tests take smaller ones. */
export interface PlanLimits {
  /** Counting further says no more about which way is the shorter. */
  estimate: number
  /** Rows of so short a way are looked into rather than asked of the text index. */
  short: number
  /** So many ordered ways are merged; more are sorted. */
  merged: number
  /** A page so far from the first row is found without touching the rows before it. */
  far: number
}

export const planLimits: PlanLimits = { estimate: 20_000, short: 5000, merged: 24, far: 1000 }
