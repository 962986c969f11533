import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { originOf, ownHosts } from './hosts.ts'
import { refuseForeign } from './refusal.ts'

const hosts = ownHosts('127.0.0.1', 4780)
const status = (headers: Record<string, string>) => refuseForeign(headers, hosts)?.status ?? 200

describe('the Host header', () => {
  test.each(['127.0.0.1:4780', 'localhost:4780', 'LOCALHOST:4780', '[::1]:4780'])(
    '%s is ours',
    (host) => expect(status({ host })).toBe(200),
  )

  test.each([
    'evil.example:4780',
    'localhost',
    'localhost:80',
    'localhost.:4780',
    'localhost:4780.evil.example',
    '127.0.0.1:4780@evil.example',
    '127.1:4780',
    '',
  ])('%j is misdirected', (host) => expect(status({ host })).toBe(421))

  test('is refused when missing', () => {
    expect(refuseForeign({}, hosts)?.status).toBe(421)
  })

  test('of a chosen host is ours, without its port only on port 80', () => {
    expect(ownHosts('console.lan', 80).has('console.lan')).toBe(true)
    expect(ownHosts('console.lan', 81).has('console.lan')).toBe(false)
    expect(ownHosts('fd00::7', 4780).has('[fd00::7]:4780')).toBe(true)
  })

  test('may be any address of this machine when it listens on all, but no name', () => {
    const everywhere = [...ownHosts('0.0.0.0', 4780)]
    expect(everywhere).toContain('127.0.0.1:4780')
    expect(everywhere.filter((host) => /^[a-z]/.test(host))).toEqual(['localhost:4780'])
  })
})

describe('where a request comes from', () => {
  const host = 'localhost:4780'

  test('a program that says nothing is let in', () => {
    expect(status({ host })).toBe(200)
  })

  test.each<Record<string, string>>([
    { origin: 'http://localhost:4780' },
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin: 'http://localhost:4780', 'sec-fetch-site': 'same-origin' },
  ])('%j is let in', (headers) => expect(status({ host, ...headers })).toBe(200))

  test.each<Record<string, string>>([
    { origin: 'http://localhost:3000' },
    { origin: 'https://localhost:4780' },
    { origin: 'http://127.0.0.1:4780' },
    { origin: 'null' },
    { origin: '' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://localhost:4780', 'sec-fetch-site': 'cross-site' },
  ])('%j is refused', (headers) => expect(status({ host, ...headers })).toBe(403))

  test('no other origin is ever let in', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), (origin) => {
        fc.pre(origin.toLowerCase() !== `http://${host}`)
        expect(status({ host, origin })).toBe(403)
      }),
    )
  })
})

describe('the address to open', () => {
  test.each([
    ['127.0.0.1', 4780, 'http://127.0.0.1:4780'],
    ['0.0.0.0', 4780, 'http://127.0.0.1:4780'],
    ['::', 4780, 'http://[::1]:4780'],
    ['::1', 80, 'http://[::1]'],
    ['console.lan', 4780, 'http://console.lan:4780'],
  ])('of %s is one a browser can use', (host, port, origin) => {
    expect(originOf(host, port)).toBe(origin)
  })
})
