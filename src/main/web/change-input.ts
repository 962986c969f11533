import { ORPCError } from '@orpc/server'

/** The parts of a request that changes something, each as far as it is an object. */
export interface ChangeRequest {
  method: string
  path: Readonly<Record<string, string>>
  query: Readonly<Record<string, unknown>>
  body: Readonly<Record<string, unknown>>
}

/**
 * One input out of path, query and body, in which nothing was said in vain: a safety such as
 * `expectedState` that went unheard would let an action through. DELETE takes its parameters from the
 * query too, since many clients and proxies drop its body.
 *
 * @throws ORPCError BAD_REQUEST for a query where none is taken, and for what is said in two places.
 */
export function inputOfChange({ method, path, query, body }: ChangeRequest) {
  const asked = Object.keys(query)
  if (method !== 'DELETE' && asked.length > 0) {
    throw refusal(asked, 'belongs into the body: this request takes no query')
  }
  const twice = asked.filter((name) => Object.hasOwn(body, name))
  if (twice.length > 0) throw refusal(twice, 'stands in the query and in the body')
  const given = { ...query, ...body }
  const other = Object.keys(path).filter(
    (name) => Object.hasOwn(given, name) && given[name] !== path[name],
  )
  if (other.length > 0) throw refusal(other, 'is not what the path names')
  return { ...given, ...path }
}

const refusal = (names: readonly string[], message: string) =>
  new ORPCError('BAD_REQUEST', {
    message: 'The input does not fit: nothing was changed',
    data: { issues: names.map((name) => ({ path: [name], message: `${name} ${message}` })) },
  })
