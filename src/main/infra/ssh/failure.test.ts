import { expect, test } from 'vitest'
import { clientFailure, forwardFailure } from './failure.ts'
import { SshError } from './ssh-error.ts'

const errorOf = (facts: object, message = 'with a planted secret') =>
  Object.assign(new Error(message), facts)

test.each([
  [{ level: 'client-socket', code: 'ECONNREFUSED' }, 'refused'],
  [{ level: 'client-socket', code: 'ENOTFOUND' }, 'unresolved'],
  [{ level: 'client-socket', code: 'EAI_AGAIN' }, 'unresolved'],
  [{ level: 'client-socket', code: 'EHOSTUNREACH' }, 'timeout'],
  [{ level: 'client-socket', code: 'ECONNRESET' }, 'closed'],
  [{ level: 'client-socket' }, 'closed'],
  [{ level: 'client-timeout' }, 'timeout'],
  [{ level: 'client-authentication' }, 'ssh-authentication'],
  [{ level: 'protocol' }, 'ssh'],
  [{ level: 'handshake' }, 'ssh'],
  [{ code: 12 }, 'ssh'],
])('while connecting %j is %s', (facts, reason) => {
  const failure = clientFailure(errorOf(facts), 'connecting')
  expect(failure.reason).toBe(reason)
  expect(failure.message).not.toContain('planted')
  expect(failure.cause).toBeUndefined()
})

test('a goodbye of the server depends on when it comes', () => {
  expect(clientFailure(errorOf({ code: 2 }), 'authenticating').reason).toBe('ssh-authentication')
  expect(clientFailure(errorOf({ code: 2 }), 'ready').reason).toBe('closed')
})

test('a connection that ends before it began is closed, not misunderstood', () => {
  const error = errorOf({ level: 'protocol' }, 'Connection lost before handshake')
  expect(clientFailure(error, 'connecting').reason).toBe('closed')
})

test('who answers something else than SSH is misunderstood, in time or not', () => {
  const ended = errorOf({ level: 'protocol' }, 'Connection lost before handshake')
  expect(clientFailure(ended, 'answered').reason).toBe('ssh')
  expect(clientFailure(errorOf({ level: 'client-timeout' }), 'answered').reason).toBe('ssh')
})

test('what is known already stays as it is', () => {
  const known = new SshError('ssh-key')
  expect(clientFailure(known, 'authenticating')).toBe(known)
})

test.each([
  [1, 'Administratively prohibited', 'forward-refused'],
  [2, 'Connection refused', 'refused'],
  [2, 'Name or service not known', 'unresolved'],
  [2, 'Temporary failure in name resolution', 'unresolved'],
  [2, 'Connection timed out', 'timeout'],
  [2, 'No route to host', 'timeout'],
  [2, 'what ever', 'refused'],
  [3, 'Unknown channel type', 'ssh'],
  [undefined, 'No response from server', 'closed'],
])('a stream refused with %s (%s) is %s', (reason, message, expected) => {
  const error = errorOf({ reason }, `(SSH) Channel open failure: ${message}`)
  const failure = forwardFailure(error, { host: 'redis', port: 6379 })
  expect(failure.reason).toBe(expected)
  expect(failure.step).toBe(reason === 2 ? 'tcp' : 'ssh')
})

test('the name of the host is no part of what the server says', () => {
  const error = errorOf({ reason: 2 }, 'connect to names.example.com failed: Connection refused')
  expect(forwardFailure(error, { host: 'names.example.com', port: 6379 }).reason).toBe('refused')
})
