import type { EnvironmentDetail } from '../../src/shared/contract/environments.ts'
import type { Health, Lock } from '../../src/shared/contract/connections.ts'
import type { Profile, SecretChanges } from '../../src/shared/contract/profiles.ts'
import { profileFor } from '../../test-support/profiles.ts'
import type { ConsoleUnderTest } from './console.ts'

/** Calls the console's HTTP API as a script would, with the token. */
async function call<Answer>(
  { origin, token }: ConsoleUnderTest,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const response = await fetch(`${origin}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer: unknown = await response.json()
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
  return answer as Answer
}

/**
 * Adds an environment on a Redis of this machine, with the password of its URL, kept in memory. Where it
 * leads around the lock of another that one is named, by whoever knows that it does.
 */
export async function addEnvironment(
  running: ConsoleUnderTest,
  redis: { url: string },
  profile: Partial<Profile> & { name: string },
  secrets: SecretChanges = {},
): Promise<EnvironmentDetail> {
  const { port, password } = new URL(redis.url)
  const deployment = { type: 'standalone', host: '127.0.0.1', port: Number(port) } as const
  const given = {
    profile: profileFor({ deployment, ...profile }),
    secrets: { ...(password === '' ? {} : { password }), ...secrets },
    keepSecrets: 'memory',
  }
  try {
    return await call(running, 'POST', '/environments', given)
  } catch (error) {
    const locked = /CONFIRMATION_NEEDED.*"environment":"([^"]+)"/.exec(String(error))?.[1]
    if (locked === undefined) throw error
    const { name } = await call<EnvironmentDetail>(running, 'GET', `/environments/${locked}`)
    return call(running, 'POST', '/environments', { ...given, confirmation: name })
  }
}

export async function healthOf(running: ConsoleUnderTest, environment: string): Promise<Health> {
  const { health } = await call<{ health: Health }>(
    running,
    'GET',
    `/environments/${environment}/health`,
  )
  return health
}

/** Unlocks as a script does. */
export async function unlock(
  running: ConsoleUnderTest,
  environment: string,
  unlocking: { name: string; reason: string; minutes?: number },
): Promise<Lock> {
  return call(running, 'POST', `/environments/${environment}/unlock`, unlocking)
}

export async function lock(running: ConsoleUnderTest, environment: string): Promise<Lock> {
  return call(running, 'POST', `/environments/${environment}/lock`, {})
}

export async function disconnect(running: ConsoleUnderTest, environment: string): Promise<Health> {
  return call(running, 'POST', `/environments/${environment}/disconnect`, {})
}
