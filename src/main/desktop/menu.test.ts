import type { MenuItemConstructorOptions } from 'electron'
import { expect, test, vi } from 'vitest'
import { labelsIn } from './labels.ts'
import { menuTemplate, type MenuOptions } from './menu.ts'

const options = (change: Partial<MenuOptions> = {}): MenuOptions => ({
  labels: labelsIn('en'),
  settings: { language: 'fr', theme: 'dark' },
  developer: false,
  platform: 'linux',
  change: () => undefined,
  showData: () => undefined,
  openDocumentation: () => undefined,
  ...change,
})

function flatten(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [
    item,
    ...(Array.isArray(item.submenu) ? flatten(item.submenu) : []),
  ])
}

function roles(change: Partial<MenuOptions>) {
  return flatten(menuTemplate(options(change))).map(({ role }) => role)
}

test('reloading and developer tools are there for developers only', () => {
  expect(roles({ developer: true })).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']))
  expect(roles({ developer: false })).not.toContain('reload')
  expect(roles({ developer: false })).not.toContain('toggleDevTools')
})

test.each(['linux', 'win32', 'darwin'] as const)(
  'on %s one can quit and read about it',
  (platform) => {
    const present = roles({ platform })
    expect(present.filter((role) => role === 'quit')).toHaveLength(1)
    expect(present.filter((role) => role === 'about')).toHaveLength(1)
  },
)

test('the present language and theme are the marked ones', () => {
  const marked = flatten(menuTemplate(options())).filter(({ checked }) => checked)
  expect(marked.map(({ id }) => id)).toEqual(['theme-dark', 'language-fr'])
})

test('choosing a theme or a language changes that setting alone', () => {
  const change = vi.fn<MenuOptions['change']>()
  const items = flatten(menuTemplate(options({ change })))
  for (const wanted of ['theme-light', 'language-en']) {
    const item = items.find(({ id }) => id === wanted)
    item?.click?.({} as never, undefined, {})
  }
  expect(change.mock.calls).toEqual([[{ theme: 'light' }], [{ language: 'en' }]])
})

test('no accelerator takes a key of the page', () => {
  const accelerators = flatten(menuTemplate(options({ developer: true }))).flatMap(
    ({ accelerator }) => (typeof accelerator === 'string' ? [accelerator] : []),
  )
  expect(accelerators).toEqual(['Ctrl+Q'])
})
