import { fetchFrames, workerFrames } from './failure.ts'
import { networks, tenant, topic } from './people.ts'
import type { JobKind, QueueScenario, Run } from './types.ts'

const expiredToken = (run: Run) => ({
  name: 'UnrecoverableError',
  message: `Instagram: (#190) Error validating access token: session of user ${String(run.data['userId'])} has expired`,
  frames: [
    'InstagramPublisher.publish (/srv/app/src/publishers/instagram.ts:88:13)',
    'async SocialProcessor.process (/srv/app/src/workers/social-publish.ts:52:22)',
    ...workerFrames,
  ],
})

const rateLimited = (run: Run) => ({
  name: 'RateLimitError',
  message: `429 Too Many Requests: retry after ${run.random.integer(20, 90)} s`,
  frames: [
    'GraphClient.request (/srv/app/src/publishers/graph-client.ts:143:15)',
    'async InstagramPublisher.publish (/srv/app/src/publishers/instagram.ts:71:24)',
    'async SocialProcessor.process (/srv/app/src/workers/social-publish.ts:52:22)',
    ...workerFrames,
  ],
  details: { status: 429, requestId: run.random.token(16) },
})

const unreachable = () => ({
  name: 'PublishError',
  message: 'LinkedIn n’a pas répondu : publication abandonnée',
  frames: [
    'LinkedInPublisher.publish (/srv/app/src/publishers/linkedin.ts:64:11)',
    'async SocialProcessor.process (/srv/app/src/workers/social-publish.ts:55:22)',
    ...workerFrames,
  ],
  causeStyle: 'caused-by' as const,
  cause: {
    name: 'TypeError',
    message: 'fetch failed',
    frames: [...fetchFrames, 'async post (/srv/app/src/publishers/http.ts:22:20)'],
    causeStyle: 'caused-by' as const,
    cause: {
      name: 'Error',
      message: 'getaddrinfo EAI_AGAIN api.linkedin.example',
      frames: ['GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:122:26)'],
    },
  },
})

const publish: JobKind = {
  name: 'publish_post',
  weight: 5,
  data: (random) => {
    const who = tenant(random)
    return {
      ...who,
      network: random.pick(networks),
      postId: `post_${random.token(9)}`,
      caption: `${topic(random, who.locale)} ${who.locale === 'fr' ? '✨ #nouveauté' : '✨ #new'}`,
      media: [`img_${random.token(10)}`],
    }
  },
  options: () => ({ attempts: 3, backoff: { type: 'exponential', delay: 5000, jitter: 0.3 } }),
  duration: [500, 2200],
  steps: ({ data }) => [
    { at: 0.2, log: `signed in to ${String(data['network'])}`, progress: 20 },
    { at: 0.7, log: 'media uploaded', progress: 70 },
  ],
  result: ({ data, random }) => ({
    permalink: `https://${String(data['network'])}.example/p/${random.token(11)}`,
    remoteId: String(random.integer(1e15, 9e15)),
  }),
  trouble: {
    lasting: 0.09,
    passing: 0.1,
    failures: [expiredToken, unreachable],
    early: [rateLimited, unreachable],
  },
}

const scheduled: JobKind = {
  ...publish,
  name: 'publish_scheduled_post',
  weight: 0.3,
  options: (random) => ({
    attempts: 3,
    backoff: { type: 'exponential', delay: 5000 },
    delay: random.integer(2, 180) * 60_000,
  }),
}

export const socialPublish: QueueScenario = {
  name: 'social-publish',
  bullmq: 6,
  workers: ['social-1'],
  concurrency: 2,
  kinds: [publish, scheduled],
  history: 100,
  rhythm: { every: 1500, backlog: 6 },
  waiting: 3,
}
