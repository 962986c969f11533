import { expect, test } from 'vitest'
import { contract } from '#shared/contract/index.ts'
import { isOfEnvironment, wordOf } from './actions.ts'

const actions = Object.entries(contract).flatMap(([room, procedures]) =>
  Object.entries(procedures)
    .filter(([, procedure]) => procedure['~orpc'].meta['action'] === true)
    .map(([name]) => `${room}.${name}`),
)
const recorded = ['create', 'update', 'remove', 'import', 'export', 'unlock', 'lock'] as const

test.each(actions)('the action %s has a word', (action) => {
  expect(wordOf(action)).not.toBeNull()
})

test.each(recorded)('what is recorded of environments has a word: %s', (name) => {
  expect(contract.environments).toHaveProperty(name)
  expect(wordOf(`environments.${name}`)).not.toBeNull()
  expect(isOfEnvironment(`environments.${name}`)).toBe(true)
})

test('an action of another version has none, whatever it is called', () => {
  expect(wordOf('jobs.promote')).toBeNull()
  expect(wordOf('constructor')).toBeNull()
})
