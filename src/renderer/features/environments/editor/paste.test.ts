import { describe, expect, test } from 'vitest'
import { profileFor } from '#test-support/profiles.ts'
import { draftOf, emptyProfile } from './draft.ts'
import { readPasted, withUrl } from './paste.ts'

describe('readPasted', () => {
  test('leaves a host, and a bare IPv6 address, as they are', () => {
    for (const text of ['redis.internal', '10.0.0.1', 'fe80::1', '', '  '])
      expect(readPasted(text, '6379')).toBeNull()
  })

  test('takes hosts with ports apart', () => {
    expect(readPasted('redis:6380', '6379')).toEqual({
      type: 'endpoints',
      endpoints: [{ host: 'redis', port: '6380' }],
    })
    expect(readPasted('one:1, two\n[::1]:3;[::2]', '26379')).toEqual({
      type: 'endpoints',
      endpoints: [
        { host: 'one', port: '1' },
        { host: 'two', port: '26379' },
        { host: '::1', port: '3' },
        { host: '::2', port: '26379' },
      ],
    })
  })

  test('a URL that is none of Redis is told, without repeating it', () => {
    expect(readPasted('https://user:secret@host/', '6379')).toEqual({
      type: 'bad-url',
      problem: 'wrong-scheme',
    })
  })
})

const paste = (text: string, draft = draftOf(emptyProfile)) => {
  const pasted = readPasted(text, '6379')
  if (pasted?.type !== 'url') throw new Error('not a URL')
  return withUrl(draft, pasted.url)
}

describe('withUrl', () => {
  test('fills address, user, password, database and encryption', () => {
    const draft = paste('rediss://vigie:p%40ss@cache.example.com:6380/2')
    expect(draft.deployment).toMatchObject({
      type: 'standalone',
      host: 'cache.example.com',
      port: '6380',
    })
    expect(draft).toMatchObject({ username: 'vigie', database: '2', encrypted: true })
    expect(draft.secrets.password).toEqual({ change: 'replace', text: 'p@ss' })
  })

  test('a socket is another deployment', () => {
    expect(paste('unix:///run/redis.sock?db=3')).toMatchObject({
      deployment: { type: 'socket', path: '/run/redis.sock' },
      database: '3',
    })
  })

  test('leaves what a URL does not speak of', () => {
    const before = draftOf(profileFor({ name: 'Mine', prefixes: ['jobs'] }))
    const draft = paste('redis://other', before)
    expect(draft).toMatchObject({ name: 'Mine', prefixes: ['jobs'], encrypted: false })
    expect(draft.secrets).toEqual(before.secrets)
  })

  test('a password typed for one server or user goes to no other', () => {
    const typed = paste('redis://:secret@one:6379')
    const password = { change: 'keep', text: '' }
    expect(paste('redis://one:6379/1', typed).secrets).toEqual(typed.secrets)
    expect(paste('redis://two:6379', typed).secrets).toMatchObject({ password })
    expect(paste('redis://one:6380', typed).secrets).toMatchObject({ password })
    expect(paste('redis://other@one:6379', typed).secrets).toMatchObject({ password })
    expect(paste('unix:///run/redis.sock', typed).secrets).toMatchObject({ password })
  })

  test('a password typed before there was a host is of the one that comes', () => {
    const typed = draftOf(emptyProfile)
    typed.secrets.password = { change: 'replace', text: 'secret' }
    expect(paste('redis://one', typed).secrets).toEqual(typed.secrets)
  })
})
