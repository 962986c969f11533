import { z } from 'zod'
import { longestName } from '../domain/environment-name.ts'

/*
 * How an environment is reached, as an operator sets it up. The form and the server validate with the
 * very same schema; every message is one of `profileProblems`, for which the renderer has a sentence.
 */

export const profileProblems = [
  'required',
  'too-long',
  'too-many',
  'not-printable',
  'not-a-host',
  'not-a-port',
  'not-a-path',
  'not-a-prefix',
  'not-a-number',
  'out-of-range',
  'not-pem',
  'not-a-fingerprint',
  'duplicate',
  'production-is-red',
  'red-is-production',
  'production-is-locked',
  'any-certificate-only-in-development',
  'any-certificate-not-typed-out',
  'certificate-without-ca-check',
  'cluster-has-one-database',
  'tunnel-needs-a-host',
  'not-valid',
] as const
export type ProfileProblem = (typeof profileProblems)[number]

/** Only so that a message cannot be mistyped. */
const problem = (code: ProfileProblem) => ({ error: code })

export const environmentKindSchema = z.enum(['development', 'staging', 'production'])
export type EnvironmentKind = z.infer<typeof environmentKindSchema>

/** Red is kept for production. */
export const environmentColors = [
  'gray',
  'blue',
  'cyan',
  'teal',
  'green',
  'orange',
  'violet',
  'pink',
  'red',
] as const
export const environmentColorSchema = z.enum(environmentColors, problem('not-valid'))
export type EnvironmentColor = z.infer<typeof environmentColorSchema>

export const defaultColorOf = {
  development: 'blue',
  staging: 'orange',
  production: 'red',
} as const satisfies Record<EnvironmentKind, EnvironmentColor>

const printable = /^[^\p{Cc}\p{Cs}]*$/u
const line = (longest: number) =>
  z
    .string(problem('required'))
    .trim()
    .min(1, problem('required'))
    .max(longest, problem('too-long'))
    .regex(printable, problem('not-printable'))

const hostSchema = line(253)
  .transform((host) => host.replace(/^\[(.*)\]$/, '$1').toLowerCase())
  .refine(
    (host) =>
      /^[0-9a-f:.]*:[0-9a-f:.]*(%[\w.-]+)?$/i.test(host) ||
      /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\.?$/i.test(host),
    problem('not-a-host'),
  )
const portSchema = z
  .number(problem('not-a-port'))
  .int(problem('not-a-port'))
  .min(1, problem('not-a-port'))
  .max(65_535, problem('not-a-port'))

/** A host name or an IP address without brackets, and a port. */
export const endpointSchema = z.strictObject({ host: hostSchema, port: portSchema })
export type Endpoint = z.infer<typeof endpointSchema>

const endpointsSchema = z
  .array(endpointSchema)
  .min(1, problem('required'))
  .max(20, problem('too-many'))

export const deploymentSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('standalone'), ...endpointSchema.shape }),
  z.strictObject({
    type: z.literal('socket'),
    /** An absolute path, or a named pipe on Windows. */
    path: line(400).regex(/^(\/|\\\\)/, problem('not-a-path')),
  }),
  z.strictObject({
    type: z.literal('sentinel'),
    /** The name the sentinels know the primary by. */
    master: line(200),
    sentinels: endpointsSchema,
    /** User of the sentinels themselves; null without one. Their password is a secret. */
    username: line(200).nullable(),
    /** Whether the sentinels speak TLS, with the settings of `tls`. */
    tls: z.boolean(),
  }),
  z.strictObject({ type: z.literal('cluster'), nodes: endpointsSchema }),
])
export type Deployment = z.infer<typeof deploymentSchema>

/** What must be typed, letter by letter, to go without checking a certificate. */
export const anyCertificatePhrase = 'accept any certificate'

const pem = z
  .string()
  .trim()
  .max(100_000, problem('too-long'))
  .regex(/^-----BEGIN CERTIFICATE-----[\x20-\x7e\s]+-----END CERTIFICATE-----$/, problem('not-pem'))

export const tlsSchema = z.strictObject({
  /** PEM of the authorities to trust instead of the system's; null trusts the system's. */
  ca: pem.nullable(),
  /** PEM of the client's certificate; its key is a secret. */
  certificate: pem.nullable(),
  /** The name the certificate must be for; null takes the host. */
  serverName: hostSchema.nullable(),
  /** `anyCertificatePhrase`, only in development; null checks the certificate. */
  acceptAny: z.literal(anyCertificatePhrase, problem('any-certificate-not-typed-out')).nullable(),
})
export type TlsSettings = z.infer<typeof tlsSchema>

export const sshSchema = z.strictObject({
  ...endpointSchema.shape,
  username: line(200),
  authentication: z.enum(['password', 'key', 'agent'], problem('not-valid')),
  /** Seconds between two signs of life; three unanswered ones end the tunnel. */
  keepAlive: z
    .number(problem('not-a-number'))
    .int(problem('not-a-number'))
    .min(5, problem('out-of-range'))
    .max(300, problem('out-of-range')),
  /** `SHA256:…` of the server's key, once trusted; null leaves it to this user's known_hosts. */
  hostKey: z
    .string()
    .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, problem('not-a-fingerprint'))
    .nullable(),
})
export type SshSettings = z.infer<typeof sshSchema>

/** What the console may cost an environment at most. */
export const budgetSchema = z.strictObject({
  commandsPerSecond: z
    .number(problem('not-a-number'))
    .int(problem('not-a-number'))
    .min(100, problem('out-of-range'))
    .max(100_000, problem('out-of-range')),
  /** Sent and received together. */
  bytesPerSecond: z
    .number(problem('not-a-number'))
    .int(problem('not-a-number'))
    .min(100_000, problem('out-of-range'))
    .max(1_000_000_000, problem('out-of-range')),
})
export type Budget = z.infer<typeof budgetSchema>

/** What it was measured to cost a busy worker: docs/decisions/0010. */
export const defaultBudget: Budget = { commandsPerSecond: 5000, bytesPerSecond: 10_000_000 }

const prefixSchema = z
  .string(problem('required'))
  .min(1, problem('required'))
  .max(200, problem('too-long'))
  .regex(printable, problem('not-a-prefix'))
  .refine((prefix) => !prefix.startsWith(':') && !prefix.endsWith(':'), problem('not-a-prefix'))

const profileShape = {
  name: line(longestName),
  kind: environmentKindSchema,
  color: environmentColorSchema,
  /** Groups environments in lists; null stands outside any folder. */
  folder: line(60).nullable(),
  tags: z.array(line(30)).max(10, problem('too-many')),
  deployment: deploymentSchema,
  /** ACL user; null is Redis' own `default`. */
  username: line(200).nullable(),
  database: z
    .number(problem('not-a-number'))
    .int(problem('not-a-number'))
    .min(0, problem('out-of-range'))
    .max(65_535, problem('out-of-range')),
  /**
   * Key prefixes of the queues. A queue under the first one goes by its name, one under another by
   * `<prefix>:<name>`; a name holds no colon, so the last colon tells.
   */
  prefixes: z.array(prefixSchema).min(1, problem('required')).max(10, problem('too-many')),
  /** Null speaks without encryption. */
  tls: tlsSchema.nullable(),
  /** Null connects directly. */
  ssh: sshSchema.nullable(),
  /** `view-only` is for good: such an environment cannot be unlocked. */
  access: z.enum(['full', 'view-only'], problem('not-valid')),
  /** Read-only until unlocked for some minutes. Always so in production. */
  locked: z.boolean(),
  connectAtStart: z.boolean(),
  budget: budgetSchema,
}

/** The fields without the rules between them: for the parts of a change. */
export const profileFieldsSchema = z.strictObject(profileShape)

export const profileSchema = profileFieldsSchema.superRefine((profile, context) => {
  const issue = (path: (string | number)[], code: ProfileProblem) =>
    context.addIssue({ code: 'custom', path, message: code })
  const production = profile.kind === 'production'
  if (production && profile.color !== 'red') issue(['color'], 'production-is-red')
  if (!production && profile.color === 'red') issue(['color'], 'red-is-production')
  if (production && !profile.locked) issue(['locked'], 'production-is-locked')
  if (typeof profile.tls?.acceptAny === 'string' && profile.kind !== 'development') {
    issue(['tls', 'acceptAny'], 'any-certificate-only-in-development')
  }
  if (typeof profile.tls?.acceptAny === 'string' && profile.tls.ca !== null) {
    issue(['tls', 'ca'], 'certificate-without-ca-check')
  }
  if (profile.deployment.type === 'cluster' && profile.database !== 0) {
    issue(['database'], 'cluster-has-one-database')
  }
  if (profile.deployment.type === 'socket' && profile.ssh !== null) {
    issue(['ssh'], 'tunnel-needs-a-host')
  }
  const duplicate = profile.prefixes.findIndex(
    (prefix, at) => profile.prefixes.indexOf(prefix) < at,
  )
  if (duplicate >= 0) issue(['prefixes', duplicate], 'duplicate')
})
export type Profile = z.infer<typeof profileSchema>

/** Where secrets can be put; each goes to the keychain and never comes back. */
export const secretSlots = [
  'password',
  'sentinelPassword',
  'tlsKey',
  'tlsKeyPassphrase',
  'sshPassword',
  'sshKey',
  'sshKeyPassphrase',
] as const
export const secretSlotSchema = z.enum(secretSlots)
export type SecretSlot = z.infer<typeof secretSlotSchema>

const secretSchema = z.string().min(1, problem('required')).max(50_000, problem('too-long'))

/** Secrets to set; null removes one, and one that is not named stays as it is. */
export const secretChangesSchema = z.strictObject(
  Object.fromEntries(
    secretSlots.map((slot) => [slot, secretSchema.nullable().optional()]),
  ) as Record<SecretSlot, z.ZodOptional<z.ZodNullable<typeof secretSchema>>>,
)
export type SecretChanges = z.infer<typeof secretChangesSchema>
export type Secrets = Partial<Record<SecretSlot, string>>

/** Where the secrets of an environment are kept. */
export const secretKeepingSchema = z.enum(['keychain', 'memory'])
export type SecretKeeping = z.infer<typeof secretKeepingSchema>

/** A field of a profile that does not hold: where, and one of `profileProblems`. */
export const profileIssueSchema = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  problem: z.enum(profileProblems),
})
export type ProfileIssue = z.infer<typeof profileIssueSchema>
