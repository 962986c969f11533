import type { JobRow } from '#shared/contract/jobs.ts'
import { numberOf, textsOf, wholeOf } from './batch.ts'
import { parentOf, type Relative } from './relatives.ts'

/*
 * What a job's hash says, read in one way by lists, details and actions. Whatever is not as BullMQ
 * writes it counts as absent: nothing here throws.
 */

/** Some of a hash's fields; those not asked for are undefined, those it does not have null. */
export type HashFields<Field extends string> = Partial<Record<Field, string | null>>

/** The reply of HMGET with these fields; null when there is no such hash. */
export function hashOf<Field extends string>(
  fields: readonly Field[],
  reply: unknown,
): HashFields<Field> | null {
  const values = textsOf(reply)
  if (values.every((value) => value === null)) return null
  const entries = fields.map((field, index) => [field, values[index] ?? null])
  return Object.fromEntries(entries) as HashFields<Field>
}

/** Fields that are read of every job, whoever asks. */
export const basicFields = [
  'name',
  'timestamp',
  'priority',
  'processedOn',
  'finishedOn',
  'atm',
  'attemptsMade',
  'opts',
  'rjk',
  'parentKey',
  'parent',
] as const

export type BasicField = (typeof basicFields)[number]

export type JobBasics = Pick<
  JobRow,
  'name' | 'priority' | 'addedAt' | 'startedAt' | 'finishedAt' | 'attemptsMade' | 'attemptsAllowed'
> & {
  /** Of the schedule it came from. */
  scheduler: string | null
  parent: Relative | null
  /** From its options: how long it was put off when it was added, and whether it goes first. */
  delay: number
  lifo: boolean
}

export function basicsOf(prefix: string, hash: HashFields<BasicField>): JobBasics {
  const { attempts, delay, lifo } = optionsOf(hash.opts)
  return {
    name: hash.name ?? '',
    priority: wholeOf(hash.priority) ?? 0,
    addedAt: numberOf(hash.timestamp),
    startedAt: numberOf(hash.processedOn),
    finishedAt: numberOf(hash.finishedOn),
    // As BullMQ reads them: up to v4 and Bull write the one, v5 and v6 the other.
    attemptsMade: wholeOf(hash.attemptsMade) || (wholeOf(hash.atm) ?? 0),
    attemptsAllowed: attempts,
    scheduler: hash.rjk || null,
    parent: parentOf(prefix, hash.parentKey ?? null, hash.parent ?? null),
    delay,
    lifo,
  }
}

/** Most jobs have the very options of the one before. */
let lastOptions = { text: '{}', options: parsedOptions('{}') }

function optionsOf(text: string | null | undefined) {
  const given = text ?? '{}'
  if (given !== lastOptions.text) lastOptions = { text: given, options: parsedOptions(given) }
  return lastOptions.options
}

function parsedOptions(text: string) {
  try {
    const { attempts, delay, lifo } = JSON.parse(text) as Record<string, unknown>
    return {
      attempts: Math.max(1, wholeOf(String(attempts)) ?? 1),
      delay: wholeOf(String(delay)) ?? 0,
      lifo: lifo === true,
    }
  } catch {
    return { attempts: 1, delay: 0, lifo: false }
  }
}
