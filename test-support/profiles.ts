import * as fc from 'fast-check'
import {
  anyCertificatePhrase,
  defaultBudget,
  defaultColorOf,
  environmentColors,
  profileSchema,
  secretSlots,
  type Deployment,
  type Profile,
  type Secrets,
  type SshSettings,
  type TlsSettings,
} from '../src/shared/contract/profiles.ts'

/**
 * A valid profile: a standalone development Redis on 127.0.0.1:6379, without TLS or tunnel. Colour and
 * lock follow the kind unless they are given; an invalid combination throws, so that no test runs on
 * a profile the console would refuse.
 */
export function profileFor(overrides: Partial<Profile> = {}): Profile {
  const kind = overrides.kind ?? 'development'
  return profileSchema.parse({
    name: 'Test',
    kind,
    color: defaultColorOf[kind],
    folder: null,
    tags: [],
    deployment: { type: 'standalone', host: '127.0.0.1', port: 6379 },
    username: null,
    database: 0,
    prefixes: ['bull'],
    tls: null,
    ssh: null,
    access: 'full',
    locked: kind === 'production',
    connectAtStart: true,
    budget: defaultBudget,
    ...overrides,
  })
}

/** TLS that checks the certificate against the system's authorities. */
export function tlsFor(overrides: Partial<TlsSettings> = {}): TlsSettings {
  return { ca: null, certificate: null, serverName: null, acceptAny: null, ...overrides }
}

/** A tunnel by password through 127.0.0.1:22. */
export function sshFor(overrides: Partial<SshSettings> = {}): SshSettings {
  return {
    host: '127.0.0.1',
    port: 22,
    username: 'tunnel',
    authentication: 'password',
    keepAlive: 15,
    hostKey: null,
    ...overrides,
  }
}

/** Text as people write it and worse, within the longest a field takes; never blank, never padded. */
function line(longest: number): fc.Arbitrary<string> {
  const letters = fc.string({ unit: 'grapheme', minLength: 1, maxLength: Math.min(longest, 20) })
  const hostile = fc.constantFrom(
    '__proto__',
    'constructor',
    'Größe & Côté',
    '${x}',
    '"',
    '日本',
    '🏭',
  )
  return fc
    .oneof(letters, hostile)
    .map((text) => text.trim())
    .filter((text) => /^[^\p{Cc}\p{Cs}]+$/u.test(text) && text.length <= longest)
}

const host = fc.constantFrom(
  '127.0.0.1',
  '::1',
  'redis.internal',
  'fe80::1%eth0',
  'db-1_a.example.com',
)
const endpoint = fc.record({ host, port: fc.integer({ min: 1, max: 65_535 }) })
const endpoints = fc.array(endpoint, { minLength: 1, maxLength: 3 })
const maybe = <Value>(of: fc.Arbitrary<Value>) => fc.option(of, { nil: null })

const pem = fc
  .base64String({ minLength: 4, maxLength: 80 })
  .map((body) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----`)

const deployment: fc.Arbitrary<Deployment> = fc.oneof(
  endpoint.map((at) => ({ type: 'standalone' as const, ...at })),
  fc.constantFrom('/run/redis.sock', '\\\\.\\pipe\\redis').map((path) => ({
    type: 'socket' as const,
    path,
  })),
  fc.record({
    type: fc.constant('sentinel' as const),
    master: line(200),
    sentinels: endpoints,
    username: maybe(line(200)),
    tls: fc.boolean(),
  }),
  fc.record({ type: fc.constant('cluster' as const), nodes: endpoints }),
)

const tls: fc.Arbitrary<TlsSettings> = fc.record({
  ca: maybe(pem),
  certificate: maybe(pem),
  serverName: maybe(host),
  acceptAny: maybe(fc.constant(anyCertificatePhrase)),
})

const ssh: fc.Arbitrary<SshSettings> = fc.record({
  host,
  port: fc.integer({ min: 1, max: 65_535 }),
  username: line(200),
  authentication: fc.constantFrom('password' as const, 'key' as const, 'agent' as const),
  keepAlive: fc.integer({ min: 5, max: 300 }),
  hostKey: maybe(
    fc
      .string({
        unit: fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '+', '/'),
        minLength: 43,
        maxLength: 43,
      })
      .map((digest) => `SHA256:${digest}`),
  ),
})

const prefix = fc.constantFrom('bull', '{tenant}', 'a:b', 'Größe', '__proto__', '0')

const fields: fc.Arbitrary<Profile> = fc.record({
  name: line(60),
  kind: fc.constantFrom('development' as const, 'staging' as const, 'production' as const),
  color: fc.constantFrom(...environmentColors),
  folder: maybe(line(60)),
  tags: fc.array(line(30), { maxLength: 3 }),
  deployment,
  username: maybe(line(200)),
  database: fc.integer({ min: 0, max: 65_535 }),
  prefixes: fc.uniqueArray(prefix, { minLength: 1, maxLength: 3 }),
  tls: maybe(tls),
  ssh: maybe(ssh),
  access: fc.constantFrom('full' as const, 'view-only' as const),
  locked: fc.boolean(),
  connectAtStart: fc.boolean(),
  budget: fc.record({
    commandsPerSecond: fc.integer({ min: 100, max: 100_000 }),
    bytesPerSecond: fc.integer({ min: 100_000, max: 1_000_000_000 }),
  }),
})

/** Any profile the schema takes, of every deployment, with the rules between fields made to hold. */
export const anyProfile: fc.Arbitrary<Profile> = fields.map(consistent)

function consistent(given: Profile): Profile {
  const production = given.kind === 'production'
  const wrongColor = production !== (given.color === 'red')
  const checked = given.kind !== 'development' || typeof given.tls?.ca === 'string'
  return {
    ...given,
    color: wrongColor ? defaultColorOf[given.kind] : given.color,
    locked: production || given.locked,
    database: given.deployment.type === 'cluster' ? 0 : given.database,
    ssh: given.deployment.type === 'socket' ? null : given.ssh,
    tls:
      given.tls === null ? null : { ...given.tls, acceptAny: checked ? null : given.tls.acceptAny },
  }
}

/** Any secrets of an environment: all, some or none of the slots, with any text but the empty one. */
export const anySecrets: fc.Arbitrary<Secrets> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...secretSlots),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    ),
    { maxLength: secretSlots.length },
  )
  .map((entries) => Object.fromEntries(entries))
