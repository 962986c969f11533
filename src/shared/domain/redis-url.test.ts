import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { profileFor, sshFor, tlsFor } from '#test-support/profiles.ts'
import { addressOf, parseRedisUrl } from './redis-url.ts'

describe('a Redis URL', () => {
  test.each([
    [
      'redis://h',
      { deployment: { type: 'standalone', host: 'h', port: 6379 }, tls: false, database: 0 },
    ],
    [
      'rediss://u:p%40%3A@H.Example:6380/3',
      {
        deployment: { type: 'standalone', host: 'h.example', port: 6380 },
        tls: true,
        database: 3,
        username: 'u',
        password: 'p@:',
      },
    ],
    [
      'redis://:secret@[::1]:7000',
      { deployment: { host: '::1', port: 7000 }, username: null, password: 'secret' },
    ],
    [
      '  unix:///run/redis.sock?db=2 ',
      { deployment: { type: 'socket', path: '/run/redis.sock' }, database: 2 },
    ],
    [
      'redis+unix://:pw@/run/my%20redis.sock',
      { deployment: { path: '/run/my redis.sock' }, password: 'pw' },
    ],
  ])('%s is taken apart', (url, expected) => {
    expect(parseRedisUrl(url)).toMatchObject(expected)
  })

  test.each([
    ['', 'not-a-url'],
    ['localhost:6379', 'wrong-scheme'],
    ['http://h', 'wrong-scheme'],
    ['redis://h?db=1', 'has-parameters'],
    ['redis://h/zero', 'bad-database'],
    ['redis://h/99999', 'bad-database'],
    ['redis://h:0', 'bad-port'],
    ['redis://u:p@h:99999/0', 'bad-port'],
    ['redis://u:p@[h:99999/0', 'not-a-url'],
    ['redis:///0', 'no-host'],
    ['redis://u:%zz@h', 'bad-escape'],
    ['unix://', 'no-host'],
    ['unix:///run/redis.sock?db=x', 'bad-database'],
  ])('%s is none: %s', (url, problem) => {
    expect(parseRedisUrl(url)).toBe(problem)
  })

  test('of any text is an answer, never an exception', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((text) => `redis://${text}`),
        ),
        (text) => {
          const parsed = parseRedisUrl(text)
          expect(typeof parsed === 'string' || parsed.database >= 0).toBe(true)
        },
      ),
    )
  })

  test('gives back user and password however they are written', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.string({ minLength: 1 }),
        (username, password) => {
          const url = `redis://${encodeURIComponent(username)}:${encodeURIComponent(password)}@h`
          expect(parseRedisUrl(url)).toMatchObject({ username, password })
        },
      ),
    )
  })
})

test.each([
  [profileFor(), 'redis://127.0.0.1:6379/0'],
  [
    profileFor({
      deployment: { type: 'standalone', host: '::1', port: 1 },
      tls: tlsFor(),
      database: 2,
      username: 'ada',
    }),
    'rediss://[::1]:1/2',
  ],
  [profileFor({ deployment: { type: 'socket', path: '/run/r.sock' } }), 'unix:/run/r.sock/0'],
  [
    profileFor({
      deployment: {
        type: 'sentinel',
        master: 'shop',
        sentinels: [
          { host: 'a', port: 26_379 },
          { host: 'b', port: 26_380 },
        ],
        username: 's',
        tls: false,
      },
      ssh: sshFor({ host: 'bastion' }),
    }),
    'sentinel://shop@a:26379,b:26380/0 via ssh://bastion:22',
  ],
  [
    profileFor({ deployment: { type: 'cluster', nodes: [{ host: 'a', port: 7000 }] } }),
    'cluster://a:7000',
  ],
])('the address of a profile names no user: %#', (profile, address) => {
  expect(addressOf(profile)).toBe(address)
})
