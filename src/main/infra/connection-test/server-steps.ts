import type { TestProblem, TestStepName } from '#shared/contract/connection-tests.ts'
import { numberIn, type ServerFacts, type ServerLook } from './server-facts.ts'
import type { Facts, Finding, Step } from './steps.ts'
import { persistenceOf } from './persistence.ts'

type Fields = ReadonlyMap<string, string>

/** The steps that read INFO: of every master of a cluster, and the first with a problem is shown. */
export function serverSteps(look: Pick<ServerLook, 'all'>): Step[] {
  return [
    aboutServers('role', look, roleOf),
    aboutServers('version', look, versionOf),
    aboutServers('persistence', look, persistenceOf),
    aboutServers('memory-policy', look, memoryOf),
  ]
}

function aboutServers(
  name: TestStepName,
  look: Pick<ServerLook, 'all'>,
  judge: (fields: Fields, server: ServerFacts) => Finding | Promise<Finding>,
): Step {
  return {
    name,
    async run(): Promise<Finding> {
      const servers = await look.all()
      const findings = await Promise.all(
        servers.map(async (server): Promise<{ problem: TestProblem | null; facts: Facts }> => {
          const { fields } = server
          if (fields === null) return { problem: 'not-told', facts: {} }
          const { problem = null, facts = {} } = await judge(fields, server)
          const which: Facts = servers.length > 1 && problem !== null ? { server: server.name } : {}
          return { problem, facts: { ...which, ...facts } }
        }),
      )
      return findings.find(({ problem }) => problem !== null) ?? findings[0] ?? {}
    },
  }
}

function roleOf(fields: Fields): Finding {
  if (fields.get('role') !== 'slave') {
    return { facts: { role: 'primary', replicas: numberIn(fields, 'connected_slaves') } }
  }
  const link = fields.get('master_link_status') ?? null
  const silent = numberIn(fields, 'master_last_io_seconds_ago')
  const host = fields.get('master_host') ?? ''
  return {
    problem: link === 'down' ? 'replication-down' : 'replica',
    facts: {
      role: 'replica',
      primary: `${host}:${fields.get('master_port') ?? ''}`,
      link,
      lag: silent === null || silent < 0 ? null : silent * 1000,
    },
  }
}

/** What BullMQ asks for: it warns below, and goes without below 5. */
const recommended = [6, 2]

function versionOf(fields: Fields): Finding {
  const version = fields.get('redis_version') ?? null
  const product = productOf(fields)
  // Of the others, the version of Redis they speak as.
  const facts = {
    product: product.name,
    version: product.version ?? version,
    ...(product.version === null ? {} : { speaksAs: version }),
    mode: fields.get('redis_mode') ?? null,
  }
  if (version === null) return { problem: 'not-told', facts }
  return { problem: isOlder(version, recommended) ? 'version-old' : null, facts }
}

function productOf(fields: Fields): { name: string; version: string | null } {
  const valkey = fields.get('valkey_version')
  if (valkey !== undefined) return { name: 'Valkey', version: valkey }
  const dragonfly = fields.get('dragonfly_version')
  if (dragonfly !== undefined)
    return { name: 'Dragonfly', version: dragonfly.replace(/^df-v?/, '') }
  return { name: 'Redis', version: null }
}

function isOlder(version: string, [major = 0, minor = 0]: readonly number[]): boolean {
  const [own = 0, second = 0] = version.split('.').map(Number)
  return own < major || (own === major && second < minor)
}

const nearlyFull = 0.9

function memoryOf(fields: Fields): Finding {
  const policy = fields.get('maxmemory_policy') ?? null
  const used = numberIn(fields, 'used_memory')
  const limit = numberIn(fields, 'maxmemory')
  const facts = { policy, used, maxmemory: limit === 0 ? null : limit }
  if (policy === null) return { problem: 'not-told', facts }
  if (policy !== 'noeviction') return { problem: 'policy-evicts', facts }
  const full = used !== null && limit !== null && limit > 0 && used > limit * nearlyFull
  return { problem: full ? 'memory-nearly-full' : null, facts }
}
