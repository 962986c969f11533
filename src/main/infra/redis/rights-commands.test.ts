import { expect, test } from 'vitest'
import { runRemove, runRetry } from '../bullmq/mutations/scripts.ts'
import type { RunScript } from '../bullmq/mutations/script-client.ts'
import { allCommands, questionsOn, sampleOf, scriptCommands } from './rights-commands.ts'

const target = { prefix: 'bull', queue: 'articles', job: '1' }

/** The texts of the scripts that BullMQ wants to run for an action, of both majors. */
async function scriptsOf(action: 'retry' | 'remove'): Promise<string> {
  const texts: string[] = []
  const run: RunScript = ({ lua }) => {
    texts.push(lua)
    return Promise.resolve(1)
  }
  for (const major of [5, 6] as const) {
    if (action === 'remove') await runRemove(major, target, run)
    else {
      for (const state of ['failed', 'completed'] as const) {
        await runRetry(major, target, { state, lifo: false, resetAttempts: true }, run)
      }
    }
  }
  expect(texts).toHaveLength(action === 'remove' ? 2 : 4)
  return texts.join('\n')
}

/** What `rcall(` is given: a command in quotes, or a variable. */
const calls = (lua: string) =>
  [...lua.matchAll(/\b(?:rcall|redis\.p?call|pcall)\s*\(\s*([^,)\s]+)/g)].map(
    ([, first = '']) => first,
  )

test.each(['retry', 'remove'] as const)(
  'the rights to %s name every command that the scripts of BullMQ 5 and 6 call',
  async (action) => {
    const called = calls(await scriptsOf(action))
    expect(called.length).toBeGreaterThan(10)
    const named = called.filter((first) => /^["']/.test(first)).map((first) => first.slice(1, -1))
    const variables = new Set(called.filter((first) => !/^["']/.test(first)))
    // `pushCmd` is either of these two. Another variable would hide its command from this test.
    expect([...variables]).toEqual(['pushCmd'])
    const commands = new Set([...named.map((name) => name.toLowerCase()), 'lpush', 'rpush'])
    expect([...commands].sort()).toEqual(scriptCommands[action].toSorted())
  },
)

test('there is a way to ask about each command', () => {
  for (const command of allCommands) {
    const [question, ...more] = questionsOn(command, ['bull:vigie-probe'])
    expect(more).toEqual([])
    const sent = question && sampleOf(question)
    expect(sent?.join(' ').startsWith(command)).toBe(true)
  }
})
