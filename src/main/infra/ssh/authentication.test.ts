import type { KeyboardInteractiveAuthMethod, Prompt } from 'ssh2'
import ssh2 from 'ssh2'
import { expect, test } from 'vitest'
import { authenticationOf } from './authentication.ts'

const none = () => []
const password = 'planted'

const byPassword = () =>
  authenticationOf({ username: 'ann', authentication: 'password' }, { sshPassword: password }, none)

test('a password is sent once, after the server said that it takes one', () => {
  const next = byPassword()
  expect(next(null)).toEqual({ type: 'none', username: 'ann' })
  expect(next(['publickey', 'password', 'keyboard-interactive'])).toEqual({
    type: 'password',
    username: 'ann',
    password,
  })
  expect(next(['publickey', 'password', 'keyboard-interactive'])).toBe(false)
})

test('a password is not sent to a server that takes keys alone', () => {
  const next = byPassword()
  next(null)
  expect(next(['publickey'])).toBe(false)
})

function answersTo(...rounds: Prompt[][]): string[][] {
  const next = byPassword()
  next(null)
  const method = next(['keyboard-interactive']) as KeyboardInteractiveAuthMethod
  expect(method.type).toBe('keyboard-interactive')
  return rounds.map((prompts) => {
    let given: string[] = []
    method.prompt('', '', '', prompts, (answers) => (given = answers))
    return given
  })
}

const hidden = { prompt: 'Password: ', echo: false }

test('one hidden prompt gets the password', () => {
  expect(answersTo([hidden])).toEqual([[password]])
})

test.each([
  ['shown as it is typed', [[{ prompt: 'Name: ', echo: true }]], [['']]],
  ['of which there are two', [[hidden, hidden]], [['', '']]],
  ['that comes second', [[hidden], [hidden]], [[password], ['']]],
])('a prompt %s does not get the password', (_which, rounds, expected) => {
  expect(answersTo(...rounds)).toEqual(expected)
})

test('a key is tried once, and read only when it is its turn', () => {
  const { private: text } = ssh2.utils.generateKeyPairSync('ed25519')
  const settings = { username: 'ann', authentication: 'key' } as const
  const next = authenticationOf(settings, { sshKey: text, sshPassword: password }, () => ['/agent'])
  expect(next(null)).toMatchObject({ type: 'publickey', username: 'ann' })
  expect(next(['publickey', 'password'])).toBe(false)
  const garbage = authenticationOf(settings, { sshKey: 'garbage' }, none)
  expect(() => garbage(null)).toThrow(expect.objectContaining({ reason: 'ssh-key' }))
})

test('each agent is tried once, and nothing else', () => {
  const settings = { username: 'ann', authentication: 'agent' } as const
  const secrets = { sshKey: 'a key', sshPassword: password }
  const next = authenticationOf(settings, secrets, () => ['/first', '/second'])
  expect(next(null)).toMatchObject({ type: 'agent', agent: { socketPath: '/first' } })
  expect(next(['password'])).toMatchObject({ type: 'agent', agent: { socketPath: '/second' } })
  expect(next(['password'])).toBe(false)
})

test.each([
  ['password', 'ssh-authentication'],
  ['key', 'ssh-key'],
  ['agent', 'ssh-agent'],
] as const)('without its secret %s is told as %s', (authentication, reason) => {
  expect(() => authenticationOf({ username: 'ann', authentication }, {}, none)).toThrow(
    expect.objectContaining({ reason }),
  )
})
