import { describe, expect, test } from 'vitest'
import type { TestStep } from '#shared/contract/connection-tests.ts'
import { begun, type TestRun, verdictOf, withStep } from './run.ts'

const step = (name: TestStep['name'], status: TestStep['status'], duration = 1): TestStep => ({
  name,
  status,
  duration: status === 'running' ? null : duration,
  problem: null,
  facts: {},
})
const after = (state: TestRun['state'], ...steps: TestStep[]): TestRun => ({
  ...steps.reduce(withStep, begun),
  state,
})

describe('withStep', () => {
  test('a step that ends replaces the one that ran, and adds its time', () => {
    const run = after(
      'running',
      step('tcp', 'running'),
      step('tcp', 'ok', 4),
      step('auth', 'running'),
    )
    expect(run.steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'tcp ok',
      'auth running',
    ])
    expect(run.duration).toBe(4)
  })
})

describe('verdictOf', () => {
  test('tells where it is, where it stopped and what is worth knowing', () => {
    expect(verdictOf(begun)).toEqual({ type: 'running', step: null })
    expect(verdictOf(after('running', step('tcp', 'running')))).toMatchObject({
      type: 'running',
      step: { name: 'tcp' },
    })
    expect(
      verdictOf(after('done', step('tcp', 'ok'), step('auth', 'failed'), step('role', 'skipped'))),
    ).toMatchObject({ type: 'stopped', step: { name: 'auth' } })
    expect(verdictOf(after('done', step('tcp', 'ok'), step('clock', 'warning')))).toEqual({
      type: 'passed',
      warnings: 1,
    })
  })

  test('one that ended in the middle did not pass', () => {
    expect(verdictOf(after('done', step('tcp', 'running')))).toEqual({ type: 'interrupted' })
    expect(verdictOf(after('done'))).toEqual({ type: 'interrupted' })
    expect(verdictOf(after('cancelled', step('tcp', 'ok')))).toEqual({ type: 'cancelled' })
  })
})
