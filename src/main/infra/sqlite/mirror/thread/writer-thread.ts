/** The thread that alone writes a mirror file. */
import { parentPort, workerData } from 'node:worker_threads'
import type { MirrorCounts, MirrorWriter } from '#core/mirror/ports.ts'
import { MirrorFile } from '../mirror-file.ts'
import { Asked } from './asked.ts'
import { giveWay } from './give-way.ts'
import { IdleText } from './idle-text.ts'
import { serveCalls } from './serve-calls.ts'

/** Every method of the writer, answered at once. */
type Methods = {
  [Name in Exclude<keyof MirrorWriter, 'rebuild'>]: (
    ...args: Parameters<MirrorWriter[Name]>
  ) => Awaited<ReturnType<MirrorWriter[Name]>>
} & {
  rebuild: (...opened: [] | Parameters<MirrorWriter['open']>) => MirrorCounts
}

const { file, prefix, asked } = workerData as {
  file: string
  prefix: string
  asked: SharedArrayBuffer
}
const mirror = new MirrorFile(file, prefix)
const idle = new IdleText(mirror, new Asked(asked))

const methods: Methods = {
  open: (settings, grouping) => mirror.open(settings, grouping),
  rebuild: (...opened) => mirror.rebuild(...opened),
  counts: () => mirror.counts(),
  census: () => mirror.census(),
  marks: () => mirror.marks(),
  mark: (mark) => mirror.mark(mark),
  write: (batch) => mirror.write(batch),
  ids: (queue, state, range) => mirror.ids(queue, state, range),
  idsAfter: (queue, state, after, count) => mirror.idsAfter(queue, state, after, count),
  buckets: (queue, state, edges) => mirror.buckets(queue, state, edges),
  goneBelow: (queue, state, score, at) => mirror.goneBelow(queue, state, score, at),
  markGone: (queue, ids, at) => mirror.markGone(queue, ids, at),
  forgetQueue: (queue, at) => mirror.forgetQueue(queue, at),
  undetailed: (limit) => mirror.undetailed(limit),
  writeDetails: (queue, details) => mirror.writeDetails(queue, details),
  reread: (queue) => mirror.reread(queue),
  configure: (settings) => mirror.configure(settings),
  regroup: (grouping) => mirror.regroup(grouping),
  indexText: (limit) => mirror.indexText(limit),
  sweep: (goneBefore) => mirror.sweep(goneBefore),
  close: () => {
    idle.stop()
    mirror.close()
  },
}

giveWay()
if (parentPort !== null) {
  serveCalls(parentPort, methods, (method, took) => {
    try {
      mirror.tidy()
    } catch {
      // The next call meets the same trouble and tells it.
    }
    idle.called(method, took)
  })
}
