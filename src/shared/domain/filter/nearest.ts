/** The one of these words that was likely meant; null where none is near. */
export function nearest<Word extends string>(typed: string, words: readonly Word[]): Word | null {
  const allowed = typed.length < 3 ? 0 : typed.length < 5 ? 1 : 2
  let best: Word | null = null
  let least = allowed + 1
  for (const word of words) {
    if (Math.abs(word.length - typed.length) >= least) continue
    const steps = distance(typed.toLowerCase(), word)
    if (steps < least) {
      best = word
      least = steps
    }
  }
  return best
}

/** Letters to add, leave out, change or swap with the next (optimal string alignment). */
function distance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1]
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
        ),
      )
    }
    beforeLast = last
    last = current
  }
  return last[to.length] ?? 0
}

/** Names that other tools or the library have for a field. */
const otherFields: Record<string, string> = {
  status: 'state',
  job: 'name',
  type: 'name',
  jobid: 'id',
  userid: 'user',
  user_id: 'user',
  tenant: 'brand',
  brandid: 'brand',
  brand_id: 'brand',
  message: 'error',
  fingerprint: 'group',
  after: 'since',
  from: 'since',
  before: 'until',
  to: 'until',
  took: 'duration',
  tries: 'attempts',
  retries: 'attempts',
}

const otherStates: Record<string, string> = {
  wait: 'waiting',
  pending: 'waiting',
  running: 'active',
  error: 'failed',
  success: 'completed',
  done: 'completed',
}

/** What a word that is no field may have been meant as. */
export function meantField<Field extends string>(
  typed: string,
  fields: readonly Field[],
): Field | null {
  return known(typed, otherFields, fields) ?? nearest(typed, fields)
}

/** What a word that is no value of a field may have been meant as. */
export function meantValue<Value extends string>(
  typed: string,
  values: readonly Value[],
): Value | null {
  return known(typed, otherStates, values) ?? nearest(typed, values)
}

function known<Word extends string>(
  typed: string,
  others: Record<string, string>,
  words: readonly Word[],
): Word | null {
  const name = typed.toLowerCase()
  if (!Object.hasOwn(others, name)) return null
  return words.find((word) => word === others[name]) ?? null
}
