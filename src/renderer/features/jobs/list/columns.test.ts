import { expect, test } from 'vitest'
import { jobStates } from '#shared/domain/job-state.ts'
import { exportColumnsOf } from '../export/export-columns.ts'
import { columnNames, knownColumns, needsMirror, usualColumns } from './columns.ts'

test('the queue is a column where there are several, the state too', () => {
  expect(usualColumns('mail', 'failed')).not.toContain('queue')
  expect(usualColumns(null, 'failed')).toContain('queue')
  expect(usualColumns('mail', null)).toContain('state')
  expect(usualColumns('mail', 'failed')).not.toContain('state')
})

test('no usual column asks for more than Redis lists', () => {
  for (const state of [...jobStates, null]) {
    expect(needsMirror(usualColumns(null, state))).toBe(false)
  }
  expect(needsMirror(['id', 'user'])).toBe(true)
  expect(needsMirror(null)).toBe(false)
})

test('columns of another version are left out', () => {
  expect(knownColumns(['id', 'mood', 'user'])).toEqual(['id', 'user'])
})

test('every column but the one that ticks can be in a file', () => {
  expect(exportColumnsOf(['id', 'when', 'running', 'error'])).toEqual(['id', 'at', 'error'])
  expect(exportColumnsOf(columnNames)).toHaveLength(columnNames.length - 1)
})
