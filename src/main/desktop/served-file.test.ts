import * as fastCheck from 'fast-check'
import { sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isOwnUrl } from './origin.ts'
import { servedFile } from './served-file.ts'

const root = ['', 'opt', 'renderer'].join(sep)

describe('servedFile', () => {
  test('finds the page at the root and files by their kind', () => {
    expect(servedFile(root, 'vigie://console/')?.path).toBe(`${root}${sep}index.html`)
    expect(servedFile(root, 'vigie://console/assets/a%20b.js?x=1#y')).toEqual({
      path: [root, 'assets', 'a b.js'].join(sep),
      contentType: 'text/javascript; charset=utf-8',
    })
  })

  test.each([
    'vigie://console/%2e%2e%2fpackage.json',
    'vigie://console/assets/..%2f..%2fpackage.json',
    'vigie://console/..%5c..%5cpackage.json',
    'vigie://console/index.html%00.js',
    'vigie://console/%ff.js',
    'vigie://console/../renderer-other/a.js/..%2f..%2f..%2frenderer-other/a.js',
  ])('refuses %s', (address) => {
    expect(servedFile(root, address)).toBeNull()
  })

  test.each([
    'vigie://other/index.html',
    'https://console/index.html',
    'file:///opt/renderer/a.js',
  ])('knows no file of the foreign origin %s', (address) => {
    expect(servedFile(root, address)).toBeNull()
  })

  test('serves no kind of file the renderer has no use for', () => {
    expect(servedFile(root, 'vigie://console/vigie.db')).toBeNull()
    expect(servedFile(root, 'vigie://console/assets')).toBeNull()
  })

  test('never leaves its folder, whatever the path', () => {
    const piece = fastCheck.constantFrom('..', '%2e%2e', '%2f', '%5c', '/', '\\', '.', 'a', '%00')
    const paths = fastCheck.array(fastCheck.oneof(piece, fastCheck.string()), { maxLength: 12 })
    fastCheck.assert(
      fastCheck.property(paths, (pieces) => {
        const file = servedFile(root, `vigie://console/${pieces.join('')}.js`)
        expect(file === null || file.path.startsWith(root + sep)).toBe(true)
      }),
    )
  })
})

describe('isOwnUrl', () => {
  test.each([
    ['vigie://console/index.html#/queues', true],
    ['vigie://console:80/', false],
    ['vigie://console.example.com/', false],
    ['vigie-x://console/', false],
    ['about:blank', false],
    ['', false],
  ])('%s: %s', (address, own) => {
    expect(isOwnUrl(address)).toBe(own)
  })
})
