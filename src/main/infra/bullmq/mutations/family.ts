import { mostChildren, type ChildrenFacts } from '#core/actions/ports.ts'
import type { JobRef } from '#shared/contract/jobs.ts'
import { inSameSlot } from '#shared/domain/hash-tag.ts'
import { countOf, idsOf } from '../batch.ts'
import { relativeOf, type Relative } from '../relatives.ts'
import type { FactsSource } from './facts-source.ts'

/** Whether a parent is in waiting-children and counts this job among those it waits for. */
export async function isCounting(
  { ask }: FactsSource,
  parent: Relative,
  jobKey: string,
): Promise<boolean> {
  const [score, member] = await Promise.all([
    ask('zscore', `${parent.root}:waiting-children`, parent.job),
    ask('sismember', `${parent.key}:dependencies`, jobKey),
  ])
  return score !== null && member === 1
}

/** The jobs below a job. Sizes are asked for first, so that a large family is not read. */
export async function childrenOf(
  source: FactsSource,
  prefix: string,
  jobKey: string,
): Promise<ChildrenFacts> {
  const listed = new Set<string>()
  for (let level = [jobKey]; level.length > 0;) {
    const sizes = await Promise.all(level.map((key) => familySize(source, key)))
    const count = sizes.reduce((sum, size) => sum + size, listed.size)
    if (count > mostChildren) return { count, keys: [], active: null, acrossSlots: null }
    const families = await Promise.all(level.map((key) => childKeys(source, key)))
    level = [...new Set(families.flat())].filter((key) => key !== jobKey && !listed.has(key))
    for (const key of level) listed.add(key)
  }
  const found = await Promise.all([...listed].map((key) => presence(source, key)))
  // Redis gives sets and hashes in an order that changes by itself.
  const existing = found.filter(({ exists }) => exists)
  const keys = existing.map(({ key }) => key).toSorted()
  const held = found.find(({ locked }) => locked)
  const apart = source.clustered ? keys.find((key) => !inSameSlot(jobKey, key)) : undefined
  return {
    count: keys.length,
    keys,
    active: held === undefined ? null : refOf(prefix, held.key),
    acrossSlots: apart === undefined ? null : refOf(prefix, apart),
  }
}

const refOf = (prefix: string, key: string): JobRef => {
  const { queue, job } = relativeOf(prefix, key)
  return { queue, job }
}

async function familySize({ ask }: FactsSource, key: string): Promise<number> {
  const sizes = await Promise.all([
    ask('scard', `${key}:dependencies`),
    ask('hlen', `${key}:processed`),
    ask('hlen', `${key}:failed`),
    ask('zcard', `${key}:unsuccessful`),
  ])
  return sizes.reduce<number>((sum, size) => sum + countOf(size), 0)
}

async function childKeys(source: FactsSource, key: string): Promise<string[]> {
  const families = await Promise.all([
    source.ask('smembers', `${key}:dependencies`).then(idsOf),
    fieldsOf(source, `${key}:processed`),
    fieldsOf(source, `${key}:failed`),
    source.ask('zrange', `${key}:unsuccessful`, 0, -1).then(idsOf),
  ])
  return families.flat()
}

/** By HSCAN, which the rights of a read-only user have; the values, results of jobs, come along a few at a time. */
async function fieldsOf({ ask }: FactsSource, key: string): Promise<string[]> {
  const fields: string[] = []
  let cursor = '0'
  do {
    const reply = await ask('hscan', key, cursor, 'COUNT', 10)
    const [next, pairs] = Array.isArray(reply) ? (reply as unknown[]) : []
    fields.push(...idsOf(pairs).filter((_, index) => index % 2 === 0))
    cursor = typeof next === 'string' ? next : '0'
  } while (cursor !== '0')
  return fields
}

interface Presence {
  key: string
  exists: boolean
  locked: boolean
}

async function presence({ ask }: FactsSource, key: string): Promise<Presence> {
  const [exists, locked] = await Promise.all([ask('exists', key), ask('exists', `${key}:lock`)])
  return { key, exists: exists === 1, locked: locked === 1 }
}
