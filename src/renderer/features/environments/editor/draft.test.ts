import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyProfile, profileFor, sshFor, tlsFor } from '#test-support/profiles.ts'
import { defaultColorOf, environmentColors, profileSchema } from '#shared/contract/profiles.ts'
import { type Draft, draftOf, emptyProfile, profileOf, withDeployment, withKind } from './draft.ts'

describe('draftOf and profileOf', () => {
  test('lead back to the same profile, whatever it is', () => {
    fc.assert(
      fc.property(anyProfile, (profile) => {
        expect(profileSchema.parse(profileOf(draftOf(profile)))).toEqual(
          profileSchema.parse(profile),
        )
      }),
    )
  })

  test('leave out what its choice has no use for', () => {
    const draft = draftOf(profileFor({ tls: tlsFor({ serverName: 'redis' }), ssh: sshFor() }))
    expect(profileOf({ ...draft, encrypted: false, tunnelled: false })).toMatchObject({
      tls: null,
      ssh: null,
    })
    const socket = withDeployment(draft, 'socket')
    expect(profileOf(socket).ssh).toBeNull()
    const cluster = { ...withDeployment(draft, 'cluster'), database: '3' }
    expect(profileOf(cluster).database).toBe(0)
  })

  test('a port that is no number is none', () => {
    const draft = draftOf(emptyProfile)
    for (const port of ['', '63 79', '6379x', '-1', '1e3', '0x10']) {
      const { deployment } = profileOf({ ...draft, deployment: { ...draft.deployment, port } })
      expect(deployment).toMatchObject({ port: Number.NaN })
    }
  })
})

describe('withKind', () => {
  test('makes production red and locked, and nothing else either', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...environmentColors),
        fc.array(
          fc.constantFrom('development' as const, 'staging' as const, 'production' as const),
        ),
        (color, kinds) => {
          let draft: Draft = { ...draftOf(emptyProfile), color: color === 'red' ? 'gray' : color }
          for (const kind of kinds) draft = withKind(draft, kind)
          expect(draft.color === 'red').toBe(draft.kind === 'production')
          expect(draft.locked).toBe(draft.kind === 'production')
        },
      ),
    )
  })

  test('keeps a colour of the operator’s own between the other kinds', () => {
    const own = { ...draftOf(emptyProfile), color: 'violet' as const }
    expect(withKind(own, 'staging').color).toBe('violet')
    expect(withKind(draftOf(emptyProfile), 'staging').color).toBe(defaultColorOf.staging)
  })
})

describe('withDeployment', () => {
  test('takes the address along between a single server and a cluster', () => {
    const draft = draftOf(
      profileFor({ deployment: { type: 'standalone', host: 'one', port: 7000 } }),
    )
    const cluster = withDeployment(draft, 'cluster')
    expect(cluster.deployment.nodes).toEqual([{ host: 'one', port: '7000' }])
    const back = withDeployment(
      { ...cluster, deployment: { ...cluster.deployment, host: '' } },
      'standalone',
    )
    expect(back.deployment).toMatchObject({ type: 'standalone', host: 'one', port: '7000' })
  })
})
