import {
  testConnection,
  type TestOptions,
} from '../src/main/infra/connection-test/test-connection.ts'
import type { TestStep } from '../src/shared/contract/connection-tests.ts'
import type { Profile, Secrets } from '../src/shared/contract/profiles.ts'
import { profileFor } from './profiles.ts'

/** Everything a connection test told. */
export interface TestReport {
  /** The ends of its steps, in order: `tcp ok`, `auth failed password-wrong`, `role skipped`. */
  lines: string[]
  steps: readonly TestStep[]
  /** The end of a step; throws when it was not told. */
  step(name: TestStep['name']): TestStep
}

/** Runs a whole test of a profile that differs in these fields from a Redis on this machine. */
export async function reportOf(
  profile: Partial<Profile>,
  secrets: Secrets | (() => Promise<Secrets>) = {},
  options: TestOptions & { signal?: AbortSignal } = {},
): Promise<TestReport> {
  const { signal = new AbortController().signal, ...rest } = options
  const target = {
    environment: 'test',
    profile: profileFor(profile),
    secrets: typeof secrets === 'function' ? secrets : () => Promise.resolve(secrets),
  }
  const ended: TestStep[] = []
  for await (const step of testConnection(target, signal, rest)) {
    if (step.status !== 'running') ended.push(step)
  }
  return {
    lines: ended.map(({ name, status, problem }) => [name, status, problem ?? ''].join(' ').trim()),
    steps: ended,
    step(name) {
      const found = ended.find((step) => step.name === name)
      if (found === undefined) throw new Error(`${name} was not told`)
      return found
    },
  }
}

/** Redis at a port of this machine. */
export const local = (port: number, host = '127.0.0.1') => ({
  deployment: { type: 'standalone' as const, host, port },
})

/** Where a test stopped and why, such as `auth password-wrong`; null when it went to its end. */
export function stopOf({ lines }: TestReport): string | null {
  return lines.find((line) => line.includes(' failed '))?.replace(' failed', '') ?? null
}
