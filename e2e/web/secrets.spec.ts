import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { expect, test } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import type { EnvironmentDetail } from '../../src/shared/contract/environments.ts'
import type { contract } from '../../src/shared/contract/index.ts'
import { makeAuthority } from '../../test-support/certificates.ts'
import { freePort } from '../../test-support/free-port.ts'
import { descendantsOf, isAlive } from '../../test-support/processes.ts'
import { profileFor, sshFor, tlsFor } from '../../test-support/profiles.ts'
import { startTestRedis, type TestRedis } from '../../test-support/redis.ts'
import { startSecretService, type TestSecretService } from '../../test-support/secret-service.ts'
import { makeSshKey } from '../../test-support/ssh-keys.ts'
import { startTestSshd, type TestSshd } from '../../test-support/sshd.ts'
import { callerOf, type Call } from '../support/api.ts'
import { startConsole, type ConsoleUnderTest } from '../support/console.ts'
import { Leaks } from '../support/leaks.ts'

/** Each has what must be written differently in a URL, in JSON, in HTML and in base64. */
const secret = (name: string) => `${name}/${randomBytes(9).toString('hex')}+&<%41"é`
const planted = {
  password: `redis/${randomBytes(9).toString('hex')}+&%41`,
  wrong: secret('wrong'),
  ssh: secret('ssh'),
  keyPassphrase: `key/${randomBytes(9).toString('hex')}+&%41`,
  sentinel: secret('sentinel'),
  passphrase: secret('export'),
  otherPassphrase: secret('other'),
  broken: secret('broken'),
}

/**
 * What a library could throw: ioredis hangs the command that failed, AUTH with its password, on its
 * errors. The secrets come from a file, since the variables of a process can be read by others.
 */
const crash = `
  import { readFileSync } from 'node:fs'
  process.on('SIGUSR2', () => {
    const [password] = JSON.parse(readFileSync(process.env.PLANTED, 'utf8'))
    const command = { name: 'auth', args: ['ada', password] }
    const cause = Object.assign(new Error('WRONGPASS'), { command, config: { password } })
    throw Object.assign(new Error('lost', { cause }), { command, lastNodeError: cause, password })
  })`

let folder: string
let service: TestSecretService
let redis: TestRedis
let sshd: TestSshd
let running: ConsoleUnderTest
let leaks: Leaks
let call: Call
let client: ContractRouterClient<typeof contract>
let socket: WebSocket
let tls: { port: number; ca: string; certificate: string; key: string }
let sshKey: string
let watching: NodeJS.Timeout

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-secrets-'))
  const authority = makeAuthority(folder)
  const server = authority.issue('server')
  const operator = authority.issue('operator')
  const key = makeSshKey(folder, 'key', { passphrase: planted.keyPassphrase })
  tls = { port: await freePort(), ca: authority.certificate, ...operator }
  sshKey = key.privateKey
  redis = await startTestRedis([
    'user default off',
    `user ada on "~*" "&*" +@all ">${planted.password}"`,
    `tls-port ${tls.port}`,
    `tls-cert-file ${server.certificatePath}`,
    `tls-key-file ${server.keyPath}`,
    `tls-ca-cert-file ${authority.certificatePath}`,
  ])
  sshd = await startTestSshd({ authorized: [key.publicKey] })
  service = await startSecretService()

  // Of a key, the line that is in no other one; of the others all.
  const lines = { tlsKey: tls.key.split('\n')[2] ?? '', sshKey: sshKey.split('\n')[3] ?? '' }
  leaks = new Leaks({ ...planted, ...lines })
  const file = join(folder, 'planted')
  await writeFile(file, JSON.stringify([planted.password]))
  running = await startConsole({
    data: join(folder, 'data'),
    environment: {
      ...service.env,
      PLANTED: file,
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(crash)}`,
    },
  })
  call = callerOf(running, leaks)
  watching = setInterval(() => {
    for (const pid of [running.pid, ...descendantsOf(running.pid)]) leaks.lookAtProcess(pid)
  }, 50)
  socket = new WebSocket(`${running.origin.replace('http', 'ws')}/rpc`, {
    headers: { authorization: `Bearer ${running.token}` },
  })
  socket.on('message', (data: Buffer) => leaks.look('a frame of the socket', data))
  await once(socket, 'open')
  // `ws` has the part of the browser's interface that the link uses.
  const websocket = socket as unknown as ConstructorParameters<typeof RPCLink>[0]['websocket']
  client = createORPCClient(new RPCLink({ websocket }))
})

test.afterAll(async () => {
  clearInterval(watching)
  socket.terminate()
  await running.stop()
  await Promise.all([service.stop(), sshd.stop(), redis.stop()])
  await rm(folder, { recursive: true, force: true })
})

/** Adds an environment and waits until its connection has come to an end, good or bad. */
async function add(profile: Parameters<typeof profileFor>[0], secrets: object, more: object = {}) {
  const given = { profile: profileFor(profile), secrets, ...more }
  const created = await call<EnvironmentDetail>('POST', '/environments', given)
  expect([created.status, created.text]).toEqual([201, expect.any(String)])
  const { id } = created.body
  let state = ''
  await expect
    .poll(
      async () => {
        const health = await call<{ health: { state: string } }>(
          'GET',
          `/environments/${id}/health`,
        )
        state = health.body.health.state
        return state
      },
      { timeout: 20_000 },
    )
    .not.toBe('connecting')
  return { id, state }
}

test('no secret is let out by whatever the console says, writes or shows of itself', async () => {
  test.setTimeout(180_000)
  const local = { type: 'standalone', host: '127.0.0.1', port: redis.port } as const
  const right = { username: 'ada', deployment: local }
  const pinned = sshFor({
    port: sshd.port,
    username: sshd.username,
    authentication: 'key',
    hostKey: sshd.hostKeys[0]?.fingerprint ?? null,
  })
  const encrypted = tlsFor({ ca: tls.ca, certificate: tls.certificate })
  const live = new AbortController()
  const follow = async () => {
    for await (const _ of await client.environments.watchAll(undefined, { signal: live.signal }));
  }
  const following = follow().catch(() => undefined)
  let id = ''

  await test.step('the right ones, in the keychain', async () => {
    const added = await add({ ...right, name: 'Right' }, { password: planted.password })
    expect(added.state).toBe('ready')
    id = added.id
    const keys = { password: planted.password, sshKey, sshKeyPassphrase: planted.keyPassphrase }
    expect(await add({ ...right, name: 'Tunnel', ssh: pinned }, keys)).toMatchObject({
      state: 'ready',
    })
    const secure = { ...right, name: 'TLS', deployment: { ...local, port: tls.port } }
    expect(
      await add({ ...secure, tls: encrypted }, { password: planted.password, tlsKey: tls.key }),
    ).toMatchObject({ state: 'ready' })
    for (const path of ['', '/queues', '/audit?limit=50', '/health']) {
      expect((await call('GET', `/environments/${id}${path}`)).status).toBe(200)
    }
    expect((await call('POST', `/environments/${id}/test`)).status).toBe(200)
    expect(await call('GET', '/keychain')).toMatchObject({ body: { available: true } })
    await call('POST', `/environments/${id}/disconnect`)
    await call('POST', `/environments/${id}/connect`)
  })

  await test.step('in memory, and moved', async () => {
    const added = await add(
      { ...right, name: 'Memory' },
      { password: planted.password },
      { keepSecrets: 'memory' },
    )
    expect(added.state).toBe('ready')
    const change = { secrets: { password: planted.password }, keepSecrets: 'keychain' }
    expect(await call('PATCH', `/environments/${added.id}`, change)).toMatchObject({
      status: 200,
      body: { secretsKept: 'keychain' },
    })
  })

  await test.step('wrong ones', async () => {
    const refused = { state: 'refused' }
    expect(await add({ ...right, name: 'Wrong' }, { password: planted.wrong })).toMatchObject(
      refused,
    )
    const password = sshFor({ ...pinned, authentication: 'password' })
    await add({ ...right, name: 'SSH', ssh: password }, { sshPassword: planted.ssh })
    const broken = { ...right, tls: encrypted, deployment: { ...local, port: tls.port } }
    await add({ ...broken, name: 'Key' }, { tlsKey: planted.broken })
    await add({ ...right, name: 'SSH key', ssh: pinned }, { sshKey: planted.broken })
    await add(
      { ...right, name: 'Phrase', ssh: pinned },
      { sshKey, sshKeyPassphrase: planted.wrong },
    )
    const sentinels = [{ host: '127.0.0.1', port: redis.port }]
    const sentinel = {
      type: 'sentinel',
      master: 'main',
      sentinels,
      username: 'ada',
      tls: false,
    } as const
    await add({ name: 'Sentinel', deployment: sentinel }, { sentinelPassword: planted.sentinel })
    const cluster = { type: 'cluster', nodes: sentinels } as const
    await add(
      { name: 'Cluster', deployment: cluster, username: 'ada' },
      { password: planted.password },
    )
    const all = await call<EnvironmentDetail[]>('GET', '/environments')
    for (const each of all.body) await call('POST', `/environments/${each.id}/test`)
    for (const ssh of [null, password]) {
      const profile = profileFor({ ...right, ssh })
      const secrets = { password: planted.wrong, sshPassword: planted.ssh }
      const tested = await call('POST', '/environments/test', { profile, secrets })
      expect(tested.text).toContain('failed')
    }
  })

  await test.step('what is refused', async () => {
    const elsewhere = { deployment: { ...local, host: 'localhost' } }
    const moved = await call('PATCH', `/environments/${id}`, { profile: elsewhere })
    expect(moved).toMatchObject({ status: 409, body: { code: 'SECRETS_NEEDED' } })
    const url = `redis://ada:${encodeURIComponent(planted.password)}@127.0.0.1`
    const bad: [string, string, unknown][] = [
      ['POST', '/environments', { profile: profileFor({ ...right }), secrets: { password: '' } }],
      ['POST', '/environments', { profile: {}, secrets: { password: planted.password } }],
      ['POST', '/environments', { profile: { ...profileFor(), password: planted.password } }],
      ['POST', '/environments', { profile: profileFor(), secrets: { password: [planted.wrong] } }],
      [
        'POST',
        '/environments',
        { profile: profileFor(), secrets: { sshKey: planted.broken.repeat(3000) } },
      ],
      [
        'POST',
        '/environments',
        { profile: { ...profileFor(), deployment: { ...local, host: url } } },
      ],
      ['POST', '/environments', `{"secrets":{"password":"${planted.password}"`],
      ['POST', '/environments', planted.password],
      ['PATCH', `/environments/${id}`, { secrets: planted.password }],
      [
        'GET',
        `/environments/${id}/queues?password=${encodeURIComponent(planted.password)}`,
        undefined,
      ],
      ['POST', '/environments/import', { document: planted.password }],
      ['POST', '/environments/export', { passphrase: { is: planted.passphrase } }],
    ]
    for (const [method, path, body] of bad) {
      const { status } = await call(method, path, body)
      expect([method, path.split('?')[0], status < 500]).toEqual([method, path.split('?')[0], true])
    }
    socket.send(`{"json":{"password":"${planted.password}"`)
    const input = { environment: id, secrets: { password: [planted.wrong] } }
    await client.environments.update(input as never).catch(() => undefined)
  })

  await test.step('export and import', async () => {
    const { passphrase } = planted
    const plain = await call<{ document: string }>('POST', '/environments/export', {})
    expect(plain.body.document).toContain('"encrypted": null')
    const sealed = await call<{ document: string }>('POST', '/environments/export', { passphrase })
    const { document } = sealed.body
    const wrong = await call('POST', '/environments/import', {
      document,
      passphrase: planted.otherPassphrase,
    })
    expect(wrong).toMatchObject({ status: 422, body: { data: { problem: 'passphrase-wrong' } } })
    const damaged = document.replace('127.0.0.1', '127.0.0.2')
    expect(
      await call('POST', '/environments/import', { document: damaged, passphrase }),
    ).toMatchObject({ status: 422, body: { data: { problem: 'damaged' } } })
    const imported = await call<{ environments: { id: string }[]; secrets: number }>(
      'POST',
      '/environments/import',
      { document, passphrase },
    )
    expect(imported).toMatchObject({ status: 200 })
    expect(imported.body.secrets).toBeGreaterThan(10)
    for (const each of imported.body.environments) {
      const { name } = (await call<EnvironmentDetail>('GET', `/environments/${each.id}`)).body
      const removed = await call('DELETE', `/environments/${each.id}`, { confirmation: name })
      expect(removed.status).toBe(200)
    }
  })

  await test.step('without a keychain', async () => {
    await service.stop()
    const profile = profileFor({ ...right, name: 'None' })
    const given = { profile, secrets: { password: planted.password } }
    expect(await call('POST', '/environments', given)).toMatchObject({
      status: 503,
      body: { code: 'KEYCHAIN_UNAVAILABLE' },
    })
    await call('POST', '/environments/export', { passphrase: planted.passphrase })
    await call('POST', `/environments/${id}/disconnect`)
    await call('POST', `/environments/${id}/connect`)
    await add(
      { ...right, name: 'Still' },
      { password: planted.password },
      { keepSecrets: 'memory' },
    )
  })

  await test.step('the audit of all of it', async () => {
    const all = await call<EnvironmentDetail[]>('GET', '/environments')
    for (const each of all.body) {
      const audit = await call('GET', `/environments/${each.id}/audit?limit=100`)
      expect(audit.status).toBe(200)
    }
  })

  await test.step('a crash', async () => {
    live.abort()
    await following
    process.kill(running.pid, 'SIGUSR2')
    await expect.poll(() => isAlive(running.pid), { timeout: 20_000 }).toBe(false)
    expect(await running.stop()).toBe(1)
    expect(running.output()).toContain('an unexpected error ended the console')
  })

  leaks.look('what the console printed', running.output())
  leaks.lookBelow(join(folder, 'data'))
  expect(leaks.found).toEqual([])
  expect(leaks.seen).toBeGreaterThan(1_000_000)
})

test('a secret would be found in each of its forms', () => {
  const value = planted.wrong
  const forms = [
    value,
    JSON.stringify({ a: value }),
    `?p=${encodeURIComponent(value)}`,
    new URLSearchParams({ p: value }).toString(),
    Buffer.from(`x${value}y`).toString('hex'),
    ...['', 'x', 'xx'].flatMap((before) =>
      (['base64', 'base64url'] as const).map((encoding) =>
        Buffer.from(`${before}${value}yyy`).toString(encoding),
      ),
    ),
  ]
  for (const form of forms) {
    const finder = new Leaks({ value })
    finder.look('it', form)
    expect([form, finder.found.length > 0]).toEqual([form, true])
  }
})
