import type { AnySchema } from '@orpc/contract'
import { ORPCError } from '@orpc/server'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'

const converter = new ZodToJsonSchemaConverter()
const fieldsOf = new WeakMap<AnySchema, ReadonlyMap<string, { isList: boolean }>>()

/**
 * The input that a query asks for. A list of one may be named once: `visible=mail` is `visible: ['mail']`. What
 * the procedure does not know is refused: a misspelt filter would let everything through.
 *
 * @throws ORPCError BAD_REQUEST
 */
export function inputOfQuery(
  query: Readonly<Record<string, unknown>>,
  schema: AnySchema | undefined,
): Record<string, unknown> {
  const fields = schema === undefined ? new Map<string, { isList: boolean }>() : fieldsIn(schema)
  const unknown = Object.keys(query).filter((name) => !fields.has(name))
  if (unknown.length > 0) {
    throw new ORPCError('BAD_REQUEST', {
      message: `There is no parameter ${unknown.join(', ')} here`,
      data: {
        issues: unknown.map((name) => ({
          path: [name],
          message: `Unknown; there are ${[...fields.keys()].join(', ')}`,
        })),
      },
    })
  }
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' && fields.get(name)?.isList === true ? [value] : value,
    ]),
  )
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
