/** Errors that a thoughtful person on call would call one problem. */
export interface CorpusKind {
  kind: string
  /** Why it is one kind, or why it stays apart from a near one, where that is not plain. */
  note?: string
  /** Name in the head of the stack; without frames there is no stack either. */
  name?: string
  /**
   * Lines of the stack. `{root}` is where the application lives, `{hash}` what a bundler puts into a file's
   * name, `*` a line and a column: these differ from one error to the next.
   */
  frames?: readonly string[]
  /** Kinds with the same value differ by their frames alone: without stacks nobody can tell them apart. */
  sameMessageAs?: string
  messages: readonly string[]
}

export interface CorpusError {
  kind: string
  sameMessageAs: string | null
  message: string
  stack: string | null
}

const roots = [
  '/app',
  '/srv/shop',
  '/home/alice/projects/shop',
  '/var/www/releases/20261119101500',
  'C:\\Users\\lea\\shop',
  'file:///opt/worker',
  '/Users/marc.dupont/code/shop-2',
  '/home/deploy/releases/8f3a2b1c',
]
const hashes = ['A1B2C3D4', '8f3e2a91', 'DkX9s2aB', '5b6c7d8e', 'Q2mVx7Lp', '0a9f8e7d', 'Bz4TqW1n']

/** The errors of a kind, each with a stack of its own where the kind has frames. */
export function errorsOfKind(kind: CorpusKind): CorpusError[] {
  return kind.messages.map((message, index) => ({
    kind: kind.kind,
    sameMessageAs: kind.sameMessageAs ?? null,
    message,
    stack: stackOf(kind, message, index),
  }))
}

function stackOf(kind: CorpusKind, message: string, index: number): string | null {
  if (kind.frames === undefined) return null
  const root = roots[(index + kind.kind.length) % roots.length] ?? ''
  const hash = hashes[(index * 3 + kind.kind.length) % hashes.length] ?? ''
  const lines = kind.frames.map((frame, row) => {
    const place = `${12 + ((index * 17 + row * 31) % 400)}:${3 + ((index * 7) % 40)}`
    const text = frame.replaceAll('{root}', root).replaceAll('{hash}', hash)
    return `    at ${text.replaceAll(':*', `:${place}`)}`
  })
  const head = message === '' ? (kind.name ?? 'Error') : `${kind.name ?? 'Error'}: ${message}`
  return [head, ...lines].join('\n')
}

/** The lines below every processor: BullMQ's worker and Node itself. */
export const workerFrames = [
  'process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
  'async Worker.processJob ({root}/node_modules/bullmq/dist/cjs/classes/worker.js:*)',
  'async Worker.retryIfFailed ({root}/node_modules/bullmq/dist/cjs/classes/worker.js:*)',
]
