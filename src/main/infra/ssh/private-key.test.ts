import { generateKeyPairSync } from 'node:crypto'
import { inspect } from 'node:util'
import ssh2 from 'ssh2'
import { expect, test } from 'vitest'
import { readPrivateKey } from './private-key.ts'

const passphrase = 'a planted passphrase'
const locked = { cipher: 'aes-256-cbc', passphrase, format: 'pem' } as const

const rsa = (privateKeyEncoding: object) =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: privateKeyEncoding as { type: 'pkcs1'; format: 'pem' },
  }).privateKey
const ecdsa = (privateKeyEncoding: object) =>
  generateKeyPairSync('ec', {
    namedCurve: 'prime256v1',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: privateKeyEncoding as { type: 'sec1'; format: 'pem' },
  }).privateKey

const open = { format: 'pem' } as const

test.each([
  ['PKCS #1', rsa({ ...open, type: 'pkcs1' }), undefined, 'ssh-rsa'],
  ['locked PKCS #1', rsa({ ...locked, type: 'pkcs1' }), passphrase, 'ssh-rsa'],
  ['PKCS #8 of RSA', rsa({ ...open, type: 'pkcs8' }), undefined, 'ssh-rsa'],
  ['locked PKCS #8 of RSA', rsa({ ...locked, type: 'pkcs8' }), passphrase, 'ssh-rsa'],
  ['SEC 1', ecdsa({ ...open, type: 'sec1' }), undefined, 'ecdsa-sha2-nistp256'],
  ['PKCS #8 of ECDSA', ecdsa({ ...open, type: 'pkcs8' }), undefined, 'ecdsa-sha2-nistp256'],
  [
    "locked, OpenSSH's own",
    ssh2.utils.generateKeyPairSync('ed25519', { passphrase, cipher: 'aes256-ctr', rounds: 4 })
      .private,
    passphrase,
    'ssh-ed25519',
  ],
])('a key in %s is read', (_format, text, passphrase, type) => {
  expect(readPrivateKey(text, passphrase).type).toBe(type)
  expect(readPrivateKey(`\n ${text.replaceAll('\n', '\r\n')} \n`, passphrase).type).toBe(type)
})

test.each([
  ['nothing', ''],
  ['garbage', 'not a key'],
  ['a public key', ssh2.utils.generateKeyPairSync('ed25519').public],
  ['half a key', ssh2.utils.generateKeyPairSync('ed25519').private.slice(0, 120)],
  ['a locked key without its passphrase', ecdsa({ ...locked, type: 'pkcs8' })],
  ['an envelope around garbage', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'],
])('%s is no key', (_what, text) => {
  expect(() => readPrivateKey(text, undefined)).toThrow(
    expect.objectContaining({ reason: 'ssh-key' }),
  )
})

test('a wrong passphrase is told without either text', () => {
  const text = rsa({ ...locked, type: 'pkcs1' })
  const attempt = () => {
    try {
      return readPrivateKey(text, 'another planted passphrase')
    } catch (error) {
      return error
    }
  }
  const error = attempt()
  expect(error).toMatchObject({ reason: 'ssh-key' })
  expect(inspect(error, { showHidden: true, depth: 5 })).not.toContain('planted')
  expect(error).not.toHaveProperty('cause')
})
