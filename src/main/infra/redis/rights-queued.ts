import type { Redis } from 'ioredis'
import { sampleOf, type Question } from './rights-commands.ts'
import { absent, refusalIn, type Answer } from './rights-answers.ts'
import { sendCommands } from './send-commands.ts'

/** How long is waited for all of it, in milliseconds. */
const patience = 5000

/**
 * By queueing each command in a transaction that is thrown away: Redis checks the rights to a command
 * when it is queued, before anything else it might refuse it for (memory, being a replica, its slot),
 * and executes nothing before EXEC, which is never sent.
 *
 * On a connection of its own, for anything else sent on it would be queued too. As all the console's it
 * does not come back when it is lost: what then follows would be outside of any transaction. Null when
 * it did not open.
 */
export async function askByQueueing(
  another: () => Promise<Redis>,
  questions: readonly Question[],
): Promise<Answer[] | null> {
  const own = await another().catch(() => null)
  if (own === null) return null
  own.on('error', () => {})
  // Ends all that is waited for below: what has no answer by then is rejected.
  const timer = setTimeout(() => own.disconnect(), patience)
  try {
    return await answersOf(own, questions)
  } finally {
    clearTimeout(timer)
    own.disconnect()
  }
}

/** Not to be queued: these are about the transaction itself. */
const outside = new Set(['watch', 'unwatch', 'multi', 'exec'])
/** Executed by something that is no transaction, these would leave a trace. */
const harmless = (question: Question) => question.command === 'exists'

async function answersOf(own: Redis, questions: readonly Question[]): Promise<Answer[] | null> {
  const answers = new Map<Question, Answer>()
  const ask = async (asked: readonly Question[], done: string) => {
    const replies = await sendCommands(own, asked.map(sampleOf))
    for (const [index, question] of asked.entries()) {
      answers.set(question, answerOf(replies[index], done))
    }
  }
  const before = questions.filter(({ command }) => command === 'watch' || command === 'unwatch')
  await ask(before, 'OK')
  const [begun] = await sendCommands(own, [['multi']])
  // The right to end a transaction comes with that to begin one; asking for it would be EXEC.
  const transaction = answerOf(begun, 'OK')
  for (const question of questions) {
    if (question.command === 'multi' || question.command === 'exec') {
      answers.set(question, transaction)
    }
  }
  if (transaction === 'allowed') {
    const queued = questions.filter(({ command }) => !outside.has(command))
    const first = queued.filter(harmless)
    await ask(first, 'QUEUED')
    // A proxy may take MULTI and execute all the same: nothing follows unless something was queued.
    if (first.some((question) => answers.get(question) === 'allowed')) {
      await ask(
        queued.filter((question) => !harmless(question)),
        'QUEUED',
      )
    }
    await sendCommands(own, [['discard']])
  }
  return questions.map((question) => answers.get(question) ?? 'unknown')
}

function answerOf(reply: unknown, done: string): Answer {
  if (reply === done) return 'allowed'
  if (!(reply instanceof Error)) return 'unknown'
  const { message } = reply
  if (message.startsWith('NOPERM')) return refusalIn(message) ?? 'command'
  if (absent.test(message)) return 'absent'
  // Rights are looked at first, so whatever comes after them was not for want of rights.
  return /^(OOM|READONLY|MISCONF|NOREPLICAS|MASTERDOWN|MOVED|ASK|CLUSTERDOWN|CROSSSLOT)/.test(
    message,
  )
    ? 'allowed'
    : 'unknown'
}
