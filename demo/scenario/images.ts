import { workerFrames } from './failure.ts'
import { tenant } from './people.ts'
import type { JobKind, QueueScenario, Run } from './types.ts'

const unsupported = () => ({
  name: 'Error',
  message: 'Input buffer contains unsupported image format',
  frames: [
    'Sharp.toBuffer (/srv/app/node_modules/sharp/lib/output.js:163:17)',
    'resize (/srv/app/src/images/resize.ts:41:20)',
    'async ImageProcessor.process (/srv/app/src/workers/images.ts:29:18)',
    ...workerFrames,
  ],
})

const storageTimeout = (run: Run) => ({
  name: 'StorageError',
  message: `could not store derivative ${run.random.token(10)}.webp after 3 tries`,
  frames: [
    'ObjectStore.put (/srv/app/src/storage/object-store.ts:74:11)',
    'async ImageProcessor.process (/srv/app/src/workers/images.ts:37:5)',
    ...workerFrames,
  ],
  cause: {
    name: 'Error',
    message: 'connect ETIMEDOUT 10.0.4.17:9000',
    frames: ['TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16)'],
    details: { errno: -110, code: 'ETIMEDOUT', syscall: 'connect', address: '10.0.4.17' },
  },
})

const resize: JobKind = {
  name: 'resize_image',
  weight: 8,
  data: (random) => ({
    ...tenant(random),
    imageId: `img_${random.token(10)}`,
    file: `${random.pick(['vitrine', 'atelier', 'portrait', 'harbour', 'bike-lane', 'teapot'])}-${random.integer(100, 999)}.jpg`,
    widths: [320, 768, 1440],
  }),
  options: (random) => ({
    attempts: 4,
    backoff: { type: 'exponential', delay: 3000 },
    ...(random.chance(0.6) ? { priority: random.pick([1, 5, 10, 20]) } : {}),
  }),
  duration: [600, 2600],
  steps: () => [
    { at: 0.05, progress: 5 },
    { at: 0.35, progress: 33, log: '320 px: done' },
    { at: 0.65, progress: 66, log: '768 px: done' },
    { at: 0.95, progress: 99, log: '1440 px: done' },
  ],
  result: ({ data, random }) => ({
    imageId: data['imageId'],
    derivatives: [320, 768, 1440].map((width) => ({
      width,
      format: 'webp',
      bytes: width * random.integer(40, 90),
    })),
  }),
  trouble: {
    lasting: 0.03,
    passing: 0.06,
    failures: [unsupported, storageTimeout],
    early: [storageTimeout],
  },
  hopeless: (data) => String(data['file']).endsWith('.heic'),
}

const sweep: JobKind = {
  name: 'sweep_unused',
  weight: 0,
  data: () => ({ olderThanDays: 30, bucket: 'media-derivatives' }),
  duration: [400, 900],
  steps: ({ random }) => [{ at: 0.5, log: `removed ${random.integer(0, 40)} objects` }],
  result: ({ random }) => ({ removed: random.integer(0, 40) }),
}

export const images: QueueScenario = {
  name: 'images',
  bullmq: 6,
  workers: ['images-paris-1', 'images-paris-2'],
  concurrency: 1,
  kinds: [resize, sweep],
  schedulers: [{ id: 'sweep-unused', kind: 'sweep_unused', every: 5 * 60_000 }],
  history: 110,
  rhythm: { every: 700, backlog: 14 },
  waiting: 10,
}
