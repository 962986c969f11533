import type { AnySchema } from '@orpc/contract'
import { ORPCError } from '@orpc/server'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'

const converter = new ZodToJsonSchemaConverter()
const fieldsOf = new WeakMap<AnySchema, ReadonlyMap<string, { isList: boolean }>>()

/**
 * The input that a query and a path ask for. A list of one may be named once: `visible=mail` is
 * `visible: ['mail']`. What the procedure does not know is refused: a misspelt filter would let everything
 * through.
 *
 * @throws ORPCError BAD_REQUEST
 */
export function inputOfQuery(
  query: Readonly<Record<string, unknown>>,
  path: Readonly<Record<string, string>>,
  schema: AnySchema | undefined,
): Record<string, unknown> {
  const fields = schema === undefined ? new Map<string, { isList: boolean }>() : fieldsIn(schema)
  const unknown = Object.keys(query).filter((name) => !fields.has(name))
  if (unknown.length > 0) {
    const message = `Unknown; ${choice([...fields.keys()].filter((name) => !Object.hasOwn(path, name)))}`
    throw new ORPCError('BAD_REQUEST', {
      message: `There ${unknown.length === 1 ? 'is no parameter' : 'are no parameters'} ${unknown.join(', ')} here`,
      data: { issues: unknown.map((name) => ({ path: [name], message })) },
    })
  }
  const asked = Object.entries(query).map(([name, value]) => [
    name,
    typeof value === 'string' && fields.get(name)?.isList === true ? [value] : value,
  ])
  return { ...Object.fromEntries(asked), ...path }
}

function choice(names: readonly string[]): string {
  if (names.length === 0) return 'a query is not taken here'
  return `there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`
}

/** The fields of an object's schema. */
function fieldsIn(schema: AnySchema): ReadonlyMap<string, { isList: boolean }> {
  const known = fieldsOf.get(schema)
  if (known !== undefined) return known
  const [, json] = converter.convert(schema, { strategy: 'input' })
  const properties = typeof json === 'object' ? Object.entries(json.properties ?? {}) : []
  const fields = new Map(
    properties.map(([name, property]) => [
      name,
      { isList: typeof property === 'object' && property.type === 'array' },
    ]),
  )
  fieldsOf.set(schema, fields)
  return fields
}
