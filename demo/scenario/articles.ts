import { workerFrames } from './failure.ts'
import { hostile } from './hostile.ts'
import { tenant, topic } from './people.ts'
import type { JobKind, QueueScenario, Run } from './types.ts'

const retries = { attempts: 3, backoff: { type: 'exponential', delay: 4000 } } as const

const invalidFrontMatter = (run: Run) => ({
  name: 'ZodError',
  message: JSON.stringify(
    [
      {
        code: 'invalid_type',
        expected: 'string',
        path: ['frontMatter', 'canonicalUrl'],
        message: 'Invalid input: expected string, received undefined',
      },
      {
        code: 'too_big',
        maximum: 160,
        path: ['frontMatter', 'description'],
        message: `Too big: expected string to have <=160 characters (${run.random.integer(161, 240)})`,
      },
    ],
    null,
    2,
  ),
  frames: [
    'parseFrontMatter (/srv/app/src/articles/front-matter.ts:31:24)',
    'renderArticle (/srv/app/src/articles/render.ts:57:19)',
    'async ArticleProcessor.process (/srv/app/src/workers/articles.ts:44:16)',
    ...workerFrames,
  ],
})

const deadlock = (run: Run) => ({
  name: 'QueryFailedError',
  message: 'deadlock detected',
  frames: [
    'PostgresQueryRunner.query (/srv/app/node_modules/typeorm/driver/postgres/PostgresQueryRunner.js:219:19)',
    'async ArticleRepository.saveRevision (/srv/app/src/articles/repository.ts:112:5)',
    'async ArticleProcessor.process (/srv/app/src/workers/articles.ts:61:7)',
    ...workerFrames,
  ],
  cause: {
    name: 'error',
    message: 'deadlock detected',
    frames: [
      'Parser.parseErrorMessage (/srv/app/node_modules/pg-protocol/dist/parser.js:285:98)',
      'Socket.<anonymous> (/srv/app/node_modules/pg-protocol/dist/index.js:11:42)',
    ],
    details: {
      code: '40P01',
      detail: `Process ${run.random.integer(2000, 9000)} waits for ShareLock on transaction ${run.random.integer(700000, 990000)}`,
      routine: 'DeadLockReport',
    },
  },
})

const render: JobKind = {
  name: 'render_article',
  weight: 6,
  data: (random) => {
    const who = tenant(random)
    return {
      ...who,
      articleId: random.integer(40_000, 49_999),
      title: topic(random, who.locale),
      template: random.pick(['magazine', 'landing', 'amp']),
    }
  },
  options: () => retries,
  duration: [350, 1800],
  steps: ({ data }) => [
    { at: 0.1, log: `loading article ${String(data['articleId'])}`, progress: 10 },
    { at: 0.6, log: 'rendered 3 of 3 breakpoints', progress: 70 },
    { at: 0.9, log: 'uploaded to the CDN', progress: 95 },
  ],
  result: ({ data, random }) => ({
    url: `https://www.example.com/${String(data['locale'])}/articles/${String(data['articleId'])}`,
    bytes: random.integer(18_000, 96_000),
    warnings: random.chance(0.2) ? ['image without alternative text'] : [],
  }),
  trouble: { lasting: 0.04, passing: 0.06, failures: [invalidFrontMatter], early: [deadlock] },
}

const publish: JobKind = {
  name: 'publish_article',
  weight: 0,
  data: render.data,
  options: () => retries,
  duration: [500, 1500],
  result: ({ data, random }) => ({
    articleId: data['articleId'],
    published: true,
    revision: random.token(8),
  }),
}

export const articles: QueueScenario = {
  name: 'articles',
  bullmq: 6,
  workers: ['articles-paris-1', 'articles-paris-2'],
  concurrency: 1,
  kinds: [render, publish, hostile],
  history: 90,
  rhythm: { every: 900, backlog: 9 },
  waiting: 6,
}
