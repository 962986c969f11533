import type { AnySchema } from '@orpc/contract'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'

const converter = new ZodToJsonSchemaConverter()
const fieldsOf = new WeakMap<AnySchema, ReadonlySet<string>>()

/** Makes lists of one where a query names a list's field once: `visible=mail` is `visible: ['mail']`. */
export function listsOfOne(
  query: Readonly<Record<string, unknown>>,
  schema: AnySchema | undefined,
): Record<string, unknown> {
  const lists = schema === undefined ? new Set<string>() : listFields(schema)
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' && lists.has(name) ? [value] : value,
    ]),
  )
}

/** Names of the fields of an object's schema that take lists. */
function listFields(schema: AnySchema): ReadonlySet<string> {
  const known = fieldsOf.get(schema)
  if (known !== undefined) return known
  const [, json] = converter.convert(schema, { strategy: 'input' })
  const properties = typeof json === 'object' ? Object.entries(json.properties ?? {}) : []
  const lists = new Set(
    properties.flatMap(([name, property]) =>
      typeof property === 'object' && property.type === 'array' ? [name] : [],
    ),
  )
  fieldsOf.set(schema, lists)
  return lists
}
