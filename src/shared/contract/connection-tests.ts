import { z } from 'zod'
import { durationSchema } from './base.ts'

/** The steps in their order; those a profile has no use for are left out. */
export const testStepNames = [
  'resolve',
  'ssh',
  'sentinel',
  'tcp',
  'tls',
  'auth',
  'select',
  'cluster',
  'role',
  'version',
  'persistence',
  'memory-policy',
  'clock',
  'permissions',
  'queues',
] as const
export const testStepNameSchema = z.enum(testStepNames)
export type TestStepName = z.infer<typeof testStepNameSchema>

/** What can be wrong at a step; the renderer has a sentence, and what to do, for each. */
export const testProblems = [
  // Where it stops.
  'unresolved',
  'refused',
  'timeout',
  'unreachable',
  'closed',
  'keychain-unavailable',
  'socket-missing',
  'socket-denied',
  'not-ssh',
  'ssh-host-unknown',
  'ssh-host-changed',
  'ssh-authentication',
  'ssh-key-unreadable',
  'ssh-agent-missing',
  'ssh-forward-refused',
  'tls-not-spoken',
  'tls-required',
  'tls-no-agreement',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-wrong-name',
  'client-certificate-required',
  'client-key-unreadable',
  'ca-unreadable',
  'sentinel-unknown-master',
  'sentinel-authentication',
  'sentinel-no-answer',
  'sentinel-no-primary',
  'is-a-sentinel',
  'not-a-sentinel',
  'password-missing',
  'password-wrong',
  'database-unknown',
  'not-a-cluster',
  'is-a-cluster',
  'cluster-down',
  'not-redis',
  'protected-mode',
  'too-many-connections',
  'loading',
  'busy',
  // Worth knowing; it goes on.
  'encryption-off',
  'certificate-unchecked',
  'certificate-expires-soon',
  'replica',
  'replication-down',
  'version-old',
  'persistence-off',
  'persistence-failing',
  'policy-evicts',
  'memory-nearly-full',
  'clock-apart',
  'read-denied',
  'actions-denied',
  'rights-unknown',
  'no-queues',
  'no-hash-tag',
  'not-told',
  'unknown',
] as const
export const testProblemSchema = z.enum(testProblems)
export type TestProblem = z.infer<typeof testProblemSchema>

/**
 * One step, told when it begins (`running`) and again when it has ended. `facts` holds what was seen,
 * by names such as `address`, `fingerprint`, `subject`, `issuer`, `validTo`, `version`, `policy`,
 * `offset` (ms), `queues`, `versions`; never a secret.
 */
export const testStepSchema = z.object({
  name: testStepNameSchema,
  /** `skipped`: an earlier step stopped the test. */
  status: z.enum(['running', 'ok', 'warning', 'failed', 'skipped']),
  duration: durationSchema.nullable(),
  problem: testProblemSchema.nullable(),
  facts: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
  ),
})
export type TestStep = z.infer<typeof testStepSchema>
