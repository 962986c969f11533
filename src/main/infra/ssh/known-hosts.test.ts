import * as fc from 'fast-check'
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  fingerprintOf,
  judgeHostKey,
  knownKeysOf,
  matchesHosts,
  parseKnownHosts,
  type HostKey,
} from './known-hosts.ts'

function keyOf(type: string, content: string): HostKey {
  const name = Buffer.from(type)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(name.length)
  return { type, blob: Buffer.concat([length, name, Buffer.from(content)]) }
}

const lineOf = (hosts: string, { type, blob }: HostKey, marker = '') =>
  `${marker}${hosts} ${type} ${blob.toString('base64')} someone@somewhere\n`

const hashed = (name: string, salt = 'twenty bytes of salt') =>
  `|1|${Buffer.from(salt).toString('base64')}|${createHmac('sha1', salt).update(name).digest('base64')}`

const first = keyOf('ssh-ed25519', 'first')
const second = keyOf('ssh-ed25519', 'second')
const rsa = keyOf('ssh-rsa', 'rsa')

const judge = (text: string, key: HostKey, host = 'bastion.example.com', port = 22) =>
  judgeHostKey(knownKeysOf(parseKnownHosts(text), { host, port }), key)

test('a host is known by the key of its line, and changed with another of that type', () => {
  const text = lineOf('bastion.example.com', first)
  expect(judge(text, first)).toBe('known')
  expect(judge(text, second)).toBe('changed')
  expect(judge(text, rsa)).toBe('unknown')
  expect(judge(text, first, 'other.example.com')).toBe('unknown')
})

test('any of several keys of a host will do, of one type or of several', () => {
  const text =
    lineOf('bastion.example.com', first) +
    lineOf('bastion.example.com,192.0.2.7', second) +
    lineOf('192.0.2.7', rsa)
  expect(judge(text, first)).toBe('known')
  expect(judge(text, second)).toBe('known')
  expect(judge(text, keyOf('ssh-ed25519', 'third'))).toBe('changed')
  expect(judge(text, rsa, '192.0.2.7')).toBe('known')
})

test('another port than 22 is part of the name', () => {
  const text = lineOf('[bastion.example.com]:2222', first)
  expect(judge(text, first, 'bastion.example.com', 2222)).toBe('known')
  expect(judge(text, second, 'bastion.example.com', 2222)).toBe('changed')
  expect(judge(text, first)).toBe('unknown')
  expect(judge(lineOf('[::1]:2222', first), first, '::1', 2222)).toBe('known')
  expect(judge(lineOf('::1', first), first, '::1')).toBe('known')
})

test('a key known for the host alone is accepted on any port, but another there is not a change', () => {
  const text = lineOf('bastion.example.com', first)
  expect(judge(text, first, 'bastion.example.com', 2222)).toBe('known')
  expect(judge(text, second, 'bastion.example.com', 2222)).toBe('unknown')
})

test('hashed names are found, with and without a port', () => {
  const text =
    lineOf(hashed('bastion.example.com'), first) + lineOf(hashed('[192.0.2.7]:2222'), rsa)
  expect(judge(text, first)).toBe('known')
  expect(judge(text, second)).toBe('changed')
  expect(judge(text, rsa, '192.0.2.7', 2222)).toBe('known')
  expect(judge(text, first, 'other.example.com')).toBe('unknown')
})

test('a revoked key is refused wherever its pattern matches, whatever else the file says', () => {
  const text = lineOf('bastion.example.com', first) + lineOf('*', first, '@revoked ')
  expect(judge(text, first)).toBe('revoked')
  expect(judge(text, first, 'bastion.example.com', 2222)).toBe('revoked')
  expect(judge(lineOf('*.example.com', first, '@revoked '), second)).toBe('unknown')
})

test('certificate authorities, comments and what is no line are passed over', () => {
  const text = [
    '# bastion.example.com is ours',
    '',
    '   ',
    lineOf('bastion.example.com', first, '@cert-authority '),
    lineOf('bastion.example.com', first, '@something '),
    'bastion.example.com ssh-ed25519',
    'bastion.example.com',
    `bastion.example.com ssh-rsa ${first.blob.toString('base64')}`,
    'bastion.example.com ssh-ed25519 !!!!',
    'bastion.example.com 1024 35 1234567890',
    '|1|c2FsdA== ssh-ed25519 AAAA',
  ].join('\n')
  expect(parseKnownHosts(text)).toEqual([])
})

test('tabs, leading spaces and the line ends of Windows are no part of a field', () => {
  const text = `  bastion.example.com\tssh-ed25519 \t${first.blob.toString('base64')}\r\n`
  expect(judge(text, first)).toBe('known')
})

test.each([
  ['*', 'anything', true],
  ['*.example.com', 'bastion.example.com', true],
  ['*.example.com', 'example.com', false],
  ['bastion?', 'bastion1', true],
  ['bastion?', 'bastion', false],
  ['Bastion.Example.COM', 'bastion.example.com', true],
  ['*.example.com,!bastion.example.com', 'bastion.example.com', false],
  ['!bastion.example.com,*.example.com', 'bastion.example.com', false],
  ['!bastion.example.com,*.example.com', 'other.example.com', true],
  ['!bastion.example.com', 'other.example.com', false],
  ['a*b*c', 'aXbYbZc', true],
  ['a*b*c', 'aXbYbZ', false],
  ['[*]:2222', '[bastion]:2222', true],
  ['', 'bastion', false],
  ['|2|c2FsdA==|aGFzaA==', 'bastion', false],
])('the pattern %s and the name %s: %s', (hosts, name, expected) => {
  expect(matchesHosts(hosts, name)).toBe(expected)
})

test('a pattern made to be slow is not', () => {
  expect(matchesHosts(`${'*a'.repeat(2000)}b`, 'a'.repeat(5000))).toBe(false)
})

const name = fc.stringMatching(/^[a-z0-9.:-]{1,12}$/)
const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 })

test('patterns mean what the same regular expression means', () => {
  fc.assert(
    fc.property(
      pattern,
      fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 }),
      (pattern, name) => {
        const same = pattern.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.')
        expect(matchesHosts(pattern, name)).toBe(new RegExp(`^${same}$`).test(name))
      },
    ),
  )
})

test('a name matches its own hash and no other name does', () => {
  fc.assert(
    fc.property(name, name, fc.stringMatching(/^[ -~]{1,20}$/), (mine, other, salt) => {
      expect(matchesHosts(hashed(mine, salt), mine)).toBe(true)
      expect(matchesHosts(hashed(mine, salt), other)).toBe(mine === other)
    }),
  )
})

test('no text makes reading fail, and what is read is whole keys', () => {
  const line = fc.oneof(
    fc.string(),
    fc
      .tuple(
        fc.constantFrom('', '@revoked ', '@cert-authority '),
        fc.string(),
        fc.uint8Array({ maxLength: 30 }),
      )
      .map(
        ([marker, hosts, bytes]) =>
          `${marker}${hosts} ssh-ed25519 ${Buffer.from(bytes).toString('base64')}`,
      ),
  )
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      for (const { key } of parseKnownHosts(lines.join('\n'))) {
        expect(key.blob.readUInt32BE(0)).toBe(key.type.length)
      }
    }),
  )
})

test('lines that are about others change no verdict', () => {
  const other = fc
    .tuple(name, fc.constantFrom(first, second, rsa))
    .filter(([host]) => host !== 'mine')
    .map(([host, key]) => lineOf(host, key))
  fc.assert(
    fc.property(
      fc.array(other),
      fc.array(other),
      fc.constantFrom(first, second, rsa),
      (before, after, shown) => {
        const own = lineOf('mine', first)
        const all = [...before, own, ...after].join('')
        expect(judge(all, shown, 'mine')).toBe(judge(own, shown, 'mine'))
      },
    ),
  )
})

test('a fingerprint is written as ssh-keygen does', () => {
  expect(fingerprintOf(first.blob)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/)
})
