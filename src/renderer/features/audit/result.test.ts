import { expect, test } from 'vitest'
import type { AuditEntry } from '#shared/contract/audit.ts'
import { fieldsOf, instantOf } from './details.ts'
import { codeOf, resultOf } from './result.ts'

const outcome = (result: string) => ({ result }) as AuditEntry

test.each([
  ['refusal', null, 'refused'],
  ['intent', null, 'open'],
  ['intent', outcome('ok'), 'done'],
  ['intent', outcome('OUTCOME_UNKNOWN'), 'unknown'],
  ['intent', outcome('JOB_STATE_CHANGED'), 'failed'],
] as const)('%s with outcome %o is %s', (kind, entry, result) => {
  expect(resultOf({ kind, outcome: entry })).toBe(result)
})

test('the code is that of the refusal or the failure, and none when all went well', () => {
  expect(codeOf({ result: 'JOB_ACTIVE', outcome: null })).toBe('JOB_ACTIVE')
  expect(codeOf({ result: null, outcome: outcome('PERMISSION_DENIED') })).toBe('PERMISSION_DENIED')
  expect(codeOf({ result: null, outcome: outcome('ok') })).toBeNull()
})

test('only a field named like an instant that holds one is shown as a time', () => {
  expect(instantOf('addedAt', Date.UTC(2026, 10, 20))).toBe(Date.UTC(2026, 10, 20))
  expect(instantOf('until', Date.UTC(2026, 10, 20))).toBe(Date.UTC(2026, 10, 20))
  expect(instantOf('dataSize', Date.UTC(2026, 10, 20))).toBeNull()
  expect(instantOf('addedAt', 12)).toBeNull()
  expect(instantOf('addedAt', null)).toBeNull()
})

test('details come in the order of the questions, without what says nothing', () => {
  const details = { process: { pid: 1 }, future: 1, error: 'x', name: 'send', parent: null }
  expect(fieldsOf(details).map(([name]) => name)).toEqual(['name', 'error', 'process', 'future'])
})
