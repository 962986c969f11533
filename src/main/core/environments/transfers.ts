import { randomBytes } from 'node:crypto'
import type { Environment, Transfer } from '#shared/contract/environments.ts'
import type { SecretKeeping } from '#shared/contract/profiles.ts'
import { freeName } from '#shared/domain/environment-name.ts'
import { addressOf } from '#shared/domain/redis-url.ts'
import { slug } from '#shared/domain/slug.ts'
import type { AuditRecorder } from '../audit/audit-trail.ts'
import type { Actor, EnvironmentService, TransferService } from '../services.ts'
import { addSaved, removeSaved, type SavingParts } from './add-saved.ts'
import { lockDetour } from './lock-detour.ts'
import type { SavedProfile } from './ports.ts'
import { recorded } from './recorded.ts'
import { kept } from './secret-slots.ts'
import { readTransfer, writeTransfer } from './transfer.ts'

export interface TransfersParts extends SavingParts {
  environments: Pick<EnvironmentService, 'get'>
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
    const { registry, audit, secrets } = this.#parts
    const { environments, passphrase } = options
    secrets.askAgain()
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
    const { registry, audit, environments } = this.#parts
    const read = await readTransfer(given.document, given.passphrase, given.withoutSecrets)
    const added: SavedProfile[] = []
    for (const { profile, secrets } of read) {
      const present = registry.all()
      const names = present.map((entry) => entry.profile.name)
      const known = [...present, ...read.map((each) => ({ id: '', profile: each.profile }))]
      const aroundLock = lockDetour({ id: null, before: null, after: profile }, known) !== null
      const named = {
        ...profile,
        name: freeName(profile.name, names),
        connectAtStart: false,
        // Whoever exported it did not know what is locked here.
        locked: profile.locked || aroundLock,
      }
      const id = `${slug(named.name, 'environment')}-${randomBytes(4).toString('hex')}`
      const saved = { id, profile: named, ...kept(secrets, given.keepSecrets) }
      const details = {
        name: named.name,
        kind: named.kind,
        address: addressOf(named),
        secrets: saved.secrets,
      }
      try {
        await recorded(audit, actor, id, 'environments.import', details, () =>
          addSaved(this.#parts, saved, secrets),
        )
      } catch (error) {
        // All of a file or nothing of it.
        for (const earlier of added) await removeSaved(this.#parts, earlier)
        throw error
      }
      added.push(saved)
    }
    return {
      environments: added.map(({ id }) => environments.get(id)),
      secrets: added.reduce((count, { secrets }) => count + secrets.length, 0),
    }
  }
}
