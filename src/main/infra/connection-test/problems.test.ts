import { expect, test } from 'vitest'
import { ConnectError } from '../redis/connect-error.ts'
import { SshError } from '../ssh/ssh-error.ts'
import { failureIn } from './problems.ts'
import { StepFailure } from './steps.ts'

test.each([
  [new ConnectError('tcp', 'refused', 'ECONNREFUSED'), 'refused'],
  [new ConnectError('tcp', 'refused', 'ENOENT'), 'socket-missing'],
  [new ConnectError('tcp', 'refused', 'EACCES'), 'socket-denied'],
  [new ConnectError('tcp', 'timeout', 'EHOSTUNREACH'), 'unreachable'],
  [
    new ConnectError('tls', 'client-certificate', 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'),
    'client-certificate-required',
  ],
  [new ConnectError('tls', 'client-certificate', 'ERR_OSSL_BAD_DECRYPT'), 'client-key-unreadable'],
  [new ConnectError('auth', 'authentication'), 'password-wrong'],
  [new SshError('forward-refused'), 'ssh-forward-refused'],
  [new Error('something else with a secret'), 'unknown'],
  ['not even an error', 'unknown'],
  [new StepFailure('not-redis'), 'not-redis'],
])('%s is %s', (error, problem) => {
  expect(failureIn(error).problem).toBe(problem)
})

test('a failure says nothing of what it stands for', () => {
  const error = Object.assign(new Error('AUTH hunter2'), { command: { args: ['hunter2'] } })
  const failure = failureIn(error)
  expect(JSON.stringify([failure, failure.message, failure.stack, failure.cause])).not.toContain(
    'hunter2',
  )
})

test('a key of an SSH server that changed is shown beside the one that is trusted', () => {
  const shown = { fingerprint: 'SHA256:new', expected: ['SHA256:old'] }
  expect(failureIn(new SshError('ssh-host-changed', { shown }))).toMatchObject({
    problem: 'ssh-host-changed',
    facts: shown,
  })
})
