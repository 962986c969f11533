import { describe, expect, test } from 'vitest'
import { profileFor, sshFor, tlsFor } from '#test-support/profiles.ts'
import { draftOf, withDeployment } from './draft.ts'
import { secretChanges, setsSecrets, slotsOf } from './secrets.ts'

const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'

describe('slotsOf', () => {
  test('asks only for what the profile uses', () => {
    expect(slotsOf(draftOf(profileFor()))).toEqual(['password'])
    expect(slotsOf(draftOf(profileFor({ tls: tlsFor() })))).toEqual(['password'])
    expect(slotsOf(draftOf(profileFor({ tls: tlsFor({ certificate }) })))).toEqual([
      'password',
      'tlsKey',
      'tlsKeyPassphrase',
    ])
    const agent = draftOf(profileFor({ ssh: sshFor({ authentication: 'agent' }) }))
    expect(slotsOf(agent)).toEqual(['password'])
    const sentinel = withDeployment(draftOf(profileFor({ ssh: sshFor() })), 'sentinel')
    expect(slotsOf(sentinel)).toEqual(['password', 'sentinelPassword', 'sshPassword'])
    expect(slotsOf(withDeployment(sentinel, 'socket'))).toEqual(['password'])
  })
})

describe('secretChanges', () => {
  test('says nothing of a kept secret that is left alone', () => {
    expect(secretChanges(draftOf(profileFor()), ['password'])).toEqual({})
  })

  test('sets what was typed, removes what was taken away', () => {
    const draft = draftOf(profileFor({ ssh: sshFor() }))
    draft.secrets.password = { change: 'remove', text: 'typed before' }
    draft.secrets.sshPassword = { change: 'keep', text: 'new' }
    const changes = secretChanges(draft, ['password'])
    expect(changes).toEqual({ password: null, sshPassword: 'new' })
    expect(setsSecrets(changes)).toBe(true)
    expect(setsSecrets({ password: null })).toBe(false)
  })

  test('removes a kept secret that has no use any more, and sends none that was typed for it', () => {
    const draft = draftOf(profileFor())
    draft.secrets.sshKey = { change: 'replace', text: 'typed' }
    expect(secretChanges(draft, ['sshKey'])).toEqual({ sshKey: null })
    expect(secretChanges(draft, [])).toEqual({})
  })
})
