import BetterSqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { SqliteKnownQueues } from './known-queues.ts'
import { migrate } from './migrate.ts'

function open(prefixes: readonly string[] = ['bull']) {
  const database = new BetterSqlite(':memory:')
  migrate(database, ':memory:')
  return { database, queues: new SqliteKnownQueues(database, () => prefixes) }
}

test('queues are remembered per environment and prefix, once each', () => {
  const { database, queues } = open()
  queues.remember('staging', ['mail', 'seo'])
  queues.remember('staging', ['mail', 'images'])
  queues.remember('production', ['mail'])
  new SqliteKnownQueues(database, () => ['other']).remember('staging', ['elsewhere'])
  expect(queues.list('staging')).toEqual(['images', 'mail', 'seo'])
  expect(queues.list('production')).toEqual(['mail'])
})

test('a queue can be forgotten without touching its namesakes', () => {
  const { queues } = open()
  queues.remember('staging', ['mail', 'seo'])
  queues.remember('production', ['mail'])
  queues.forget('staging', ['mail', 'never seen'])
  expect(queues.list('staging')).toEqual(['seo'])
  expect(queues.list('production')).toEqual(['mail'])
})

test('seeing the same queues again within the hour writes nothing', () => {
  const { database, queues } = open()
  queues.remember('staging', ['mail'])
  const changes = () => database.prepare('SELECT total_changes()').pluck().get()
  const before = changes()
  queues.remember('staging', ['mail'])
  expect(changes()).toBe(before)
})

test('what a queue goes by follows the prefixes of its environment', () => {
  const { database, queues } = open(['bull', 'eu', 'bull:eu'])
  queues.remember('staging', ['mail', 'eu:mail', 'bull:eu:seo'])
  queues.forget('staging', ['eu:seo'])
  expect(queues.list('staging')).toEqual(['mail', 'eu:mail', 'bull:eu:seo'])
  const now = new SqliteKnownQueues(database, () => ['bull:eu', 'bull'])
  expect(now.list('staging')).toEqual(['seo', 'bull:mail'])
  now.forget('staging', ['bull:mail'])
  expect(queues.list('staging')).toEqual(['eu:mail', 'bull:eu:seo'])
})
