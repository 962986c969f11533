import { workerFrames } from './failure.ts'
import { tenant } from './people.ts'
import type { JobKind, QueueScenario } from './types.ts'

const diskFull = () => ({
  name: 'Error',
  message: 'ENOSPC: no space left on device, write',
  frames: [
    'async writeSheet (/srv/app/src/reports/sheet.ts:102:7)',
    'async ReportProcessor.process (/srv/app/src/workers/reports.ts:66:5)',
    ...workerFrames,
  ],
  details: { errno: -28, code: 'ENOSPC', syscall: 'write' },
})

const outOfMemory = () => ({
  name: 'RangeError',
  message: 'Invalid string length',
  frames: [
    'JSON.stringify (<anonymous>)',
    'buildPayload (/srv/app/src/reports/payload.ts:24:15)',
    'async ReportProcessor.process (/srv/app/src/workers/reports.ts:58:21)',
    ...workerFrames,
  ],
})

const monthly: JobKind = {
  name: 'monthly_report',
  weight: 3,
  data: (random) => ({
    ...tenant(random),
    month: `2026-${String(random.integer(1, 10)).padStart(2, '0')}`,
    format: random.pick(['pdf', 'xlsx']),
    recipients: ['direction@example.fr', 'ops@example.com'],
  }),
  options: (random) => ({
    attempts: 2,
    backoff: { type: 'fixed', delay: 60_000 },
    ...(random.chance(0.15) ? { priority: 3 } : {}),
  }),
  duration: [3000, 9000],
  steps: () => [
    { at: 0.1, log: 'collecting figures', progress: { stage: 'collect', done: 0, of: 3 } },
    { at: 0.5, log: 'drawing 6 charts', progress: { stage: 'draw', done: 1, of: 3 } },
    { at: 0.9, log: 'envoi du rapport', progress: { stage: 'send', done: 2, of: 3 } },
  ],
  result: ({ data, random }) => ({
    file: `rapport-${String(data['month'])}.${String(data['format'])}`,
    pages: random.integer(4, 22),
    bytes: random.integer(90_000, 900_000),
  }),
  trouble: { lasting: 0.12, passing: 0.05, failures: [diskFull, outOfMemory], early: [diskFull] },
}

const digest: JobKind = {
  ...monthly,
  name: 'weekly_digest',
  weight: 1,
  data: (random) => ({ ...tenant(random), week: random.integer(1, 52) }),
  result: ({ random }) => ({ opened: random.integer(20, 90), sections: 5 }),
}

/** Paused for the month's end: what is added waits. */
export const reports: QueueScenario = {
  name: 'reports',
  bullmq: 6,
  workers: ['reports-1'],
  concurrency: 1,
  kinds: [monthly, digest],
  schedulers: [
    { id: 'weekly-digest', kind: 'weekly_digest', pattern: '0 8 * * 1', tz: 'Europe/Paris' },
  ],
  history: 40,
  rhythm: { every: 40_000, backlog: 12 },
  waiting: 7,
  paused: true,
}
