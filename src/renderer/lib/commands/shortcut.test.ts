import { describe, expect, test } from 'vitest'
import { type isStep, match } from './shortcut.ts'

const press = (key: string, modifiers: Partial<Parameters<typeof isStep>[1]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...modifiers,
})
const shortcuts = ['g q', 'g j', 'j', 'r', '/', '?', 'mod+k', 'Escape', 'Delete']

describe('match', () => {
  test('finds one key', () => {
    expect(match(shortcuts, null, press('/'))).toEqual({ complete: '/' })
    expect(match(shortcuts, null, press('?'))).toEqual({ complete: '?' })
    expect(match(shortcuts, null, press('Escape'))).toEqual({ complete: 'Escape' })
  })

  test('takes Ctrl and Cmd alike, and nothing less', () => {
    expect(match(shortcuts, null, press('k', { ctrlKey: true }))).toEqual({ complete: 'mod+k' })
    expect(match(shortcuts, null, press('k', { metaKey: true }))).toEqual({ complete: 'mod+k' })
    expect(match(shortcuts, null, press('k'))).toBeNull()
  })

  test('waits for the second key of a sequence, then prefers it to a key of its own', () => {
    expect(match(shortcuts, null, press('g'))).toEqual({ prefix: 'g' })
    expect(match(shortcuts, 'g', press('j'))).toEqual({ complete: 'g j' })
    expect(match(shortcuts, null, press('j'))).toEqual({ complete: 'j' })
  })

  test('a second key that leads nowhere still does what it does alone', () => {
    expect(match(shortcuts, 'g', press('r'))).toEqual({ complete: 'r' })
    expect(match(shortcuts, 'g', press('x'))).toBeNull()
  })

  test('takes the key of a digit for it, on a keyboard that writes something else there', () => {
    const azerty = { code: 'Digit2', shiftKey: false }
    expect(match(['mod+2'], null, press('é', { ...azerty, ctrlKey: true }))).toEqual({
      complete: 'mod+2',
    })
    expect(match(['2'], null, press('é', azerty))).toEqual({ complete: '2' })
    expect(match(['2'], null, press('@', { ...azerty, shiftKey: true }))).toBeNull()
  })

  test('leaves keys with other modifiers to the system', () => {
    expect(match(shortcuts, null, press('r', { ctrlKey: true }))).toBeNull()
    expect(match(shortcuts, null, press('r', { altKey: true }))).toBeNull()
  })
})
