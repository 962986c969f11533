import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  makeAuthority,
  tlsLines,
  type Authority,
  type Certificate,
} from '#test-support/certificates.ts'
import { at, through } from '#test-support/faults/acting.ts'
import { useStage } from '#test-support/faults/stage.ts'
import { StreamOfActions } from '#test-support/faults/stream-of-actions.ts'
import { FailingWork } from '#test-support/faults/work.ts'
import { freePort } from '#test-support/free-port.ts'
import { tlsFor } from '#test-support/profiles.ts'
import type { ConnectionReason } from '#shared/contract/connections.ts'
import type { Profile, Secrets } from '#shared/contract/profiles.ts'

const stage = useStage()
const user = { username: 'vigie', password: 'of-vigie' }

function authority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-test-faults-'))
  return makeAuthority(
    stage.later(folder, (path) => rmSync(path, { recursive: true, force: true })),
  )
}

/** A Redis that speaks TLS alone, to clients with a certificate, and knows one user. */
async function closedRedis(of: Authority, certificate: Certificate) {
  const port = await freePort()
  const client = of.issue(`client-${port}`)
  await stage.redis([
    ...tlsLines(port, certificate, of, { clients: true }),
    'user default off',
    `user ${user.username} on >${user.password} ~* &* +@all`,
  ])
  const redis = stage.client({
    port,
    ...user,
    tls: {
      ca: of.certificate,
      cert: client.certificate,
      key: client.key,
      checkServerIdentity: () => undefined,
    },
  })
  const profile: Partial<Profile> = {
    ...at(port),
    username: user.username,
    tls: tlsFor({ ca: of.certificate, certificate: client.certificate }),
  }
  const secrets: Secrets = { password: user.password, tlsKey: client.key }
  return { redis, profile, secrets }
}

/** Starts with an environment that is refused, mends what is wrong, and waits until it is ready. */
async function refusedUntil(fault: {
  order: number
  name: string
  reason: ConnectionReason
  profile: Partial<Profile>
  secrets: Secrets
  mend: (environment: Awaited<ReturnType<typeof stage.environment>>) => Promise<unknown>
}): Promise<string[]> {
  const began = Date.now()
  const environment = await stage.environment(fault.profile, fault.secrets)
  const seenAt = await environment.reaches({ state: 'refused', reason: fault.reason }, began)
  expect(await environment.act('retry', 'mail', '1')).toMatchObject({
    status: 503,
    code: 'ENVIRONMENT_UNREACHABLE',
  })
  await fault.mend(environment)
  const mended = Date.now()
  const back = await environment.recovers(mended)
  const seen = environment.statesSince(began)
  stage.record({
    order: fault.order,
    fault: fault.name,
    seen,
    seenAfter: seenAt - began,
    backAfter: back - mended,
    actions: null,
  })
  return seen
}

describe.concurrent('a Redis with ACL and TLS', { timeout: 90_000 }, () => {
  test('is ready and acts with what it wants; killed connections come back', async () => {
    const of = authority()
    const { redis, profile, secrets } = await closedRedis(of, of.issue('server'))
    const work = await FailingWork.start(redis, 60)
    const began = Date.now()
    const environment = await stage.environment(profile, secrets)
    const ready = await environment.recovers(began)
    const { row, tally } = await through(
      { environment, actions: new StreamOfActions(environment, work) },
      { begin: () => redis.call('client', 'KILL', 'TYPE', 'normal') },
    )
    expect(tally.done).toBeGreaterThan(0)
    stage.record({
      ...row,
      order: 10,
      fault: 'ACL user, own CA, client certificate: all good (then CLIENT KILL)',
      seenAfter: ready - began,
    })
  })

  test('refuses a client without a certificate', async () => {
    const of = authority()
    const { profile, secrets } = await closedRedis(of, of.issue('server'))
    const seen = await refusedUntil({
      order: 11,
      name: 'no client certificate; given (PATCH)',
      reason: 'client-certificate',
      profile: { ...profile, tls: tlsFor({ ca: of.certificate }) },
      secrets: { password: user.password },
      mend: (environment) => environment.change({ tls: profile.tls ?? null }, secrets),
    })
    expect(seen[0]).toBe('refused/client-certificate')
  })

  test('is not trusted without its authority', async () => {
    const of = authority()
    const { profile, secrets } = await closedRedis(of, of.issue('server'))
    const stranger = authority().certificate
    const seen = await refusedUntil({
      order: 12,
      name: 'untrusted CA; given (PATCH)',
      reason: 'certificate-untrusted',
      profile: { ...profile, tls: profile.tls ? { ...profile.tls, ca: stranger } : null },
      secrets,
      mend: (environment) => environment.change({ tls: profile.tls ?? null }, secrets),
    })
    expect(seen[0]).toBe('refused/certificate-untrusted')
  })

  test('is not trusted once its certificate has expired, until it has a new one', async () => {
    const of = authority()
    const { redis, profile, secrets } = await closedRedis(of, of.issue('expired', { days: -1 }))
    redis.options.tls = { ...redis.options.tls, rejectUnauthorized: false }
    const renewed = of.issue('renewed')
    const seen = await refusedUntil({
      order: 13,
      name: 'expired certificate; renewed on the server',
      reason: 'certificate-expired',
      profile,
      secrets,
      mend: () =>
        redis.config(
          'SET',
          'tls-cert-file',
          renewed.certificatePath,
          'tls-key-file',
          renewed.keyPath,
        ),
    })
    expect(seen[0]).toBe('refused/certificate-expired')
  })

  test('is not trusted under another name, until that is set', async () => {
    const of = authority()
    const named = of.issue('server', { names: ['DNS:redis.example'] })
    const { profile, secrets } = await closedRedis(of, named)
    const serverName = 'redis.example'
    const seen = await refusedUntil({
      order: 14,
      name: 'wrong-name certificate; server name set (PATCH)',
      reason: 'certificate-wrong-name',
      profile,
      secrets,
      mend: (environment) =>
        environment.change({ tls: profile.tls ? { ...profile.tls, serverName } : null }, secrets),
    })
    expect(seen[0]).toBe('refused/certificate-wrong-name')
  })

  test('refuses a wrong password', async () => {
    const of = authority()
    const { profile, secrets } = await closedRedis(of, of.issue('server'))
    const seen = await refusedUntil({
      order: 20,
      name: 'wrong password; the right one (PATCH)',
      reason: 'authentication',
      profile,
      secrets: { ...secrets, password: 'wrong' },
      mend: (environment) => environment.change({}, { password: user.password }),
    })
    expect(seen[0]).toBe('refused/authentication')
  })
})
