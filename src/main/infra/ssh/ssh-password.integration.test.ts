import { once } from 'node:events'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { passwordServer, type PasswordServer } from '#test-support/ssh-password-server.ts'
import { listener, refusalOf, sshdWithKey, tunnelTo } from '#test-support/ssh-tunnel.ts'

const password = 'a planted password'

const tunnelWith = (server: PasswordServer, sshPassword?: string) =>
  tunnelTo(
    server,
    { authentication: 'password' },
    { secrets: () => Promise.resolve({ sshPassword, sshKey: 'a key', sshKeyPassphrase: 'x' }) },
  )

test.each([['password' as const], ['keyboard-interactive' as const]])(
  'a password opens the way: %s',
  async (method) => {
    const server = await passwordServer({ password, methods: [method] })
    const stream = await tunnelWith(server, password).open(await listener())
    stream.write('hello')
    expect(String(await once(stream, 'data'))).toBe('hello')
    expect(server.tried).toEqual(['none', method])
  },
)

test.each([['password' as const], ['keyboard-interactive' as const]])(
  'a wrong password is tried once and told without its text: %s',
  async (method) => {
    const server = await passwordServer({ password, methods: [method] })
    const error = await refusalOf(tunnelWith(server, 'another planted password').connect())
    expect(error).toMatchObject({ reason: 'ssh-authentication' })
    expect(inspect(error, { showHidden: true, depth: 5 })).not.toContain('planted')
    expect(server.tried).toEqual(['none', method])
  },
)

test('a server that takes both gets the password once', async () => {
  const server = await passwordServer({ password, methods: ['password', 'keyboard-interactive'] })
  expect(await refusalOf(tunnelWith(server, 'wrong').connect())).toMatchObject({
    reason: 'ssh-authentication',
  })
  expect(server.tried).toEqual(['none', 'password'])
})

test('a second question is not answered with the password', async () => {
  const hidden = { prompt: 'Password: ', echo: false }
  const server = await passwordServer({
    password,
    methods: ['keyboard-interactive'],
    prompts: [[hidden], [{ prompt: 'Code: ', echo: false }]],
  })
  expect(await refusalOf(tunnelWith(server, password).connect())).toMatchObject({
    reason: 'ssh-authentication',
  })
  expect(server.answers).toEqual([[password], ['']])
})

test('without a password nothing is tried', async () => {
  const server = await passwordServer({ password, methods: ['password'] })
  expect(await refusalOf(tunnelWith(server).connect())).toMatchObject({
    reason: 'ssh-authentication',
  })
  expect(server.tried).toEqual([])
})

test('a password does not reach a server that is not known', async () => {
  const server = await passwordServer({ password, methods: ['password'] })
  const tunnel = tunnelTo(
    server,
    { authentication: 'password' },
    { secrets: () => Promise.resolve({ sshPassword: password }), knownHosts: '' },
  )
  expect(await refusalOf(tunnel.connect())).toMatchObject({ reason: 'ssh-host-unknown' })
  expect(server.tried).toEqual([])
})

test("OpenSSH's own server is not sent a password where it takes keys alone", async () => {
  const { server } = await sshdWithKey()
  const tunnel = tunnelTo(
    server,
    { authentication: 'password' },
    { secrets: () => Promise.resolve({ sshPassword: password }) },
  )
  expect(await refusalOf(tunnel.connect())).toMatchObject({ reason: 'ssh-authentication' })
})
