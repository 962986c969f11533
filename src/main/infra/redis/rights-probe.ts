import type { Right } from '#shared/contract/connections.ts'
import type { Answer } from './rights-answers.ts'
import { isNewer, questionsOn, type Question } from './rights-commands.ts'

/** Answers in the order of the questions; null when they cannot be asked. */
export type Ask = (questions: readonly Question[]) => Promise<Answer[] | null>

/** What Redis said about commands and keys so far. */
export class RightsProbe {
  readonly #ask: Ask
  readonly #answers = new Map<string, Answer>()

  constructor(ask: Ask) {
    this.#ask = ask
  }

  async ask(commands: readonly string[], keys: readonly string[]): Promise<void> {
    const questions = commands.flatMap((command) => questionsOn(command, keys))
    if (questions.length === 0) return
    const answers = await this.#ask(questions)
    for (const [index, question] of questions.entries()) {
      this.#answers.set(idOf(question), answers?.[index] ?? 'unknown')
    }
  }

  answer(command: string, key: string): Answer {
    const [question] = questionsOn(command, [key])
    return (question && this.#answers.get(idOf(question))) ?? 'unknown'
  }

  /** Whether the command is refused whatever the key, or not there where it is needed. */
  lacks(command: string, keys: readonly string[]): boolean {
    return keys.some((key) => {
      const answer = this.answer(command, key)
      return answer === 'command' || (answer === 'absent' && !isNewer(command))
    })
  }
}

export interface RightQuestion {
  needed: readonly string[]
  /** Without these it is allowed all the same. */
  wanted?: readonly string[]
  /** Prefixes, each with the key that was asked about. */
  keyOf: ReadonlyMap<string, string>
  /** Where the keys of a whole prefix are refused: there is a queue whose keys are not. */
  somewhere: boolean
}

export function rightFrom(
  probe: RightsProbe,
  { needed, wanted = [], keyOf, somewhere }: RightQuestion,
): Right {
  const keys = [...keyOf.values()]
  const lacking = needed.filter((command) => probe.lacks(command, keys))
  const refused = [...keyOf].filter(([, key]) =>
    needed.some((command) => probe.answer(command, key) === 'key'),
  )
  const unknown = needed.some((command) =>
    keys.some((key) => probe.answer(command, key) === 'unknown'),
  )
  const missing = [
    ...lacking,
    ...wanted.filter((command) => probe.lacks(command, keys)),
    ...refused.map(([prefix]) => `${prefix}:*`),
  ]
  if (lacking.length > 0) return { allowed: false, missing }
  if (refused.length === keyOf.size && !somewhere) return { allowed: false, missing }
  return { allowed: refused.length > 0 || unknown ? null : true, missing }
}

const idOf = ({ command, key }: Question) => JSON.stringify([command, key])
