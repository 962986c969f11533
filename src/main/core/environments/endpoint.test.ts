import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  anyCertificatePhrase,
  deploymentSchema,
  profileFieldsSchema,
  secretSlots,
  sshSchema,
  tlsSchema,
  type Profile,
  type SecretSlot,
} from '#shared/contract/profiles.ts'
import { anyProfile, profileFor, sshFor, tlsFor } from '#test-support/profiles.ts'
import { secretsAtRisk, weakens } from './endpoint.ts'

const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
const hostKey = `SHA256:${'a'.repeat(43)}`
const sentinel: Profile['deployment'] = {
  type: 'sentinel',
  master: 'main',
  sentinels: [{ host: 'one', port: 26_379 }],
  username: null,
  tls: false,
}

/** Has a value in every field that may be null, so that each can be changed and taken away. */
const full = profileFor({ deployment: sentinel, username: 'ada', tls: tlsFor(), ssh: sshFor() })

const everything: readonly SecretSlot[] = secretSlots
const nothing: SecretSlot[] = []
const atRisk = (change: object, before = full) =>
  secretsAtRisk(before, { ...before, ...change }, secretSlots)

/** Who answers, and what it is reached by. */
const way = ({ deployment, ssh }: Profile) =>
  JSON.stringify([{ ...deployment, username: null }, ssh && { ...ssh, keepAlive: 0 }])

/** Another value for each field, and what it puts at risk: the whole table, for a reader to check. */
const fields: Record<string, [unknown, readonly SecretSlot[]]> = {
  name: ['Other', nothing],
  kind: ['staging', nothing],
  color: ['pink', nothing],
  folder: ['work', nothing],
  tags: [['eu'], nothing],
  deployment: [{ type: 'cluster', nodes: [{ host: 'one', port: 7000 }] }, everything],
  username: ['grace', ['password']],
  database: [3, nothing],
  prefixes: [['other'], nothing],
  tls: [null, everything],
  ssh: [null, everything],
  access: ['view-only', nothing],
  locked: [true, nothing],
  connectAtStart: [false, nothing],
  budget: [{ commandsPerSecond: 100, bytesPerSecond: 100_000 }, nothing],
}
const tlsFields: Record<string, [unknown, readonly SecretSlot[]]> = {
  ca: [pem, everything],
  certificate: [pem, ['tlsKey', 'tlsKeyPassphrase']],
  serverName: ['other', everything],
  acceptAny: [anyCertificatePhrase, everything],
}
const sshFields: Record<string, [unknown, readonly SecretSlot[]]> = {
  host: ['elsewhere', everything],
  port: [2222, everything],
  username: ['other', everything],
  authentication: ['agent', everything],
  keepAlive: [60, nothing],
  hostKey: [hostKey, everything],
}
const deploymentFields: Record<string, [unknown, readonly SecretSlot[]]> = {
  type: ['cluster', everything],
  host: ['elsewhere', everything],
  port: [6380, everything],
  path: ['/other.sock', everything],
  master: ['other', everything],
  sentinels: [[{ host: 'two', port: 26_379 }], everything],
  nodes: [[{ host: 'two', port: 7000 }], everything],
  username: ['watcher', ['sentinelPassword']],
  tls: [true, everything],
}

describe('the secrets at risk', () => {
  test('are thought of for every field there is', () => {
    const ofDeployments = deploymentSchema.options.flatMap(({ shape }) => Object.keys(shape))
    expect(Object.keys(fields)).toEqual(Object.keys(profileFieldsSchema.shape))
    expect(Object.keys(tlsFields)).toEqual(Object.keys(tlsSchema.shape))
    expect(Object.keys(sshFields)).toEqual(Object.keys(sshSchema.shape))
    expect(Object.keys(deploymentFields).sort()).toEqual([...new Set(ofDeployments)].sort())
  })

  test.each(Object.entries(fields))('of a changed %s', (field, [value, expected]) => {
    expect(atRisk({ [field]: value })).toEqual(expected)
  })

  test.each(Object.entries(tlsFields))('of a changed tls.%s', (field, [value, expected]) => {
    expect(atRisk({ tls: { ...tlsFor(), [field]: value } })).toEqual(expected)
  })

  test.each(Object.entries(sshFields))('of a changed ssh.%s', (field, [value, expected]) => {
    expect(atRisk({ ssh: { ...sshFor(), [field]: value } })).toEqual(expected)
  })

  test.each(
    deploymentSchema.options.flatMap(({ shape }) =>
      Object.keys(shape).map((field) => [shape.type.value, field] as const),
    ),
  )('of a changed deployment of type %s in its %s', (type, field) => {
    const deployments: Record<string, Profile['deployment']> = {
      standalone: { type: 'standalone', host: 'one', port: 6379 },
      socket: { type: 'socket', path: '/run/redis.sock' },
      sentinel,
      cluster: { type: 'cluster', nodes: [{ host: 'one', port: 7000 }] },
    }
    const before = { ...full, deployment: deployments[type] ?? sentinel }
    const [value, expected] = deploymentFields[field] ?? []
    const other = field === 'type' && type === 'cluster' ? 'standalone' : value
    const deployment = { ...before.deployment, [field]: other }
    expect(atRisk({ deployment }, before)).toEqual(expected)
  })

  test('are all of them when a field changes that nobody thought of', () => {
    const unheardOf = { unheardOf: 1 }
    expect(atRisk({ unheardOf: 2 }, Object.assign({ unheardOf: 1 }, full))).toEqual(everything)
    expect(atRisk(unheardOf)).toEqual(everything)
    expect(atRisk({ constructor: 'x' })).toEqual(everything)
    expect(atRisk({ tls: { ...tlsFor(), ...unheardOf } })).toEqual(everything)
    expect(atRisk({ ssh: { ...sshFor(), ...unheardOf } })).toEqual(everything)
    expect(atRisk({ deployment: { ...sentinel, ...unheardOf } })).toEqual(everything)
  })

  test('are those of TLS alone where it comes to a way that hid nothing, under the same name', () => {
    const plain = { ...full, tls: null }
    expect(atRisk({ tls: tlsFor() }, plain)).toEqual(['tlsKey', 'tlsKeyPassphrase'])
    expect(atRisk({ tls: tlsFor({ serverName: 'other' }) }, plain)).toEqual(everything)
  })

  test('are all where a tunnel comes', () => {
    expect(atRisk({ ssh: sshFor() }, { ...full, ssh: null })).toEqual(everything)
  })

  test('are none of the same profile, and only ever such as are kept', () => {
    fc.assert(
      fc.property(anyProfile, anyProfile, fc.subarray([...secretSlots]), (before, after, kept) => {
        expect(secretsAtRisk(before, structuredClone(before), kept)).toEqual([])
        const risked = secretsAtRisk(before, after, kept)
        expect(kept).toEqual(expect.arrayContaining(risked))
      }),
    )
  })

  test('are all that are kept wherever another server answers', () => {
    fc.assert(
      fc.property(anyProfile, anyProfile, (before, after) => {
        fc.pre(way(before) !== way(after))
        expect(secretsAtRisk(before, after, secretSlots)).toEqual(everything)
      }),
    )
  })
})

describe('protection', () => {
  const shielded = profileFor({ kind: 'production', access: 'view-only' })

  test.each<[string, Partial<Profile>]>([
    ['the kind', { kind: 'staging', color: 'orange' }],
    ['the lock', { locked: false }],
    ['view only', { access: 'full' }],
  ])('is taken away with %s, and not given back as much', (_, change) => {
    expect(weakens(shielded, { ...shielded, ...change })).toBe(true)
    expect(weakens({ ...shielded, ...change }, shielded)).toBe(false)
  })

  test('is not touched by any other field of the schema', () => {
    const protecting = new Set(['kind', 'access', 'locked'])
    const others = Object.keys(profileFieldsSchema.shape).filter((name) => !protecting.has(name))
    for (const field of others) {
      const [value] = fields[field] ?? []
      expect([field, weakens(full, { ...full, [field]: value })]).toEqual([field, false])
    }
  })

  test('counts as taken away by a field that nobody thought of', () => {
    expect(weakens(full, Object.assign({ unheardOf: 1 }, full))).toBe(true)
  })

  test('stays with the same profile', () => {
    fc.assert(
      fc.property(anyProfile, (profile) => {
        expect(weakens(profile, structuredClone(profile))).toBe(false)
      }),
    )
  })
})
