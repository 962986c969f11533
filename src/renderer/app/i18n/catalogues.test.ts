import { describe, expect, test } from 'vitest'
import { en } from './en.ts'
import { fr } from './fr.ts'

interface Catalogue {
  [key: string]: string | Catalogue
}

function flatten(catalogue: Catalogue, path = ''): Map<string, string> {
  const flat = new Map<string, string>()
  for (const [key, value] of Object.entries(catalogue)) {
    const name = path === '' ? key : `${path}.${key}`
    if (typeof value === 'string') flat.set(name, value)
    else for (const [inner, text] of flatten(value, name)) flat.set(inner, text)
  }
  return flat
}

const english = flatten(en)
const french = flatten(fr)
/** A plural that only French has. */
const isMany = (key: string) => key.endsWith('_many')
const isOther = (key: string) => key.endsWith('_other')
const sorted = (keys: Iterable<string>) => [...keys].toSorted()

/** "One job" may leave out the number that it spells. */
function variables(key: string, text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)/gu)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'count' || !key.endsWith('_one'))
    .toSorted()
}

describe('the catalogues', () => {
  test('have the same keys, but for the plural that only French has', () => {
    const ordinary = [...french.keys()].filter((key) => !isMany(key))
    expect(sorted(ordinary)).toEqual(sorted(english.keys()))
    const plurals = [...english.keys()].filter(isOther)
    expect(sorted([...french.keys()].filter(isMany))).toEqual(
      sorted(plurals.map((key) => key.replace(/_other$/u, '_many'))),
    )
  })

  test.each([
    ['en', english],
    ['fr', french],
  ] as const)('have every plural form that %s needs', (language, catalogue) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    const missing = [...catalogue.keys()]
      .filter(isOther)
      .flatMap((key) => needed.map((form) => key.replace(/other$/u, form)))
      .filter((key) => !catalogue.has(key))
    expect(missing).toEqual([])
  })

  test('leave no sentence empty', () => {
    const empty = [...english, ...french].filter(([, text]) => text.trim() === '')
    expect(empty).toEqual([])
  })

  test('use the same variables in both languages', () => {
    const differing = [...english].filter(
      ([key, text]) =>
        variables(key, text).join(' ') !== variables(key, french.get(key) ?? '').join(' '),
    )
    expect(differing).toEqual([])
  })
})
