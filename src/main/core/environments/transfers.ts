import { randomBytes } from 'node:crypto'
import type { Environment, Transfer } from '#shared/contract/environments.ts'
import type { Profile, SecretKeeping } from '#shared/contract/profiles.ts'
import { slug } from '#shared/domain/slug.ts'
import type { AuditRecorder } from '../audit/audit-trail.ts'
import type { Actor, EnvironmentService, TransferService } from '../services.ts'
import type { ProfileStore, SecretStore } from './ports.ts'
import { recorded } from './recorded.ts'
import type { EnvironmentRegistry } from './registry.ts'
import { kept } from './secret-slots.ts'
import { readTransfer, writeTransfer } from './transfer.ts'

export interface TransfersParts {
  registry: EnvironmentRegistry
  environments: Pick<EnvironmentService, 'get'>
  store: ProfileStore
  secrets: SecretStore
  audit: AuditRecorder
}

/** Takes profiles out to a file and in again, on record. */
export class Transfers implements TransferService {
  readonly #parts: TransfersParts

  constructor(parts: TransfersParts) {
    this.#parts = parts
  }

  async export(
    actor: Actor,
    options: { environments?: readonly string[] | undefined; passphrase?: string | undefined },
  ): Promise<Transfer> {
    const { registry, audit } = this.#parts
    const { environments, passphrase } = options
    const entries =
      environments === undefined
        ? registry.all().filter(({ saved }) => saved)
        : environments.map((environment) => registry.get(environment))
    const read = async () => {
      const profiles = entries.map(async ({ profile, parts }) => ({
        profile,
        secrets: passphrase === undefined ? {} : await parts.secrets(),
      }))
      return writeTransfer(await Promise.all(profiles), passphrase)
    }
    const details = { count: entries.length, secrets: passphrase !== undefined }
    // One record each, since the audit is read by environment.
    const document = await entries.reduceRight(
      (work, { id }) =>
        () =>
          recorded(audit, actor, id, 'environments.export', details, work),
      read,
    )()
    const day = new Date().toISOString().slice(0, 10)
    return { fileName: `vigie-environments-${day}.json`, document }
  }

  async import(
    actor: Actor,
    given: {
      document: string
      passphrase?: string | undefined
      withoutSecrets: boolean
      keepSecrets: SecretKeeping
    },
  ): Promise<{ environments: Environment[]; secrets: number }> {
    const { registry, store, secrets: keychain, audit, environments } = this.#parts
    const read = await readTransfer(given.document, given.passphrase, given.withoutSecrets)
    const added: string[] = []
    let count = 0
    for (const { profile, secrets } of read) {
      const named = { ...profile, name: freeName(profile, registry), connectAtStart: false }
      const id = `${slug(named.name, 'environment')}-${randomBytes(4).toString('hex')}`
      const saved = { id, profile: named, ...kept(secrets, given.keepSecrets) }
      const details = { name: named.name, kind: named.kind, secrets: saved.secrets }
      await recorded(audit, actor, id, 'environments.import', details, async () => {
        if (saved.secretsKept !== null) await keychain.write(id, secrets, saved.secretsKept)
        store.save(saved)
        registry.add({ ...saved, saved: true, demo: false })
      })
      added.push(id)
      count += saved.secrets.length
    }
    return { environments: added.map((id) => environments.get(id)), secrets: count }
  }
}

/** The profile's own name, with a number where there is one of that name already. */
function freeName({ name }: Profile, registry: EnvironmentRegistry): string {
  const taken = new Set(registry.all().map(({ profile }) => profile.name))
  if (!taken.has(name)) return name
  let number = 2
  while (taken.has(numbered(name, number))) number += 1
  return numbered(name, number)
}

const numbered = (name: string, number: number) => `${name.slice(0, 54)} (${number})`
