import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import {
  durationSchema,
  environmentInput,
  environmentProcedure,
  instantSchema,
  procedure,
} from './base.ts'

export const environmentKindSchema = z.enum(['development', 'staging', 'production'])

/** Why an environment is not `ready`; the renderer has a sentence for each. */
export const connectionReasonSchema = z.enum([
  'refused',
  'unresolved',
  'timeout',
  'closed',
  'authentication',
  'permission',
  'tls',
  'loading',
  'busy',
  'unknown',
])
export type ConnectionReason = z.infer<typeof connectionReasonSchema>

export const healthSchema = z.object({
  environment: z.string(),
  state: z.enum(['connecting', 'ready', 'reconnecting', 'refused']),
  reason: connectionReasonSchema.nullable(),
  /** Since when it is in this state. */
  since: instantSchema,
  /** When Redis last answered; null when it never did. */
  lastAnswerAt: instantSchema.nullable(),
  /** When the next try is made; null unless reconnecting. */
  nextTryAt: instantSchema.nullable(),
  /** Round trip of the last PING. */
  latency: durationSchema.nullable(),
  redisVersion: z.string().nullable(),
})
export type Health = z.infer<typeof healthSchema>

export const environmentSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: environmentKindSchema,
  /** Where it is, without user or password: `rediss://host:6380/0`. */
  address: z.string(),
  prefix: z.string(),
  readOnly: z.boolean(),
  /** The demo that `npm start` opens; its data vanish with it. */
  demo: z.boolean(),
  health: healthSchema,
})
export type Environment = z.infer<typeof environmentSchema>

export const environments = {
  list: procedure
    .route({ method: 'GET', path: '/environments', summary: 'All environments with their health' })
    .output(z.array(environmentSchema)),
  watch: environmentProcedure
    .route({
      method: 'GET',
      path: '/environments/{environment}/health/live',
      summary: 'Health of an environment: now, then at each change and each PING',
    })
    .input(environmentInput)
    .output(eventIterator(healthSchema)),
}
