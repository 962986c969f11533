/*
 * Loaded into a server before its own code (`node --import`): answers over the IPC channel how late
 * its event loop ran and what CPU time it used. It changes nothing else of the server.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'

export interface ProbeReading {
  /** CPU time since the process started, user and system, in milliseconds. */
  cpu: number
  /** How much later than asked a timer ran since the last reset, in milliseconds. */
  delay: { p50: number; p99: number; max: number }
}

/** Milliseconds between two samples: the histogram counts it in. */
const resolution = 1
const histogram = monitorEventLoopDelay({ resolution })
histogram.enable()

function late(nanoseconds: number): number {
  return Math.max(0, nanoseconds / 1e6 - resolution)
}

function read(): ProbeReading {
  const { user, system } = process.cpuUsage()
  return {
    cpu: (user + system) / 1000,
    delay: {
      p50: late(histogram.percentile(50)),
      p99: late(histogram.percentile(99)),
      max: late(histogram.max),
    },
  }
}

process.on('message', (message: unknown) => {
  if (message === 'probe:reset') histogram.reset()
  if (message === 'probe:read') process.send?.({ probe: read() })
})
// The channel alone must not keep the server alive.
process.channel?.unref()
