/** What a demo job throws: an error as an application of today would have it, cause and all. */
export interface Failure {
  /** The error's class; `UnrecoverableError` tells BullMQ to try no more. */
  name: string
  message: string
  /** As in a stack, without `at`: application frames under /srv/app, libraries under node_modules. */
  frames: readonly string[]
  /** Own properties, such as `code`, printed the way Node prints them. */
  details?: Readonly<Record<string, string | number>>
  cause?: Failure
  /** How the cause is written into the stack: by Node's inspector, or by a logging helper. */
  causeStyle?: 'node' | 'caused-by'
}

/** The error with its stack as written, since a real one would show frames of this demo. */
export function errorOf(failure: Failure): Error {
  const error = new Error(failure.message)
  error.name = failure.name
  error.stack = stackOf(failure)
  return error
}

function stackOf(failure: Failure): string {
  const head = `${failure.name}: ${failure.message}`
  const own = [head, ...failure.frames.map((frame) => `    at ${frame}`)].join('\n')
  if (failure.causeStyle === 'caused-by' && failure.cause !== undefined) {
    return `${own}\nCaused by: ${stackOf(failure.cause)}`
  }
  const properties = Object.entries(failure.details ?? {}).map(
    ([key, value]) => `  ${key}: ${typeof value === 'string' ? `'${value}'` : value}`,
  )
  if (failure.cause !== undefined) {
    properties.push(`  [cause]: ${stackOf(failure.cause).replaceAll('\n', '\n  ')}`)
  }
  return properties.length === 0 ? own : `${own} {\n${properties.join(',\n')}\n}`
}

/** The frames below every processor: BullMQ's worker and Node itself. */
export const workerFrames = [
  'async Worker.processJob (/srv/app/node_modules/bullmq/dist/cjs/classes/worker.js:571:28)',
  'async Worker.retryIfFailed (/srv/app/node_modules/bullmq/dist/cjs/classes/worker.js:798:24)',
] as const

export const fetchFrames = [
  'node:internal/deps/undici/undici:14900:13',
  'process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
] as const
