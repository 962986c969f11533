import { describe, expect, test } from 'vitest'
import { profileFor, sshFor, tlsFor } from '#test-support/profiles.ts'
import { type Draft, draftOf, emptyProfile, withDeployment, withKind } from './draft.ts'
import { fieldProblems, readDraft, secretsNeeded } from './problems.ts'
import { sectionOf } from './sections.ts'

const problemsOf = (draft: Draft) => readDraft(draft, []).problems

describe('readDraft', () => {
  test('an empty form lacks a name and a host, each at its own field', () => {
    expect(problemsOf(draftOf(emptyProfile))).toEqual({
      name: 'required',
      'deployment.host': 'required',
    })
  })

  test('gives the profile when all is well', () => {
    const profile = profileFor({ tls: tlsFor(), ssh: sshFor() })
    expect(readDraft(draftOf(profile), [])).toEqual({ profile, problems: {} })
  })

  test('finds the line of a list', () => {
    const draft = withDeployment(draftOf(emptyProfile), 'sentinel')
    draft.deployment.sentinels = [
      { host: 'one', port: '26379' },
      { host: 'two words', port: 'x' },
    ]
    expect(problemsOf(draft)).toMatchObject({
      'deployment.sentinels.1.host': 'not-a-host',
      'deployment.sentinels.1.port': 'not-a-port',
    })
    draft.deployment.sentinels = []
    expect(problemsOf(draft)).toMatchObject({ 'deployment.sentinels.0.host': 'required' })
  })

  test('prefixes and tags are one field each', () => {
    const draft = { ...draftOf(profileFor()), prefixes: ['bull', 'bull'], tags: ['x'.repeat(31)] }
    expect(problemsOf(draft)).toEqual({ prefixes: 'duplicate', tags: 'too-long' })
  })

  test('going without a check of certificates must be typed out, and only in development', () => {
    const draft = draftOf(profileFor({ tls: tlsFor() }))
    const unchecked = { ...draft, tls: { ...draft.tls, unchecked: true, acceptAny: 'accept any' } }
    expect(problemsOf(unchecked)).toEqual({ 'tls.acceptAny': 'any-certificate-not-typed-out' })
    const typed = {
      ...draft,
      tls: { ...draft.tls, unchecked: true, acceptAny: 'accept any certificate' },
    }
    expect(problemsOf(typed)).toEqual({})
    expect(problemsOf(withKind(typed, 'staging'))).toEqual({
      'tls.acceptAny': 'any-certificate-only-in-development',
    })
  })

  test('a secret to be replaced must be typed', () => {
    const draft = draftOf(profileFor())
    draft.secrets.password = { change: 'replace', text: '' }
    expect(readDraft(draft, ['password']).problems).toEqual({ 'secrets.password': 'required' })
    expect(readDraft(draft, []).problems).toEqual({})
    draft.secrets.password = { change: 'replace', text: 'x'.repeat(50_001) }
    expect(readDraft(draft, ['password']).problems).toEqual({ 'secrets.password': 'too-long' })
  })
})

test('problems that the console found land on the same fields', () => {
  expect(
    fieldProblems([
      { path: ['ssh'], problem: 'tunnel-needs-a-host' },
      { path: ['prefixes', 1], problem: 'duplicate' },
      { path: ['deployment', 'port'], problem: 'not-a-port' },
      { path: ['deployment', 'port'], problem: 'required' },
    ]),
  ).toEqual({
    tunnelled: 'tunnel-needs-a-host',
    prefixes: 'duplicate',
    'deployment.port': 'not-a-port',
  })
})

test('every problem is marked at the section its field is in', () => {
  const found = Object.keys({
    ...problemsOf(draftOf(emptyProfile)),
    ...secretsNeeded(['password', 'tlsKey', 'sshKey']),
  }).map(sectionOf)
  expect(found).toEqual(['general', 'redis', 'redis', 'encryption', 'tunnel'])
})
