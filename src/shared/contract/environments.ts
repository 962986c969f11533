import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { errorsOf } from '../errors.ts'
import { durationSchema, environmentInput, environmentProcedure, procedure } from './base.ts'
import { testStepSchema } from './connection-tests.ts'
import { healthSchema, costSchema, lockSchema, rightsSchema } from './connections.ts'
import {
  environmentColorSchema,
  environmentKindSchema,
  profileFieldsSchema,
  profileSchema,
  secretChangesSchema,
  secretKeepingSchema,
  secretSlotSchema,
} from './profiles.ts'

export const environmentSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: environmentKindSchema,
  color: environmentColorSchema,
  folder: z.string().nullable(),
  tags: z.array(z.string()),
  /** Where it is, without user or password: `rediss://host:6380/0`. */
  address: z.string(),
  /** The first one's queues go by their name alone, others' by `<prefix>:<name>`. */
  prefixes: z.array(z.string()).min(1),
  /** False for one that the command line opened: it cannot be edited, and is gone with the console. */
  saved: z.boolean(),
  /** The demo that `npm start` opens; its data vanish with it. */
  demo: z.boolean(),
  lock: lockSchema,
  health: healthSchema,
  /** Queues known here, without asking Redis. */
  queues: z.number().int().nonnegative(),
})
export type Environment = z.infer<typeof environmentSchema>

/** An environment with all that was set up about it, but for the secrets themselves. */
export const environmentDetailSchema = environmentSchema.extend({
  profile: profileFieldsSchema,
  /** Which secrets are kept. */
  secrets: z.array(secretSlotSchema),
  /** Where; null when there is none. */
  secretsKept: secretKeepingSchema.nullable(),
})
export type EnvironmentDetail = z.infer<typeof environmentDetailSchema>

/** Whether the operating system's keychain can be used now. */
export const keychainSchema = z.object({
  available: z.boolean(),
  /** What it said; null when it is there. */
  problem: z.string().nullable(),
})
export type Keychain = z.infer<typeof keychainSchema>

/** Bounds of an unlocking, in minutes. */
export const unlockMinutes = { least: 5, most: 60, usual: 15 } as const

/**
 * What `export` writes: a JSON text of format `vigie-environments`, version 1. Kept as one text so that
 * what is imported is exactly what was exported.
 */
export const transferSchema = z.object({ fileName: z.string(), document: z.string() })
export type Transfer = z.infer<typeof transferSchema>

const secretsInput = {
  secrets: secretChangesSchema.default({}),
  /** `memory` forgets them when the console ends. */
  keepSecrets: secretKeepingSchema.default('keychain'),
}

const passphraseSchema = z.string().min(12).max(1000)

export const environments = {
  list: procedure
    .route({ method: 'GET', path: '/environments', summary: 'All environments with their health' })
    .output(z.array(environmentSchema)),
  watchAll: procedure
    .route({
      method: 'GET',
      path: '/environments/live',
      summary: 'All environments: now, and at each change of them, of a lock or of health',
    })
    .output(eventIterator(z.array(environmentSchema))),
  create: procedure
    .route({
      method: 'POST',
      path: '/environments',
      successStatus: 201,
      summary: 'Add an environment and, unless its profile says otherwise, connect to it',
    })
    .errors(
      errorsOf(
        'PROFILE_INVALID',
        'CONFIRMATION_NEEDED',
        'KEYCHAIN_UNAVAILABLE',
        'SECRETS_NEEDED',
        'AUDIT_UNAVAILABLE',
      ),
    )
    .input(
      z.strictObject({
        profile: profileSchema,
        ...secretsInput,
        /** Takes over the secrets of this one, which must lead to the same place: for a duplicate. */
        secretsOf: z.string().max(100).optional(),
        /** Name of the locked environment that has the same queues, where this one is not locked. */
        confirmation: z.string().max(200).optional(),
      }),
    )
    .output(environmentDetailSchema),
  get: environmentProcedure
    .route({
      method: 'GET',
      path: '/environments/{environment}',
      summary: 'One environment with its profile; which secrets are kept, never their values',
    })
    .input(environmentInput)
    .output(environmentDetailSchema),
  update: environmentProcedure
    .route({
      method: 'PATCH',
      path: '/environments/{environment}',
      summary:
        'Change a profile or its secrets. Where it leads elsewhere, its secrets must be given again',
    })
    .errors(
      errorsOf(
        'ENVIRONMENT_NOT_SAVED',
        'PROFILE_INVALID',
        'CONFIRMATION_NEEDED',
        'KEYCHAIN_UNAVAILABLE',
        'SECRETS_NEEDED',
        'AUDIT_UNAVAILABLE',
      ),
    )
    .input(
      environmentInput
        .extend({
          profile: profileFieldsSchema.partial().default({}),
          ...secretsInput,
          /** Moves those that are kept, too; left out, they stay where they are. */
          keepSecrets: secretKeepingSchema.optional(),
          /**
           * The environment's name as it is now, where a change takes protection away; that of the
           * locked environment, where it comes to lead to the same queues without a lock.
           */
          confirmation: z.string().max(200).optional(),
        })
        .strict(),
    )
    .output(environmentDetailSchema),
  remove: environmentProcedure
    .route({
      method: 'DELETE',
      path: '/environments/{environment}',
      summary: 'Forget an environment and its secrets; its audit stays',
    })
    .errors(
      errorsOf(
        'ENVIRONMENT_NOT_SAVED',
        'CONFIRMATION_NEEDED',
        'KEYCHAIN_UNAVAILABLE',
        'AUDIT_UNAVAILABLE',
      ),
    )
    .input(
      environmentInput
        .extend({
          /** The environment's name. */
          confirmation: z.string().max(200).optional(),
          /** Leaves its secrets in the keychain: for one that cannot be reached any more. */
          leaveSecrets: z.boolean().default(false),
        })
        .strict(),
    )
    .output(z.object({ environment: z.string() })),
  order: procedure
    .route({
      method: 'PUT',
      path: '/environments/order',
      summary: 'Put saved environments in this order; those left out follow as they were',
    })
    .input(z.strictObject({ environments: z.array(z.string().max(100)).max(1000) }))
    .output(z.object({ environments: z.array(z.string()) })),
  test: environmentProcedure
    .route({
      method: 'POST',
      path: '/environments/{environment}/test',
      summary: 'Walk the steps of a connection of its own, and tell where it stops and why',
    })
    .input(environmentInput)
    .output(z.object({ steps: z.array(testStepSchema), duration: durationSchema })),
  testProfile: procedure
    .route({
      method: 'POST',
      path: '/environments/test',
      summary: 'The same for a profile that is not saved, step by step',
    })
    .errors(errorsOf('ENVIRONMENT_NOT_FOUND', 'PROFILE_INVALID', 'SECRETS_NEEDED'))
    .input(
      z.strictObject({
        profile: profileSchema,
        secrets: secretChangesSchema.default({}),
        /** Uses the secrets of this one where none are given; it must lead to the same place. */
        environment: z.string().max(100).optional(),
      }),
    )
    .output(eventIterator(testStepSchema)),
  connect: environmentProcedure
    .route({ method: 'POST', path: '/environments/{environment}/connect', summary: 'Connect' })
    .input(environmentInput.strict())
    .output(healthSchema),
  disconnect: environmentProcedure
    .route({
      method: 'POST',
      path: '/environments/{environment}/disconnect',
      summary: 'End the connections and stay offline until connected again',
    })
    .input(environmentInput.strict())
    .output(healthSchema),
  unlock: environmentProcedure
    .route({
      method: 'POST',
      path: '/environments/{environment}/unlock',
      summary: 'Allow actions in a locked environment for some minutes',
    })
    .errors(errorsOf('ENVIRONMENT_READ_ONLY', 'CONFIRMATION_NEEDED', 'AUDIT_UNAVAILABLE'))
    .input(
      environmentInput
        .extend({
          /** The environment's name, as typed. */
          name: z.string().max(200),
          reason: z.string().trim().min(3).max(500),
          minutes: z
            .number()
            .int()
            .min(unlockMinutes.least)
            .max(unlockMinutes.most)
            .default(unlockMinutes.usual),
        })
        .strict(),
    )
    .output(lockSchema),
  lock: environmentProcedure
    .route({
      method: 'POST',
      path: '/environments/{environment}/lock',
      summary: 'Lock again at once',
    })
    .input(environmentInput.strict())
    .output(lockSchema),
  health: environmentProcedure
    .route({
      method: 'GET',
      path: '/environments/{environment}/health',
      summary: 'State and reason, the rights of the Redis user, and what the console costs',
    })
    .input(environmentInput)
    .output(z.object({ health: healthSchema, rights: rightsSchema, cost: costSchema })),
  watch: environmentProcedure
    .route({
      method: 'GET',
      path: '/environments/{environment}/health/live',
      summary: 'The same, live: now, then at each change and each PING',
    })
    .input(environmentInput)
    .output(
      eventIterator(z.object({ health: healthSchema, rights: rightsSchema, cost: costSchema })),
    ),
  keychain: procedure
    .route({
      method: 'GET',
      path: '/keychain',
      summary: 'Whether secrets can be kept in the keychain of the operating system',
    })
    .output(keychainSchema),
  export: procedure
    .route({
      method: 'POST',
      path: '/environments/export',
      summary: 'Profiles as a file; with their secrets only under a passphrase',
    })
    .errors(errorsOf('ENVIRONMENT_NOT_FOUND', 'KEYCHAIN_UNAVAILABLE', 'AUDIT_UNAVAILABLE'))
    .input(
      z.strictObject({
        /** All saved ones when left out. */
        environments: z.array(z.string().max(100)).max(1000).optional(),
        /** Adds the secrets, encrypted by it (scrypt, AES-256-GCM). */
        passphrase: passphraseSchema.optional(),
      }),
    )
    .output(transferSchema),
  import: procedure
    .route({
      method: 'POST',
      path: '/environments/import',
      summary: 'Add the profiles of an exported file; none is connected or overwritten',
    })
    .errors(errorsOf('TRANSFER_INVALID', 'KEYCHAIN_UNAVAILABLE', 'AUDIT_UNAVAILABLE'))
    .input(
      z.strictObject({
        document: z.string().max(900_000),
        passphrase: z.string().max(1000).optional(),
        /** Leaves encrypted secrets out, so that no passphrase is needed. */
        withoutSecrets: z.boolean().default(false),
        keepSecrets: secretKeepingSchema.default('keychain'),
      }),
    )
    .output(z.object({ environments: z.array(environmentSchema), secrets: z.number().int() })),
}
