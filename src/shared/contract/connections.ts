import { z } from 'zod'
import { durationSchema, instantSchema } from './base.ts'
import { budgetSchema } from './profiles.ts'

/** Why an environment is not `ready`; the renderer has a sentence for each. */
export const connectionReasonSchema = z.enum([
  // Nothing answers.
  'refused',
  'unresolved',
  'timeout',
  'closed',
  'sentinel-no-answer',
  'no-primary',
  'cluster-down',
  // It says no, until a person does something.
  'authentication',
  'password-needed',
  'permission',
  'database',
  'tls',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-wrong-name',
  'client-certificate',
  'not-a-cluster',
  'sentinel-authentication',
  'sentinel-unknown-master',
  // The way there.
  'ssh',
  'ssh-host-unknown',
  'ssh-host-changed',
  'ssh-authentication',
  'ssh-key',
  'ssh-agent',
  // It was not even asked: the keychain does not hand out what would be needed.
  'keychain',
  // It answers, with limits.
  'loading',
  'busy',
  'replica',
  'latency',
  'memory',
  'replication',
  // As was wished.
  'disconnected',
  'unknown',
])
export type ConnectionReason = z.infer<typeof connectionReasonSchema>

/**
 * - `offline`: disconnected by the operator, or not connected yet
 * - `connecting`: the first try is under way
 * - `ready`: Redis answers
 * - `degraded`: it answers with limits; `reason` says which
 * - `loading`: it is there and reads its data from disk
 * - `reconnecting`: nothing answers; tried again by itself at `nextTryAt`
 * - `refused`: it says no, which needs a person; tried again by itself all the same, but seldom
 */
export const connectionStateSchema = z.enum([
  'offline',
  'connecting',
  'ready',
  'degraded',
  'loading',
  'reconnecting',
  'refused',
])
export type ConnectionState = z.infer<typeof connectionStateSchema>

export const healthSchema = z.object({
  environment: z.string(),
  state: connectionStateSchema,
  /** Null when ready, connecting, or offline from the start. */
  reason: connectionReasonSchema.nullable(),
  /** Since when it is in this state for this reason. */
  since: instantSchema,
  /** When Redis last answered; null when it never did. */
  lastAnswerAt: instantSchema.nullable(),
  /** When the next try is made; null unless one is due. */
  nextTryAt: instantSchema.nullable(),
  /** Round trip of the last PING. */
  latency: durationSchema.nullable(),
  redisVersion: z.string().nullable(),
  /** Which server answers now, `host:port`: after a failover it is another one. Null when none does. */
  server: z.string().nullable(),
})
export type Health = z.infer<typeof healthSchema>

/** Whether jobs and queues can be read in this state. */
export function isReadable({ state, reason }: Pick<Health, 'state' | 'reason'>): boolean {
  return state === 'ready' || (state === 'degraded' && reason !== 'busy')
}

export const lockSchema = z.object({
  /** `open`: never locks. `view-only`: cannot be unlocked. */
  state: z.enum(['open', 'locked', 'unlocked', 'view-only']),
  /** When it locks again; null unless unlocked. */
  until: instantSchema.nullable(),
  /** Who unlocked it and why; null unless unlocked. */
  by: z.string().nullable(),
  reason: z.string().nullable(),
})
export type Lock = z.infer<typeof lockSchema>

/** Whether a Redis user may do one thing: null when nobody can tell before it is tried. */
export const rightSchema = z.object({
  allowed: z.boolean().nullable(),
  /** The commands, such as `eval`, or key patterns, such as `bull:*`, that are lacking. */
  missing: z.array(z.string()),
})
export type Right = z.infer<typeof rightSchema>

/** What the Redis user may do here, as Redis itself says (ACL DRYRUN, or queued and discarded). */
export const rightsSchema = z.object({
  /** Null when Redis does not tell. */
  user: z.string().nullable(),
  role: z.enum(['primary', 'replica']).nullable(),
  /** Null before the first probe. */
  checkedAt: instantSchema.nullable(),
  read: rightSchema,
  retry: rightSchema,
  remove: rightSchema,
})
export type Rights = z.infer<typeof rightsSchema>

/** What this console costs an environment, over the last ten seconds. */
export const costSchema = z.object({
  commandsPerSecond: z.number(),
  /** Sent and received together. */
  bytesPerSecond: z.number(),
  /**
   * Its part of Redis' working time over the last minute, 0 to 1, reckoned by INFO commandstats: its
   * calls of each command, at that command's mean time. Null when Redis does not tell.
   */
  cpuShare: z.number().nullable(),
  ceiling: budgetSchema,
  /** What background work (discovery, queues out of sight) does now. */
  background: z.enum(['running', 'slowed', 'stopped']),
  /** Why it is slowed or stopped. */
  reason: z
    .enum(['ceiling', 'latency', 'busy', 'loading', 'memory', 'replication', 'offline'])
    .nullable(),
})
export type Cost = z.infer<typeof costSchema>
