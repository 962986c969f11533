import { workerFrames } from './failure.ts'
import { firstNames } from './people.ts'
import type { JobKind, QueueScenario, Run, Step } from './types.ts'

const smtpRefused = (run: Run) => ({
  name: 'Error',
  message: `Message failed: 550 5.1.1 <${run.random.pick(firstNames).toLowerCase()}@example.fr>: destinataire inconnu`,
  frames: [
    'SMTPConnection._formatError (/srv/app/node_modules/nodemailer/lib/smtp-connection/index.js:809:19)',
    'SMTPConnection._actionMAIL (/srv/app/node_modules/nodemailer/lib/smtp-connection/index.js:1582:34)',
    'async BirthdayBot.send (/srv/app/src/birthday-bot/send.ts:48:5)',
    'async BirthdayBot.run (/srv/app/src/birthday-bot/run.ts:93:9)',
    ...workerFrames,
  ],
  details: { code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' },
})

const recipientsOf = ({ data }: Run) => Number(data['recipients'] ?? 20)

/** What became of a run's first `count` messages: one in nine is skipped, one in twenty-three fails. */
function tally(count: number) {
  const skipped = Math.floor(count / 9)
  const errors = Math.floor(count / 23)
  return { sent: count - skipped - errors, skipped, errors }
}

function steps(run: Run): Step[] {
  const total = recipientsOf(run)
  const list: Step[] = [{ at: 0, log: `run started: ${total} birthdays today` }]
  for (let index = 1; index <= total; index++) {
    const name = run.random.pick(firstNames)
    const fate =
      index % 23 === 0
        ? `ERROR ${name}: 421 trop de connexions, message remis à plus tard`
        : index % 9 === 0
          ? `skip ${name}: unsubscribed`
          : `sent ${name}: ${run.random.pick(['Joyeux anniversaire !', 'Happy birthday!'])} (${run.random.token(8)})`
    const report = index % Math.max(1, Math.floor(total / 8)) === 0
    list.push({
      at: index / (total + 1),
      log: fate,
      ...(report ? { progress: { ...tally(index), total } } : {}),
    })
  }
  return list
}

const run: JobKind = {
  name: 'birthday_run',
  weight: 1,
  data: (random) => ({
    brandId: random.pick(['brd_maison_lumiere', 'brd_harbour_tea', 'brd_cafe_oree']),
    channel: random.pick(['email', 'sms']),
    recipients: random.integer(12, 48),
    dryRun: false,
  }),
  options: () => ({ attempts: 2, backoff: { type: 'fixed', delay: 15_000 } }),
  duration: [6000, 14_000],
  steps,
  result: (run) => ({
    ...tally(recipientsOf(run)),
    total: recipientsOf(run),
    cost_eur: Number((recipientsOf(run) * 0.0009).toFixed(4)),
  }),
  trouble: { lasting: 0.1, failures: [smtpRefused] },
}

export const birthdayBot: QueueScenario = {
  name: 'birthday-bot',
  bullmq: 6,
  workers: ['birthday-bot'],
  concurrency: 1,
  kinds: [run],
  schedulers: [
    { id: 'birthdays-fr', kind: 'birthday_run', pattern: '0 9 * * *', tz: 'Europe/Paris' },
    { id: 'birthdays-us', kind: 'birthday_run', pattern: '30 8 * * *', tz: 'America/New_York' },
  ],
  history: 24,
  rhythm: { every: 16_000, backlog: 2 },
  waiting: 1,
}
