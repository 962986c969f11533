import { workerFrames } from './failure.ts'
import { cost, tenant } from './people.ts'
import type { JobKind, QueueScenario, Run } from './types.ts'

const missingPosition = () => ({
  name: 'TypeError',
  message: "Cannot read properties of undefined (reading 'position')",
  frames: [
    '/srv/app/src/seo/rankings.ts:46:31',
    'Array.map (<anonymous>)',
    'summariseRankings (/srv/app/src/seo/rankings.ts:45:18)',
    'async SeoProcessor.process (/srv/app/src/workers/seo.ts:33:20)',
    ...workerFrames,
  ],
})

const quotaExceeded = (run: Run) => ({
  name: 'QuotaExceededError',
  message: `402 Payment Required: ${run.random.integer(9_990, 10_000)} of 10000 keyword credits used this month`,
  frames: [
    'RankingApi.request (/srv/app/src/seo/ranking-api.ts:91:13)',
    'async RankingApi.keywords (/srv/app/src/seo/ranking-api.ts:38:22)',
    'async SeoProcessor.process (/srv/app/src/workers/seo.ts:27:24)',
    ...workerFrames,
  ],
  details: { status: 402, plan: 'team' },
})

const connectionLost = () => ({
  name: 'Error',
  message: 'read ECONNRESET',
  frames: ['TLSWrap.onStreamRead (node:internal/stream_base_commons:216:20)'],
  details: { errno: -104, code: 'ECONNRESET', syscall: 'read' },
})

/** What the application measures of each run, for cost and capacity reports. */
const metrics = ({ random }: Run) => ({
  execution_time_ms: random.integer(420, 2400),
  memory_usage_mb: Number(random.between(48, 210).toFixed(1)),
  cost_usd: cost(random, 0.0004, 0.0121),
})

const keywords = {
  fr: ['café nantes', 'sac cuir végétal', 'balcon fleuri hiver', 'parfum grasse atelier'],
  en: ['loose leaf tea storage', 'cycling bristol', 'rain cycling jacket', 'tea shop leith'],
} as const

const analysis: JobKind = {
  name: 'seo_keyword_analysis',
  weight: 5,
  data: (random) => {
    const who = tenant(random)
    return {
      ...who,
      keyword: random.pick(keywords[who.locale]),
      market: who.locale === 'fr' ? 'FR' : 'GB',
      depth: random.pick([10, 20, 50]),
    }
  },
  options: () => ({ attempts: 2, backoff: { type: 'fixed', delay: 8000 } }),
  duration: [400, 2400],
  steps: ({ data }) => [
    { at: 0.3, log: `read ${String(data['depth'])} results for “${String(data['keyword'])}”` },
    { at: 0.8, progress: 80 },
  ],
  result: (run) => ({
    keyword: run.data['keyword'],
    position: run.random.integer(1, 60),
    volume: run.random.integer(90, 22_000),
    difficulty: run.random.integer(8, 91),
    metrics: metrics(run),
  }),
  trouble: {
    lasting: 0.06,
    passing: 0.04,
    failures: [missingPosition, quotaExceeded],
    early: [connectionLost, quotaExceeded],
  },
}

const rankCheck: JobKind = {
  name: 'rank_check',
  weight: 0,
  data: () => ({ brandId: 'brd_northwind', markets: ['GB', 'FR'], keywords: 12 }),
  duration: [700, 1600],
  result: (run) => ({ moved: run.random.integer(-4, 6), metrics: metrics(run) }),
}

const backlinks: JobKind = {
  name: 'import_backlinks',
  weight: 0,
  data: (random) => ({
    ...tenant(random),
    source: 's3://exports/backlinks.json',
    // About 1 MB as JSON: the size at which a console that loads whole payloads begins to hurt.
    rows: Array.from({ length: 8800 }, (_, index) => ({
      url: `https://site-${random.token(6)}.example/page/${index}`,
      anchor: random.pick(['lire la suite', 'read more', 'Maison Lumière', 'this shop', 'ici']),
      rel: random.pick(['nofollow', 'follow', 'ugc']),
      authority: random.integer(1, 99),
      seen: `2026-${String(random.integer(1, 12)).padStart(2, '0')}-${String(random.integer(1, 28)).padStart(2, '0')}`,
    })),
  }),
  duration: [1500, 2500],
  steps: () => [{ at: 0.5, progress: { imported: 4400, total: 8800 } }],
  result: (run) => ({ imported: 8800, metrics: metrics(run) }),
}

export const seo: QueueScenario = {
  name: 'seo',
  bullmq: 6,
  workers: ['seo-1'],
  concurrency: 2,
  kinds: [analysis, rankCheck, backlinks],
  schedulers: [{ id: 'rank-check', kind: 'rank_check', every: 45_000 }],
  history: 90,
  rhythm: { every: 1100, backlog: 6 },
  waiting: 4,
}
