import { useEffect, useRef, useState } from 'react'

/** Samples that are looked back on, in milliseconds. */
const memory = 10_000
/** A rate over less than this says nothing, in milliseconds. */
const shortest = 1_500

interface Sample {
  at: number
  done: number
}

/** How fast a count grows, per second over the last ten; null until that can be told. */
export function rateOf(samples: readonly Sample[]): number | null {
  const first = samples[0]
  const last = samples.at(-1)
  if (first === undefined || last === undefined || last.at - first.at < shortest) return null
  return Math.max(0, ((last.done - first.done) * 1000) / (last.at - first.at))
}

/** The rate of work that does not tell its own, and the milliseconds left at that rate. */
export function useRate(work: { done: number; total: number } | null): {
  rate: number | null
  left: number | null
} {
  const samples = useRef<Sample[]>([])
  const [rate, setRate] = useState<number | null>(null)
  const done = work?.done ?? null
  useEffect(() => {
    const at = Date.now()
    const known = samples.current
    if (done === null || (known.at(-1)?.done ?? 0) > done) known.length = 0
    if (done !== null) known.push({ at, done })
    while (known[0] !== undefined && known[0].at < at - memory) known.shift()
    setRate(rateOf(known))
  }, [done])
  if (work === null || rate === null || rate < 1) return { rate: null, left: null }
  return { rate, left: (Math.max(0, work.total - work.done) / rate) * 1000 }
}
