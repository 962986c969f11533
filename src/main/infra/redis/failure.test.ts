import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { reconnectDelay } from './backoff.ts'
import { ConnectError } from './connect-error.ts'
import { consoleErrorOf, failureOf } from './failure.ts'

const withCode = (code: string) => Object.assign(new Error(`connect ${code}`), { code })
const reply = (message: string, command?: string) =>
  Object.assign(new Error(message), {
    name: 'ReplyError',
    command: { name: command ?? 'get', args: ['secret'] },
  })

test.each([
  [withCode('ECONNREFUSED'), 'refused', false],
  [withCode('ENOTFOUND'), 'unresolved', false],
  [withCode('ETIMEDOUT'), 'timeout', false],
  [withCode('ECONNRESET'), 'closed', false],
  [withCode('ENOENT'), 'refused', false],
  [withCode('DEPTH_ZERO_SELF_SIGNED_CERT'), 'certificate-untrusted', true],
  [withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'certificate-untrusted', true],
  [withCode('CERT_HAS_EXPIRED'), 'certificate-expired', true],
  [withCode('CERT_NOT_YET_VALID'), 'certificate-expired', true],
  [withCode('ERR_TLS_CERT_ALTNAME_INVALID'), 'certificate-wrong-name', true],
  [withCode('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), 'client-certificate', true],
  [withCode('ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE'), 'client-certificate', true],
  [withCode('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'), 'client-certificate', true],
  [withCode('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls', true],
  [withCode('ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE'), 'tls', true],
  [new ConnectError('select', 'database'), 'database', true],
  [new ConnectError('ssh', 'ssh-host-changed'), 'ssh-host-changed', true],
  [new ConnectError('ssh', 'ssh'), 'ssh', false],
  [new ConnectError('sentinel', 'no-primary'), 'no-primary', false],
  [reply('WRONGPASS invalid username-password pair or user is disabled.'), 'authentication', true],
  [reply('NOAUTH Authentication required.'), 'password-needed', true],
  [reply('DENIED Redis is running in protected mode'), 'permission', true],
  [reply("NOPERM User x has no permissions to run the 'get' command"), 'permission', true],
  [reply('LOADING Redis is loading the dataset in memory'), 'loading', false],
  [reply('BUSY Redis is busy running a script.'), 'busy', false],
  [reply('BUSYGROUP Consumer Group name already exists'), 'unknown', false],
  [reply('ERR max number of clients reached'), 'refused', false],
  [reply('MASTERDOWN Link with MASTER is down'), 'replication', false],
  [reply("OOM command not allowed when used memory > 'maxmemory'."), 'memory', false],
  [reply('WRONGTYPE Operation against a key holding the wrong kind of value'), 'unknown', false],
  ['what', 'unknown', false],
])('%s means %s, refused: %s', (error, reason, refused) => {
  expect(failureOf(error)).toEqual({ reason, refused })
})

test('a refusal names the command, or the one whose key it was', () => {
  const denials = [
    reply("NOPERM User v has no permissions to run the 'client|list' command", 'client'),
    reply('NOPERM No permissions to access a key', 'hgetall'),
  ]
  const [list, key] = denials.map((error) => consoleErrorOf(error, 'prod', null))
  expect(list).toMatchObject({
    code: 'PERMISSION_DENIED',
    data: { environment: 'prod', command: 'client list' },
  })
  expect(key).toMatchObject({ data: { command: 'hgetall' } })
})

test('a closed connection is told by why it is closed', () => {
  const error = new Error("Stream isn't writeable and enableOfflineQueue options is false")
  expect(consoleErrorOf(error, 'prod', 'authentication')).toMatchObject({
    code: 'ENVIRONMENT_UNREACHABLE',
    data: { reason: 'authentication' },
  })
})

test('what Redis was sent never leaves with an error', () => {
  const error = consoleErrorOf(
    reply('WRONGPASS invalid username-password pair', 'auth'),
    'prod',
    null,
  )
  expect(inspect(error, { depth: 9 })).not.toContain('secret')
})

test('a reply about one command, and a defect, stay what they are', () => {
  for (const error of [
    reply('WRONGTYPE Operation against a key'),
    new TypeError('x is undefined'),
  ]) {
    expect(consoleErrorOf(error, 'prod', null)).toBe(error)
  }
})

test('tries come doubling up to five seconds, never all at once, and seldom after a refusal', () => {
  const attempts = Array.from({ length: 40 }, (_, index) => index + 1)
  expect(attempts.map((attempt) => reconnectDelay(attempt, false, 0)).slice(0, 6)).toEqual([
    200, 400, 800, 1600, 3200, 5000,
  ])
  for (const attempt of attempts) {
    expect(reconnectDelay(attempt, false, 1)).toBe(reconnectDelay(attempt, false, 0) * 0.75)
    expect(reconnectDelay(attempt, false)).toBeLessThanOrEqual(5000)
  }
  expect(reconnectDelay(1, true, 0)).toBe(15_000)
})
