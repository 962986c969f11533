import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { filterFields, fixedValues } from '#shared/domain/filter/fields.ts'
import { parseFilter } from '#shared/domain/filter/parse.ts'

const document = await readFile(new URL('../docs/filter.md', import.meta.url), 'utf8')
const examples = [
  ...document.matchAll(/^```\n(.*)\n```$/gm),
  ...document.slice(document.indexOf('## Examples')).matchAll(/\| `(.*)` +\|$/gm),
].map(([, filter = '']) => filter)

test('every filter of the manual holds', () => {
  expect(examples.length).toBeGreaterThan(7)
  for (const filter of examples) {
    const { conditions, problems } = parseFilter(filter, { now: Date.now(), zone: 'UTC' })
    expect({ filter, problems }).toEqual({ filter, problems: [] })
    expect(conditions).not.toEqual([])
  }
})

test.each([...filterFields, ...Object.values(fixedValues).flat()])(
  'the manual tells of %s',
  (word) => {
    expect(document).toMatch(new RegExp(`\`${word}[\`:]|\`with:${word}\``))
  },
)
