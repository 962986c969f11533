import { workerFrames } from './failure.ts'
import { firstNames, tenant } from './people.ts'
import type { JobKind, QueueScenario, Run } from './types.ts'

const templateMissing = (run: Run) => ({
  name: 'ReferenceError',
  message: 'unsubscribeLink is not defined',
  frames: [
    `eval (eval at compile (/srv/legacy/node_modules/ejs/lib/ejs.js:673:12), <anonymous>:${run.random.integer(20, 40)}:26)`,
    'renderNewsletter (/srv/legacy/lib/newsletter/render.js:118:10)',
    'async process (/srv/legacy/lib/workers/newsletter.js:35:16)',
    ...workerFrames.map((frame) => frame.replace('/srv/app', '/srv/legacy')),
  ],
})

const send: JobKind = {
  name: 'send_newsletter',
  weight: 1,
  data: (random) => {
    const who = tenant(random)
    return {
      ...who,
      list: random.pick(['abonnés', 'subscribers', 'vip']),
      to: `${random.pick(firstNames)} <user${random.integer(100, 999)}@example.com>`,
      subject: who.locale === 'fr' ? 'Les nouveautés de novembre' : 'What is new in November',
    }
  },
  options: () => ({ attempts: 2, backoff: { type: 'fixed', delay: 10_000 } }),
  duration: [400, 1400],
  steps: () => [{ at: 0.4, log: 'handed to the mail relay', progress: 50 }],
  result: ({ random }) => ({ messageId: `<${random.token(12)}@mail.example.com>` }),
  trouble: { lasting: 0.05, passing: 0.03, failures: [templateMissing] },
}

/** Still on BullMQ 5, next to the others on 6, as in a company half way through an upgrade. */
export const legacyNewsletter: QueueScenario = {
  name: 'legacy-newsletter',
  bullmq: 5,
  workers: ['legacy-mailer'],
  concurrency: 1,
  kinds: [send],
  history: 40,
  rhythm: { every: 4000, backlog: 4 },
  waiting: 2,
}
