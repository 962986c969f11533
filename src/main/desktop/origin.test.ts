import { expect, test } from 'vitest'
import { isOwnBlob, isOwnUrl } from './origin.ts'

test('only the console’s own scheme and host are its own', () => {
  expect(isOwnUrl('vigie://console/index.html')).toBe(true)
  for (const address of ['vigie://other/', 'https://console/', 'vigie:console', 'console', ''])
    expect(isOwnUrl(address)).toBe(false)
})

test('only what a page of the console holds may become a file', () => {
  expect(isOwnBlob('blob:vigie://console/0b8c1a3e-0000-4000-8000-000000000000')).toBe(true)
  for (const address of [
    'vigie://console/index.html',
    'blob:https://console/0b8c1a3e',
    'blob:vigie://other/0b8c1a3e',
    'blob:null/0b8c1a3e',
    'data:text/plain,blob:vigie://console/',
  ])
    expect(isOwnBlob(address)).toBe(false)
})
