import { afterEach, expect, test, vi } from 'vitest'
import { allCommands, type Command, onCommandsChange, registerCommands } from './registry.ts'

const command = (id: string, label: string): Command => ({
  id,
  label,
  group: 'page',
  run: () => undefined,
})
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

test('the command registered last wins over one with the same id, and gives way when it leaves', () => {
  stops.push(registerCommands(() => [command('filter', 'of the page')]))
  const stop = registerCommands(() => [command('filter', 'of the dialog'), command('other', 'x')])
  expect(allCommands().map(({ label }) => label)).toEqual(['of the dialog', 'x'])
  stop()
  expect(allCommands().map(({ label }) => label)).toEqual(['of the page'])
})

test('listeners hear of coming and going until they stop', () => {
  const heard = vi.fn<() => void>()
  const silence = onCommandsChange(heard)
  registerCommands(() => [])()
  expect(heard).toHaveBeenCalledTimes(2)
  silence()
  registerCommands(() => [])()
  expect(heard).toHaveBeenCalledTimes(2)
})
