import { fetchFrames, workerFrames } from './failure.ts'
import { cost, tenant } from './people.ts'
import type { JobKind, QueueScenario, Run } from './types.ts'

const providers = [
  { provider: 'openai', model: 'gpt-4o-mini', cost: [0.0006, 0.0031], latency: [700, 2600] },
  { provider: 'google', model: 'gemini-2.5-flash', cost: [0.0003, 0.0018], latency: [500, 2100] },
  { provider: 'mistral', model: 'pixtral-12b', cost: [0.0002, 0.0011], latency: [600, 3100] },
] as const

const notJson = () => ({
  name: 'ProviderResponseError',
  message: 'provider answered with something that is not JSON',
  frames: [
    'parseVisionAnswer (/srv/app/src/vision/parse.ts:19:11)',
    'async analyse (/srv/app/src/vision/analyse.ts:77:18)',
    'async PhotoProcessor.process (/srv/app/src/workers/photo-analyze.ts:40:20)',
    ...workerFrames,
  ],
  cause: {
    name: 'SyntaxError',
    message: 'Unexpected token \'<\', "<!DOCTYPE "... is not valid JSON',
    frames: [
      'JSON.parse (<anonymous>)',
      'parseVisionAnswer (/srv/app/src/vision/parse.ts:16:17)',
      'async analyse (/srv/app/src/vision/analyse.ts:77:18)',
    ],
  },
})

const timedOut = () => ({
  name: 'TimeoutError',
  message: 'The operation was aborted due to timeout',
  frames: [
    ...fetchFrames,
    'async VisionClient.ask (/srv/app/src/vision/client.ts:58:22)',
    'async analyse (/srv/app/src/vision/analyse.ts:71:20)',
    ...workerFrames,
  ],
  details: { code: 23 },
})

const contentFilter = (run: Run) => ({
  name: 'UnrecoverableError',
  message: `image rejected by the content filter (category: ${run.random.pick(['medical', 'violence', 'minors'])})`,
  frames: [
    'assertAccepted (/srv/app/src/vision/moderation.ts:27:9)',
    'async analyse (/srv/app/src/vision/analyse.ts:79:5)',
    'async PhotoProcessor.process (/srv/app/src/workers/photo-analyze.ts:40:20)',
    ...workerFrames,
  ],
})

const analyse: JobKind = {
  name: 'analyze_photo',
  weight: 1,
  data: (random) => {
    const { provider, model } = random.pick(providers)
    return {
      ...tenant(random),
      photoId: `pho_${random.token(10)}`,
      provider,
      model,
      variant: random.pick(['A', 'B']),
      prompt: { id: 'describe-product', version: random.pick([7, 8]) },
    }
  },
  options: () => ({ attempts: 3, backoff: { type: 'exponential', delay: 2500 } }),
  duration: [700, 3200],
  steps: ({ data }) => [
    { at: 0.1, log: `asking ${String(data['provider'])}/${String(data['model'])}`, progress: 10 },
    { at: 0.9, log: 'answer received', progress: 90 },
  ],
  result: ({ data, random }) => {
    const rates = providers.find(({ provider }) => provider === data['provider']) ?? providers[0]
    return {
      description:
        data['locale'] === 'fr'
          ? 'Un sac en cuir brun posé sur une table en chêne, lumière douce du matin.'
          : 'A brown leather bag on an oak table in soft morning light.',
      labels: ['bag', 'leather', 'table'].slice(0, random.integer(1, 3)),
      confidence: Number(random.between(0.61, 0.99).toFixed(3)),
      variant: data['variant'],
      tokens: { input: random.integer(800, 1600), output: random.integer(60, 240) },
      latency_ms: random.integer(rates.latency[0], rates.latency[1]),
      cost_usd: cost(random, rates.cost[0], rates.cost[1]),
    }
  },
  trouble: {
    lasting: 0.06,
    passing: 0.08,
    failures: [notJson, contentFilter, timedOut],
    early: [timedOut, notJson],
  },
}

export const photoAnalyze: QueueScenario = {
  name: 'photo-analyze',
  bullmq: 6,
  workers: ['vision-1', 'vision-2'],
  concurrency: 1,
  kinds: [analyse],
  history: 90,
  rhythm: { every: 1300, backlog: 5 },
  waiting: 3,
}
