import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startTestCluster, type TestCluster } from '#test-support/cluster.ts'
import { local, reportOf, stopOf } from '#test-support/connection-test.ts'
import { documentedRights } from '#test-support/documented-rights.ts'
import { freePort } from '#test-support/free-port.ts'
import { sshFor } from '#test-support/profiles.ts'
import { startTestRedis } from '#test-support/redis.ts'
import { startSentinelSet, testMaster, type SentinelSet } from '#test-support/sentinel.ts'
import { makeSshKey } from '#test-support/ssh-keys.ts'
import { sshdWithKey } from '#test-support/ssh-tunnel.ts'
import { temporaryFolder } from '#test-support/temporary-folder.ts'
import type { Deployment } from '#shared/contract/profiles.ts'

async function startRedis(...lines: string[]) {
  const server = await startTestRedis(lines)
  onTestFinished(() => server.stop())
  return server
}

const byNodes = (nodes: readonly { host: string; port: number }[]) => ({
  deployment: { type: 'cluster' as const, nodes: [...nodes] },
})

async function tunnel(knownHosts: (lines: string) => string = (lines) => lines) {
  const { server, key } = await sshdWithKey()
  const knownHostsPath = join(temporaryFolder(), 'known_hosts')
  writeFileSync(knownHostsPath, knownHosts(server.knownHosts()))
  const { port, username } = server
  return {
    server,
    ssh: sshFor({ port, username, authentication: 'key' }),
    secrets: { sshKey: key.privateKey },
    options: { knownHostsPath },
  }
}

describe('a cluster', () => {
  let cluster: TestCluster
  beforeAll(async () => {
    cluster = await startTestCluster()
  }, 60_000)

  afterAll(() => cluster.stop())

  test('is visited with all its masters', async () => {
    const report = await reportOf({ ...byNodes(cluster.nodes.slice(0, 1)), prefixes: ['{bull}'] })
    expect(report.lines.slice(0, 4)).toEqual(['resolve ok', 'tcp ok', 'auth ok', 'cluster ok'])
    const masters = cluster.nodes.map(({ host, port }) => `${host}:${port}`)
    expect(report.step('cluster').facts).toEqual({ masters, replicas: 0, slots: 16_384 })
    expect(report.step('permissions').facts).toMatchObject({ read: true, retry: true })
  })

  test('is reached by any of its nodes, and those that are gone are told', async () => {
    const gone = { host: '127.0.0.1', port: await freePort() }
    const report = await reportOf(byNodes([gone, ...cluster.nodes]))
    expect(stopOf(report)).toBeNull()
    expect(report.step('tcp')).toMatchObject({
      status: 'warning',
      problem: 'refused',
      facts: { missingNodes: [`127.0.0.1:${gone.port}`] },
    })
  })

  test('queues on every master are found, and those BullMQ cannot keep in one slot named', async () => {
    const queues = ['{one}', '{two}', '{three}', '{four}', '{five}', 'plain']
    for (const queue of queues) {
      for (const { redis } of cluster.masters) {
        await redis.hset(`bull:${queue}:meta`, 'version', 'bullmq:6.7.0').catch(() => {})
      }
    }
    const report = await reportOf(byNodes(cluster.nodes))
    expect(report.step('queues')).toMatchObject({
      status: 'warning',
      problem: 'no-hash-tag',
      facts: { queues: 6, names: queues.toSorted(), untagged: ['plain'] },
    })
  })

  test('lets the documented user look, and nobody who may not ask for its slots', async () => {
    const rights = (await documentedRights('vigie')).map((rule) => rule.replace('bull', '{bull}'))
    for (const { redis } of cluster.masters) {
      await redis.acl('SETUSER', 'vigie', '>secret', ...rights, '-cluster|slots')
    }
    const profile = { ...byNodes(cluster.nodes), prefixes: ['{bull}'], username: 'vigie' }
    const report = await reportOf(profile, { password: 'secret' })
    expect(stopOf(report)).toBe('cluster read-denied')
    expect(report.step('cluster').facts).toEqual({ missing: ['cluster slots'] })
    for (const { redis } of cluster.masters) await redis.acl('SETUSER', 'vigie', '+cluster|slots')
    const allowed = await reportOf(profile, { password: 'secret' })
    expect(stopOf(allowed)).toBeNull()
    expect(allowed.step('permissions').facts).toMatchObject({ read: true, retry: false })
  })

  test('is not one server', async () => {
    const [node] = cluster.nodes
    const profile = local(node?.port ?? 0)
    const report = await reportOf(profile)
    expect(stopOf(report)).toBe('cluster is-a-cluster')
    expect(report.lines).toContain('role skipped')
    expect(stopOf(await reportOf({ ...profile, database: 1 }))).toBe('select is-a-cluster')
  })

  test('and one server is no cluster', async () => {
    const { port } = await startRedis()
    const report = await reportOf(byNodes([{ host: '127.0.0.1', port }]))
    expect(stopOf(report)).toBe('cluster not-a-cluster')
  })

  test('that does not serve all its slots is down', async () => {
    const { port } = await startRedis(
      'cluster-enabled yes',
      'cluster-config-file nodes.conf',
      `cluster-port ${await freePort()}`,
    )
    const report = await reportOf(byNodes([{ host: '127.0.0.1', port }]))
    expect(stopOf(report)).toBe('cluster cluster-down')
    expect(report.step('cluster').facts).toMatchObject({ slots: 0 })
  })
})

describe('sentinels', () => {
  const password = 'of-redis'
  const sentinelPassword = 'of-sentinels'
  let set: SentinelSet

  beforeAll(async () => {
    set = await startSentinelSet({ password, sentinelPassword })
  }, 60_000)

  afterAll(() => set.stop())

  const bySentinels = (changes: Partial<Extract<Deployment, { type: 'sentinel' }>> = {}) => ({
    deployment: {
      type: 'sentinel' as const,
      master: testMaster,
      sentinels: [...set.endpoints],
      username: null,
      tls: false,
      ...changes,
    },
  })

  test('say where the primary is', async () => {
    const report = await reportOf(bySentinels(), { password, sentinelPassword })
    expect(report.lines.slice(0, 4)).toEqual(['resolve ok', 'sentinel ok', 'tcp ok', 'auth ok'])
    const primary = `127.0.0.1:${await set.primaryPort()}`
    const { sentinel, ...facts } = report.step('sentinel').facts
    expect(facts).toEqual({
      master: testMaster,
      server: primary,
      sentinels: set.endpoints.map(({ host, port }) => `${host}:${port} → ${primary}`),
    })
    expect(set.endpoints.map(({ host, port }) => `${host}:${port}`)).toContain(sentinel)
    expect(report.step('role').facts).toEqual({ role: 'primary', replicas: 2 })
  })

  test('do not know another name', async () => {
    const report = await reportOf(bySentinels({ master: 'other' }), { password, sentinelPassword })
    expect(stopOf(report)).toBe('sentinel sentinel-unknown-master')
  })

  test('have a password of their own', async () => {
    for (const secrets of [{ password }, { password, sentinelPassword: password }]) {
      expect(stopOf(await reportOf(bySentinels(), secrets))).toBe(
        'sentinel sentinel-authentication',
      )
    }
    expect(stopOf(await reportOf(bySentinels(), { sentinelPassword }))).toBe(
      'auth password-missing',
    )
  })

  test('of which one is gone, and of which all are', async () => {
    const gone = { host: '127.0.0.1', port: await freePort() }
    const secrets = { password, sentinelPassword }
    const report = await reportOf(bySentinels({ sentinels: [gone, ...set.endpoints] }), secrets)
    expect(stopOf(report)).toBeNull()
    expect(report.step('sentinel').facts['sentinels']).toContain(`127.0.0.1:${gone.port} → –`)
    expect(stopOf(await reportOf(bySentinels({ sentinels: [gone] }), secrets))).toBe(
      'sentinel sentinel-no-answer',
    )
  })

  test('are no Redis, nor is a Redis one of them', async () => {
    const [sentinel] = set.endpoints
    const direct = await reportOf(local(sentinel?.port ?? 0), { password: sentinelPassword })
    expect(stopOf(direct)).toBe('cluster is-a-sentinel')
    const { port } = await startRedis()
    const sentinels = [{ host: '127.0.0.1', port }]
    expect(stopOf(await reportOf(bySentinels({ sentinels })))).toBe('sentinel not-a-sentinel')
  })
})

describe('a tunnel', () => {
  test('leads to a Redis, and shows by which key its server is trusted', async () => {
    const { port } = await startRedis()
    const { server, ssh, secrets, options } = await tunnel()
    const report = await reportOf({ ...local(port), ssh }, secrets, options)
    expect(stopOf(report)).toBeNull()
    expect(report.lines.slice(0, 4)).toEqual(['resolve ok', 'ssh ok', 'tcp ok', 'auth ok'])
    expect(report.step('ssh').facts).toEqual({
      address: `127.0.0.1:${server.port}`,
      username: server.username,
      fingerprint: server.hostKeys[0]?.fingerprint,
    })
  })

  test('to a server nobody knows shows its key, to be compared and trusted', async () => {
    const { port } = await startRedis()
    const { server, ssh, secrets, options } = await tunnel(() => '')
    const report = await reportOf({ ...local(port), ssh }, secrets, options)
    expect(stopOf(report)).toBe('ssh ssh-host-unknown')
    const { fingerprint } = report.step('ssh').facts
    expect(fingerprint).toBe(server.hostKeys[0]?.fingerprint)
    const pinned = { ...ssh, hostKey: String(fingerprint) }
    expect(stopOf(await reportOf({ ...local(port), ssh: pinned }, secrets, options))).toBeNull()
  })

  test('to a server with another key than before', async () => {
    const before = makeSshKey(temporaryFolder(), 'before').fingerprint
    const { ssh, secrets, options } = await tunnel()
    const changed = { ...ssh, hostKey: before }
    const report = await reportOf({ ...local(6379), ssh: changed }, secrets, options)
    expect(stopOf(report)).toBe('ssh ssh-host-changed')
    expect(report.step('ssh').facts).toMatchObject({ expected: [before] })
  })

  test('that the server refuses, with a key it does not know or nobody can read', async () => {
    const { ssh, options } = await tunnel()
    const stranger = makeSshKey(temporaryFolder(), 'stranger').privateKey
    const to = { ...local(6379), ssh }
    expect(stopOf(await reportOf(to, { sshKey: stranger }, options))).toBe('ssh ssh-authentication')
    expect(stopOf(await reportOf(to, { sshKey: 'nonsense' }, options))).toBe(
      'ssh ssh-key-unreadable',
    )
    expect(stopOf(await reportOf(to, {}, options))).toBe('ssh ssh-key-unreadable')
  })

  test('to a port where nothing listens, or that speaks no SSH', async () => {
    const { ssh, secrets, options } = await tunnel()
    const closed = { ...ssh, port: await freePort() }
    expect(stopOf(await reportOf({ ...local(6379), ssh: closed }, secrets, options))).toBe(
      'ssh refused',
    )
    const { port } = await startRedis()
    const wrong = { ...ssh, port }
    expect(stopOf(await reportOf({ ...local(6379), ssh: wrong }, secrets, options))).toBe(
      'ssh not-ssh',
    )
  })

  test('that ends where nobody listens', async () => {
    const { ssh, secrets, options } = await tunnel()
    const report = await reportOf({ ...local(await freePort()), ssh }, secrets, options)
    expect(stopOf(report)).toBe('tcp refused')
  })

  test('that does not lead on', async () => {
    const { server, key } = await sshdWithKey({ extra: ['AllowTcpForwarding no'] })
    const knownHostsPath = join(temporaryFolder(), 'known_hosts')
    writeFileSync(knownHostsPath, server.knownHosts())
    const ssh = sshFor({ port: server.port, username: server.username, authentication: 'key' })
    const secrets = { sshKey: key.privateKey }
    const report = await reportOf({ ...local(6379), ssh }, secrets, { knownHostsPath })
    expect(stopOf(report)).toBe('tcp ssh-forward-refused')
  })
})
